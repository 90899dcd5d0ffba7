import { afterAll, beforeAll, expect, test } from 'vitest';
import { MEMO_MAX } from '../../src/features/desk/absence/form.ts';
import { absenceBlocks, absenceWindow } from '../../src/features/desk/absence/view.ts';
import { formWindow } from '../../src/messenger/forms/form-window.ts';
import { openAbsences, otherOfficers } from '../../src/records/absences/absence.ts';
import { onEveryField } from './fill.ts';
import { viewFaults } from './hold.ts';
import { LONG_NAME, makePerson, makeWorld, type World } from './world.ts';

/** A hundred and fifty officers, all of them away, each with a name and a memo as long as they come. */
const TODAY = '2026-11-23';
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const { db, officer } = world;
  for (let n = 0; n < 150; n++) {
    const { id } = await makePerson(db, {
      name: LONG_NAME,
      grants: { create: { role: 'OFFICER', grantedBy: 'test', grantedAt: new Date(0) } },
    });
    await db.absence.create({
      data: {
        officerId: id,
        // Of some the officer of the world is the substitute, now or later.
        substituteId: n % 2 === 0 ? officer.id : id,
        fromOn: n % 3 === 0 ? '2026-11-20' : '2026-12-01',
        toOn: '2027-01-05',
        memo: '나'.repeat(MEMO_MAX),
        changedAt: new Date(0),
      },
    });
  }
});
afterAll(() => world?.close());

test('the window, empty and filled, with something wrong at every field', async () => {
  const { db, officer } = world;
  const [open, others] = await Promise.all([openAbsences(db, TODAY), otherOfficers(db, officer.id)]);
  expect(others).toHaveLength(150);
  for (const mine of [null, ...open.slice(0, 1), ...open.slice(-1)]) {
    const window = absenceWindow(others, open, mine, TODAY);
    const answers = { fromOn: TODAY, toOn: TODAY, substitute: others[0]?.id, memo: '나'.repeat(MEMO_MAX) };
    expect(viewFaults(formWindow(window, answers, onEveryField(window.form, 500)))).toEqual([]);
    expect(viewFaults(formWindow(window))).toEqual([]);
  }
});

test('a home leaves room for the rest of it', async () => {
  const { db, officer } = world;
  const open = await openAbsences(db, TODAY);
  const [absence] = open;
  for (const who of [officer, { id: absence?.officerId ?? '' }]) {
    const blocks = await absenceBlocks(db, open, who, TODAY);
    expect(blocks.length).toBeLessThanOrEqual(4);
    expect(viewFaults({ type: 'home', blocks })).toEqual([]);
  }
});
