import { defineConfig } from 'vitest/config';

/** The walk through the page in a real browser; apart from `npm test`, since not every machine has a browser. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/browser/need-chromium.ts', 'test/template.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    // A step that failed leaves the screen elsewhere: what follows would only repeat it.
    bail: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
