import { expect, test } from 'vitest';
import { readPlatform } from '../../../src/records/systems/uname.ts';

test.each([
  ['Linux was01 5.14.0-362.el9.x86_64 #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux', 'LINUX', '64'],
  ['Linux was01 2.6.18-8.el5 #1 SMP i686 i386 GNU/Linux', 'LINUX', '32'],
  ['AIX was01 2 7 00F9A2B34C00', 'AIX', undefined],
  ['HP-UX was01 B.11.31 U ia64 1234567890 unlimited-user license', 'HPUX', '64'],
  ['SunOS was01 5.11 11.4.0.15.0 sun4v sparc sun4v', 'SOLARIS', undefined],
  ['Windows Server 2019 Standard', 'WINDOWS', '64'],
  ['Windows Server 2008 R2', 'WINDOWS', '64'],
  ['Windows Server 2008 (32비트)', 'WINDOWS', '32'],
  ['Red Hat Enterprise Linux 8.6', 'LINUX', undefined],
  ['Linux on Windows Server 2019', undefined, '64'],
  ['모름', undefined, undefined],
])('%s', (line, os, bits) => {
  const read = readPlatform(line);
  expect([read.os, read.bits]).toEqual([os, bits]);
});
