import { defineConfig } from 'vitest/config';
import { shared } from '../vitest.config.ts';

/** What the gate leaves out: kills, crowds, starts, and the properties that are tried many times here. */
export default defineConfig({
  test: {
    ...shared,
    testTimeout: 900_000,
    include: [
      'test/**/*.long.test.ts',
      'test/app/operator/agencies-import.test.ts',
      'test/filing/hostile-forms.test.ts',
      'test/records/licences/verify.test.ts',
      'test/{messenger/cfb,core/file-name}.test.ts',
      'test/records/pki/judge.test.ts',
      'test/reminders/reminder.test.ts',
      'test/store/blobs.test.ts',
      'test/story/hostile.test.ts',
    ],
    provide: { thorough: true },
  },
});
