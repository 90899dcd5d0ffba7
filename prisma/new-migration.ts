// npm run migration -- NAME: writes prisma/migrations/<time>_NAME/migration.sql, the change from the migrations on
// disk to schema.prisma. Look at it before you commit it; migrations are append-only.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { changeToSchema, migrate } from '../src/store/migrate.ts';
import { wholeScripts } from '../src/store/store.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) throw new Error('usage: npm run migration -- lower_case_name');
const pglite = await PGlite.create();
const adapter = new PrismaPGlite(pglite);
await migrate(wholeScripts(adapter, (script) => pglite.exec(script)));
const sql = await changeToSchema(adapter);
if (!sql) {
  process.stdout.write('schema.prisma and the migrations agree: nothing to write\n');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(import.meta.dirname, 'migrations', `${stamp}_${name}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'migration.sql'), sql);
  process.stdout.write(`${folder}/migration.sql\n`);
}
process.exit(0);
