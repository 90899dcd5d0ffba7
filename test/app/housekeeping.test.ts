import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { BotParts, Frame } from '../../src/app/frame.ts';
import { housekeptAt, isHousekeepingDue, keepHouse } from '../../src/app/housekeeping.ts';
import { settlePurpose } from '../../src/app/operator/purpose.ts';
import { startSchedule } from '../../src/app/schedule.ts';
import { Clicks } from '../../src/messenger/slack/clicks.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';

let ground: FilingGround;
let logged: Record<string, unknown>[];
const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
beforeAll(async () => {
  ground = await setFilings();
  await settlePurpose(ground.store.db, false, ground.clock.now());
});
beforeEach(() => {
  logged = [];
});
afterAll(() => ground?.close());

const parts = () => ({ db: ground.store.db, now: ground.clock.now, log });
const chore = (what: string, work: () => Promise<unknown>) => ({ what, remedy: `mend ${what}`, work });
const isDue = () => isHousekeepingDue(ground.store.db, ground.clock.now());
const failures = () =>
  logged.flatMap(({ what, remedy, msg }) => (msg === 'a daily chore failed' ? [[what, remedy]] : []));

test('a chore that fails keeps none from being done, is told with what to do, and the day is not done', async () => {
  const { clock } = ground;
  const done: string[] = [];
  const made = clock.now();
  clock.set('2026-11-24T06:00:00+09:00'); // the database was made the day before
  expect(await isDue()).toBe(true);
  const fail = async () => {
    throw new Error('the disk is full');
  };
  const rest = [chore('b', async () => done.push('b')), chore('c', async () => done.push('c'))];
  await keepHouse(parts(), [chore('a', fail), ...rest]);
  expect(done).toEqual(['b', 'c']);
  expect(failures()).toEqual([['a', 'mend a']]);
  expect(await isDue()).toBe(true);
  expect(await housekeptAt(ground.store.db)).toEqual(made);

  await keepHouse(parts(), rest);
  expect(await housekeptAt(ground.store.db)).toEqual(clock.now());
  expect(await isDue()).toBe(false);
  clock.set('2026-11-25T05:59:00+09:00');
  expect(await isDue()).toBe(false);
  clock.set('2026-11-25T06:00:00+09:00');
  expect(await isDue()).toBe(true);
});

test('a start after a missed morning makes it up, also when the checkpoint cannot be written', async () => {
  const { clock, store, engines } = ground;
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-chores-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'audit-checkpoints.jsonl');
  mkdirSync(file); // nothing can be appended to it
  const signer = await makeLocalSigner(join(folder, 'keys'), clock.now());
  clock.set('2026-11-28T22:00:00+09:00'); // a Saturday night: no sweep
  let looked = 0;
  const frame = {
    parts: { signer, checkpointFile: file, config: { databaseUrl: null } } as unknown as BotParts,
    log,
    filings: engines[0],
    extraHolidays: async () => new Set<string>(),
    table: [],
    clicks: new Clicks(),
  } as unknown as Frame;
  const start = () => startSchedule(frame, async () => void looked++);
  const first = start();
  await expect.poll(() => logged.some(({ tidied }) => tidied), { timeout: 60_000 }).toBe(true);
  await first.stop();
  expect(looked).toBe(1);
  expect(failures()).toEqual([['checkpoint of the audit trail', expect.stringContaining(file)]]);
  expect(await isDue()).toBe(true);

  rmSync(file, { recursive: true });
  const second = start();
  await expect.poll(isDue, { timeout: 60_000 }).toBe(false);
  await second.stop();
  expect(looked).toBe(2);
  expect(await housekeptAt(store.db)).toEqual(clock.now());
});
