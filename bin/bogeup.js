#!/usr/bin/env node
// TypeScript is run as it is, from any current directory: the compiler settings are the package's own.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

process.env.TSX_TSCONFIG_PATH = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
register();
await import('../src/cli.ts');
