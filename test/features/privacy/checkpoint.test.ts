import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commands } from '../../../src/app/operator/commands.ts';
import { keepCheckpoint } from '../../../src/features/privacy/checkpoint.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import type { Signer } from '../../../src/records/licences/signer.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { given, testOperator } from '../../app/operator/operator.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { temporaryDirectory } from '../../records/licences/sample.ts';

/** A trail that its owner writes anew is told by what was signed before. */
const clock = testClock();
let store: Store;
let signer: Signer;
let file: string;
let head: string;

beforeEach(async () => {
  store = await openTestStore();
  signer = await makeLocalSigner(temporaryDirectory(), clock.now());
  file = join(temporaryDirectory(), 'audit-checkpoints.jsonl');
  await append('a', 'b', 'c', 'd', 'e');
  const kept = await keep();
  head = `${kept.seq}:${kept.hash}`;
  await append('f', 'g');
});
afterEach(() => store.close());

const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });

async function append(...subjects: string[]): Promise<void> {
  for (const subject of subjects)
    await operate(ground(), { actor: 'p1', place: 'home' }, async (op) =>
      op.audit({ action: 'x.y', subject }),
    );
}

const logged: unknown[] = [];
function keep() {
  const log = { info: (what: unknown) => void logged.push(what) } as never;
  return keepCheckpoint({ ground: ground(), signer, file, extraHolidays: new Set(), log });
}

/** @returns the exit code and what was said */
async function verified(args: object): Promise<[number, string]> {
  const operator = testOperator(store, [signer.certificatePem]);
  const code = await commands['audit.verify'](operator, args);
  return [code, operator.lines.join('\n')];
}
const fromFile = () => ({ checkpoints: given(readFileSync(file), 'audit-checkpoints.jsonl') });

/** Whoever owns the database takes rows out or changes them, and writes the chain anew so that it fits. */
async function rewrite(change: (subjects: string[]) => string[]): Promise<void> {
  const rows = await store.db.audit.findMany({ orderBy: { seq: 'asc' } });
  await store.db.$executeRawUnsafe('ALTER TABLE "Audit" DISABLE TRIGGER USER');
  await store.db.$executeRawUnsafe('DELETE FROM "Audit"');
  await store.db.auditHead.update({ where: { id: 1 }, data: { seq: 0, hash: '' } });
  await append(...change(rows.map(({ subject }) => subject)));
}

test('a trail that nobody touched agrees, and count, head and last checkpoint are printed', async () => {
  const { seq, hash } = await store.db.auditHead.findUniqueOrThrow({ where: { id: 1 } });
  const [code, said] = await verified(fromFile());
  expect(code).toBe(0);
  expect(said).toContain('7 rows');
  expect(said).toContain(`head ${seq}:${hash}`);
  expect(said).toContain('last checkpoint 2026-11-23T01:00:00.000Z: row 5, agrees');
});

test.each<[string, (subjects: string[]) => string[], RegExp]>([
  ['the tail cut and the head set back', (all) => all.slice(0, 3), /cut: it has 3 rows.*row 5/],
  ['all rows gone', () => [], /cut: it has 0 rows/],
  ['a row altered', (all) => all.with(1, 'other'), /written anew: row 5/],
  ['a row removed', (all) => all.toSpliced(1, 1), /written anew: row 5/],
])(
  '%s and the chain rehashed: told by the file, and by the line of the channel',
  async (_what, change, told) => {
    await rewrite(change);
    expect((await verified({}))[0]).toBe(0); // the chain alone cannot tell
    for (const args of [fromFile(), { heads: [head] }]) {
      const [code, said] = await verified(args);
      expect(code).toBe(1);
      expect(said).toMatch(told);
    }
  },
);

test('a checkpoint that somebody else signed, or that was altered, vouches for nothing', async () => {
  const text = readFileSync(file, 'utf8');
  const altered = text.replace(/"seq":5/, '"seq":4');
  for (const wrong of [altered, 'nonsense\n', `${text}{}\n`]) {
    const [code, said] = await verified({ checkpoints: given(wrong, 'kept.jsonl') });
    expect(code).toBe(1);
    expect(said).toContain('of kept.jsonl is no checkpoint');
  }
});

test('without one it says so', async () => {
  const [code, said] = await verified({});
  expect(code).toBe(0);
  expect(said).toContain('No checkpoint was found');
});

test('files that were set aside are named', async () => {
  const [code, said] = await verified({ earlier: ['audit-checkpoints.until-2026-11-01T000000Z.jsonl'] });
  expect(code).toBe(0);
  expect(said).toContain('audit-checkpoints.until-2026-11-01T000000Z.jsonl was set aside');
});

test('it is in the log, and the officers’ channel reads one line a day', async () => {
  await keep();
  expect(logged.at(-1)).toMatchObject({ checkpoint: { seq: 7 } });
  const rows = await store.db.outbox.findMany({ where: { notice: 'audit.checkpoint' } });
  expect(rows).toMatchObject([{ recipient: 'desk', facts: { seq: 5 } }]);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
});
