import { defineConfig } from 'vitest/config';

/** What both suites share; `npm test` runs this, the gate: everything but `*.long.test.ts` and the browser. */
export const shared = {
  include: ['test/**/*.test.ts'],
  exclude: ['test/browser/**'],
  maxWorkers: 3, // for two cores: some tests wait for Slack's three seconds
  isolate: false, // modules are read once per worker: none of ours keeps state
  // The embedded database lives shorter than what V8 would spend on compiling it a second time.
  execArgv: ['--liftoff-only'],
  experimental: { fsModuleCache: true }, // what was transformed is kept between runs, under node_modules
  globalSetup: ['test/template.ts'],
  testTimeout: 240_000,
  hookTimeout: 180_000,
};

export default defineConfig({
  test: { ...shared, exclude: [...shared.exclude, 'test/**/*.long.test.ts'], provide: { thorough: false } },
});
