#!/usr/bin/env node
// Runs the built program. In a checkout whose sources are newer than it, it is built again first.
import process from 'node:process';
import { build, isStale } from './build.js';

process.setSourceMapsEnabled(true); // stacks name the source
if (isStale()) {
  process.stderr.write('The sources are newer than the built program: it is built again.\n');
  await build();
}
await import('../dist/program/cli.js');
