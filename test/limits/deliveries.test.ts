import { afterAll, beforeAll, expect, test } from 'vitest';
import { failedDeliveries } from '../../src/features/deliveries/deliveries.ts';
import { addressView, failedBlocks, failedView, sentView } from '../../src/features/deliveries/view.ts';
import { read } from '../../src/store/ask.ts';
import { viewFaults } from './hold.ts';
import { fullAnswers, makeFiling, makePerson, makeWorld, type World } from './world.ts';

/** The lists of what was delivered and what was not, with far too much of both. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

test('with nothing to show', async () => {
  const { db } = world;
  expect([await failedView(db), await sentView(db)].flatMap(viewFaults)).toEqual([]);
  expect(await read(db, failedBlocks)).toEqual([]);
});

test('with 25 of each, and reasons that are too long', async () => {
  const { db, filings } = world;
  const contact = await makePerson(db, { email: `${'k'.repeat(60)}@public.or.kr` });
  await db.person.update({ where: { id: contact.id }, data: { slackId: null } });
  const procedure = filings.procedures.get('application');
  if (!procedure) throw new Error('no application');
  const filing = await makeFiling(
    world,
    procedure,
    { state: 'RETURNED' },
    fullAnswers(filings, 'application'),
  );
  const at = new Date(0);
  await db.outbox.createMany({
    data: Array.from({ length: 50 }, (_, index) => ({
      key: `mail ${index}`,
      notice: 'filing.decided',
      recipient: contact.id,
      facts: { filingId: filing.id, revision: 2 },
      state: index < 25 ? ('FAILED' as const) : ('SENT' as const),
      error: index < 25 ? `the mail server refused: ${'나'.repeat(20_000)}` : null,
      channel: 'mail',
      ts: String(index),
      sentAt: at,
      dueAt: at,
      createdAt: at,
    })),
  });
  const views = [await failedView(db), await sentView(db), await sentView(db, 10), await sentView(db, 9999)];
  const [failed] = await failedDeliveries(db, 1);
  if (!failed) throw new Error('nothing failed');
  expect([...views, addressView(failed)].flatMap(viewFaults)).toEqual([]);
  expect(viewFaults({ type: 'home', blocks: await read(db, failedBlocks) })).toEqual([]);
  const shown = JSON.stringify(views);
  expect(shown).toContain('전달하지 못한 안내가 25건');
  for (const part of ['더 오래된 메일', '더 최근 메일']) expect(shown).toContain(part);
  expect(shown).not.toContain('k'.repeat(60));
  expect(shown).toContain('  가**********가 (');
});
