#!/usr/bin/env node
// Runs the built program. In a checkout whose sources are newer than it, it is built again first.
import process from 'node:process';
import v8 from 'node:v8';
import { build, isStale } from './build.js';
import { nameSources } from './stacks.js';

// The embedded database is WebAssembly. By default V8 compiles most of it a second time during the start, to make it an
// eighth faster later. With this budget it does so only for functions that take much time.
v8.setFlagsFromString('--wasm-tiering-budget=100000000');
nameSources();
process.stdout.on('error', () => undefined); // the reader has ended (`| head`): the work goes on
if (isStale()) {
  process.stderr.write('The sources are newer than the built program: it is built again.\n');
  await build();
}
await import('../dist/program/cli.js');
