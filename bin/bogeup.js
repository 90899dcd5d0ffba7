#!/usr/bin/env node
// Runs the built program. In a checkout whose sources are newer than it, it is built again first.
import process from 'node:process';
import v8 from 'node:v8';
import { build, isStale } from './build.js';
import { nameSources } from './stacks.js';

// The embedded database is WebAssembly. V8 would compile most of it twice during a start, for an eighth of speed later;
// this way it does so only where much time is spent.
v8.setFlagsFromString('--wasm-tiering-budget=100000000');
nameSources();
process.stdout.on('error', () => undefined); // whoever read it has gone (`| head`): the work goes on
if (isStale()) {
  process.stderr.write('The sources are newer than the built program: it is built again.\n');
  await build();
}
await import('../dist/program/cli.js');
