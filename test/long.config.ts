import { defineConfig } from 'vitest/config';
import { shared } from '../vitest.config.ts';

/** What the gate leaves out: kills, crowds, starts, and the properties that are tried many times here. */
export default defineConfig({
  test: {
    ...shared,
    include: [
      'test/**/*.long.test.ts',
      'test/filing/hostile-forms.test.ts',
      'test/licences/verify.test.ts',
      'test/messenger/{cfb,file-name}.test.ts',
      'test/people/certificates/judge.test.ts',
      'test/schedule/reminder.test.ts',
      'test/story/hostile.test.ts',
    ],
    provide: { thorough: true },
  },
});
