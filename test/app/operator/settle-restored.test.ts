import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Config } from '../../../src/app/config.ts';
import { settleRestored } from '../../../src/app/operator/settle-restored.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { reminders } from '../../../src/reminders/reminders.ts';
import { signerEnding } from '../../../src/reminders/signer-ending.ts';
import { sweep } from '../../../src/reminders/sweep.ts';
import { tellMany } from '../../../src/store/broadcast.ts';
import { nextNumber } from '../../../src/store/counter.ts';
import { DESK } from '../../../src/store/outbox.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { seedAgency, seedSystem } from '../../reminders/seed.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  await seedAgency(store.db);
});
afterEach(() => store.close());

const lines: string[] = [];
const settle = (made: string, now: string, signer: Config['signer'] = null) =>
  settleRestored(store.db, {
    signer,
    made: new Date(made),
    now: new Date(now),
    out: (line) => void lines.push(line),
  });
const next = (series: 'filing' | 'licence:REGULAR', year: string) =>
  store.db.$transaction((tx) => nextNumber(tx, series, year));

test('no number is given out a second time, also of a series or a year that began after the backup', async () => {
  for (const _number of [1, 2, 3]) await next('filing', '2026');
  await settle('2026-12-31T23:00:00+09:00', '2027-01-04T15:00:00+09:00');
  expect(await next('filing', '2026')).toBe(1004);
  expect(await next('filing', '2027')).toBe(1001);
  expect(await next('licence:REGULAR', '2026')).toBe(1001);
  expect(await next('filing', '2028')).toBe(1);
});

/** Licences issued on 23 November 2026 are told of on 24 December, 30 days before their end. */
const issuedAt = new Date('2026-11-23T10:00:00+09:00');
const MORNING = '2026-12-24T09:30:00+09:00';

test('a reminder of after the backup is in the outbox as tried, and the sweep of the start adds none', async () => {
  await seedSystem(store.db, issuedAt);
  const now = '2026-12-24T15:00:00+09:00';
  await settle('2026-12-24T02:00:00+09:00', now);
  const rows = await store.db.outbox.findMany();
  expect(rows).toHaveLength(2);
  for (const row of rows)
    expect(row).toMatchObject({ state: 'PENDING', attempts: 1, createdAt: new Date(MORNING) });
  const ground = { db: store.db, now: () => new Date(now), wakeOutbox: () => undefined };
  expect(await sweep(ground, reminders, new Set())).toMatchObject({ 'licence.expiring': 0 });
  expect(lines.at(-1)).toMatch(/^2 messages that may have been sent/);
});

test('the end of the signer’s certificate is among the reminders, and a signer that is not there stops nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-signer-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const signer = await makeLocalSigner(folder, new Date('2016-12-24T12:00:00+09:00')); // for ten years
  const files = {
    keyFile: join(folder, 'licence-key.pem'),
    certificateFile: join(folder, 'licence-cert.pem'),
  };
  const [made, now] = ['2026-12-24T02:00:00+09:00', '2026-12-24T15:00:00+09:00'];
  await settle(made, now, { ...files, keyFile: join(folder, 'nowhere') });
  expect(lines.join()).toMatch(/second time: .*nowhere/);
  expect(await store.db.outbox.count()).toBe(0);
  await settle(made, now, files);
  expect(await store.db.outbox.findMany()).toMatchObject([{ recipient: DESK, attempts: 1 }]);
  const ground = { db: store.db, now: () => new Date(now), wakeOutbox: () => undefined };
  expect(await sweep(ground, [signerEnding(signer)], new Set())).toEqual({ 'signer.ending': 0 });
});

test('a reminder that was not due between backup and restore is left to the sweep', async () => {
  await seedSystem(store.db, issuedAt);
  await settle(MORNING, '2026-12-24T15:00:00+09:00');
  expect(await store.db.outbox.count()).toBe(0);
});

test('a notice to many that went out after the backup is in the outbox as tried', async () => {
  const { contact } = await seedSystem(store.db, issuedAt);
  const messageFrom = new Date('2026-11-24T09:30:00+09:00');
  const { id } = await store.db.boardNotice.create({
    data: {
      kind: 'NOTICE',
      title: '알림',
      text: '내용',
      target: 'ALL',
      publishAt: issuedAt,
      urgent: false,
      messageFrom,
      writtenBy: contact.id,
      writtenAt: issuedAt,
    },
  });
  await store.db.$transaction((tx) => tellMany(tx, 'notice', id, messageFrom));
  await settle('2026-11-24T02:00:00+09:00', '2026-11-24T15:00:00+09:00');
  const rows = await store.db.outbox.findMany({ where: { notice: 'notice.message' } });
  expect(rows.map(({ attempts }) => attempts)).toEqual([1, 1]);
});

test('a broadcast that cannot be told leaves out no other, nor a morning', async () => {
  const { contact } = await seedSystem(store.db, issuedAt);
  const messageFrom = new Date('2026-12-24T09:00:00+09:00');
  const { id } = await store.db.boardNotice.create({
    data: {
      ...{ kind: 'NOTICE', title: '알림', text: '내용', target: 'ALL', urgent: false },
      ...{ publishAt: issuedAt, messageFrom, writtenBy: contact.id, writtenAt: issuedAt },
    },
  });
  await store.db.$transaction((tx) => tellMany(tx, 'unknown', 'x', issuedAt));
  await store.db.$transaction((tx) => tellMany(tx, 'notice', id, messageFrom));
  await settle('2026-12-24T02:00:00+09:00', '2026-12-24T15:00:00+09:00');
  expect(lines.filter((line) => /second time: .*unknown/.test(line))).toHaveLength(1);
  expect(await store.db.outbox.count({ where: { notice: 'notice.message' } })).toBe(2);
});
