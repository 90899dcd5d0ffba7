import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    maxWorkers: '100%',
    isolate: false, // modules are read once per worker: none of ours keeps state
    globalSetup: ['test/template.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
