import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { backup } from '../../src/app/operator/backup.ts';
import { restore } from '../../src/app/operator/restore.ts';
import { type CrashGround, DESK_CHANNEL, setCrash, words } from './crash-ground.ts';

/** One application was approved after the backup; the other one still waits. */
const [DECIDED, WAITING] = ['백업 뒤 승인', '백업 뒤 그대로'] as const;
/** What the applicant hears of two submissions. */
const RECEIPTS = 2;
let ground: CrashGround;
beforeAll(async () => {
  ground = await setCrash('embedded', [DECIDED, WAITING]);
}, 240_000);
afterAll(() => ground?.close());

const cardOf = (system: string) => (message: { channel: string; blocks?: unknown }) =>
  message.channel === DESK_CHANNEL && JSON.stringify(message.blocks).includes(`"  ${system}"`);
const cards = async (system: string) => (await ground.officer.messages(DESK_CHANNEL)).filter(cardOf(system));
const card = async (system: string) => words((await cards(system)).at(-1) ?? ({ blocks: [] } as never));
const deliveries = async () =>
  (await ground.kim.dm()).filter(({ files }) => ((files ?? []) as []).length > 0);

it('a database that was restored gives out no number twice and repeats nothing', {
  timeout: 240_000,
}, async () => {
  const { dataDir, now, kim, officer } = ground;
  const config = readConfig({ DATA_DIR: dataDir });
  const lines: string[] = [];
  const terminal = { now, name: 'kim', version: '0.1.0', out: (line: string) => void lines.push(line) };
  const file = join(dataDir, 'night.backup');
  expect(await backup(config, file, terminal)).toBe(0); // cards and receipts wait in the outbox

  await ground.start();
  await officer.waitFor(async () => (await card(WAITING)).includes('검토중'));
  await kim.waitFor(async () => (await kim.dm()).length === RECEIPTS);
  const approve = async (deliveredThen: number) => {
    await officer.press('승인', { in: cardOf(DECIDED) });
    await kim.waitFor(async () => (await deliveries()).length === deliveredThen);
    await officer.waitFor(async () => (await card(DECIDED)).includes('검토완료'));
  };
  await approve(1);
  expect(await ground.inspect(({ db }) => db.licence.findMany())).toMatchObject([
    { number: 'TEMP-2026-000001' },
  ]);
  const heard = (await kim.dm()).length;

  renameSync(join(dataDir, 'db'), join(dataDir, 'db.away'));
  expect(await restore(config, file, terminal), lines.join('\n')).toBe(0);
  await ground.start();
  await officer.waitFor(async () => (await card(DECIDED)).includes('검토중')); // as the database has it
  expect(await kim.dm()).toHaveLength(heard);
  await approve(2);
  const found = await ground.inspect(async ({ db }) => ({
    numbers: (await db.licence.findMany()).map(({ number }) => number),
    unsent: await db.outbox.findMany({ where: { state: { not: 'SENT' } } }),
  }));
  expect(found).toEqual({ numbers: ['TEMP-2026-001001'], unsent: [] });
  expect(await kim.dm()).toHaveLength(heard + heard - RECEIPTS);
  for (const system of [DECIDED, WAITING]) expect(await cards(system)).toHaveLength(1);
});
