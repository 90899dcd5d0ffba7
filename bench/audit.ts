import { fork } from 'node:child_process';
import { join } from 'node:path';
import { openStore } from '../src/store/store.ts';
import { said } from './child.ts';
import type { BenchRow } from './row.ts';
import { benchServer, onScratch } from './scratch.ts';

const SECONDS = 6;

/**
 * All writers continue one audit chain. This measures the submissions per second of one, two and four processes that
 * do nothing else, and how long the end of the chain is locked: from the audit statement, the last of a transaction, to
 * the commit. With several processes that includes the wait for the lock. On PostgreSQL only.
 */
export async function benchAudit(): Promise<{ rows: BenchRow[] }> {
  const rows: BenchRow[] = [];
  if (!benchServer) return { rows };
  for (const count of [1, 2, 4]) {
    const found = await onScratch(benchServer, (databaseUrl) => submitting(databaseUrl, count));
    rows.push({ name: `submissions by ${count} processes`, value: found.perSecond, unit: '/s' });
    rows.push({ name: '  the end of the chain locked, median', value: found.lockedMs, unit: 'ms' });
  }
  return { rows };
}

async function submitting(
  databaseUrl: string,
  count: number,
): Promise<{ perSecond: number; lockedMs: number }> {
  const store = await openStore({ databaseUrl });
  await store.db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  await store.close();
  const settings = JSON.stringify({ databaseUrl, seconds: SECONDS });
  const children = Array.from({ length: count }, () =>
    fork(join(import.meta.dirname, 'audit-process.ts'), [settings], { execArgv: ['--import', 'tsx'] }),
  );
  try {
    await Promise.all(children.map(said));
    for (const child of children) child.send('go');
    const found = (await Promise.all(children.map(said))) as [number, number][];
    return {
      perSecond: found.reduce((sum, [times]) => sum + times, 0) / SECONDS,
      lockedMs: found.reduce((sum, [, locked]) => sum + locked, 0) / count,
    };
  } finally {
    for (const child of children) child.kill();
  }
}
