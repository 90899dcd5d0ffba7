import { afterAll, beforeAll, expect, test } from 'vitest';
import { filingCard } from '../../src/filing/card.ts';
import { reviewFiling } from '../../src/filing/review.ts';
import { filingDetail, systemDetail } from '../../src/home/detail.ts';
import type { Filing } from '../../src/store/client/client.ts';
import { fullest } from './fill.ts';
import { messageFaults, viewFaults } from './hold.ts';
import { fullAnswers, lives, makeFiling, makeLicence, makeRivals, makeWorld, type World } from './world.ts';

/** Cards, reviews and details of filings in every state, with the most that was ever typed. */
let world: World;
const filings: Filing[] = [];

beforeAll(async () => {
  world = await makeWorld();
  await makeRivals(world);
  const application = world.filings.procedures.get('application');
  if (!application) throw new Error('no application');
  // What later procedures look back at.
  const approved = { state: 'APPROVED', approvedRevision: 2 } as const;
  await makeFiling(world, application, approved, fullAnswers(world.filings, 'application'));
  for (const procedure of world.filings.procedures.values()) {
    const [answers = {}, ...others] = fullest(procedure.form, 'stored');
    for (const life of lives) filings.push(await makeFiling(world, procedure, life, answers));
    for (const other of others)
      filings.push(await makeFiling(world, procedure, { state: 'SUBMITTED' }, other));
  }
});
afterAll(() => world?.close());

const named = ({ procedure, state }: Filing, faults: string[]) =>
  faults.map((fault) => `${procedure} ${state}: ${fault}`);

async function faultsOf(look: (filing: Filing) => Promise<string[]>): Promise<string[]> {
  const found = [];
  for (const filing of filings) found.push(...named(filing, await look(filing)));
  return found;
}

/** A review is withheld only while no reason was given. */
function shown<T>(view: T | null): T {
  if (view === null) throw new Error('the review was withheld');
  return view;
}

test('cards', async () => {
  const { db } = world;
  const card = async (filing: Filing) => {
    const notice = await filingCard(world.filings, db, filing.id);
    return notice ? messageFaults(notice) : ['no card'];
  };
  expect(await faultsOf(card)).toEqual([]);
});

test('reviews: every check with its most to say, every field changed, 30 rows of history', async () => {
  const review = async ({ id }: Filing) =>
    viewFaults(
      shown(await reviewFiling(world.filings, { who: world.officer, place: 'test' }, id, '감사·점검')),
    );
  expect(await faultsOf(review)).toEqual([]);
});

test('a review keeps every automatic check and every address, however many there are', async () => {
  const filing = filings.find((one) => one.procedure === 'application');
  const view = await reviewFiling(
    world.filings,
    { who: world.officer, place: 'test' },
    filing?.id ?? '',
    '감사·점검',
  );
  const shown = JSON.stringify(view);
  expect(shown).toContain('맞는 표준API 모듈이 없습니다'); // the last check
  const addresses = String(fullAnswers(world.filings, 'application').ip).split(', ');
  expect(addresses).toHaveLength(64);
  expect(shown).toContain(addresses.join(', '));
  expect(shown).toContain('filing.attachment.process'); // the buttons near the end
  expect(shown).not.toContain('일부만');
});

test('details of a filing and of a system with a long life', async () => {
  const { db, official, system } = world;
  const detail = async ({ id }: Filing) => viewFaults(await filingDetail(world.filings, db, official, id));
  expect(await faultsOf(detail)).toEqual([]);
  const [filing] = filings.filter((one) => one.systemId);
  if (!filing) throw new Error('no filing with a system');
  for (let index = 0; index < 60; index++) await makeLicence(db, filing, system.id);
  const view = await systemDetail(world.filings, db, official, system.id);
  expect(viewFaults(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('일부만');
});
