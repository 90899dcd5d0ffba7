import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { ATTACHMENT, attachmentPart } from '../../src/filing/attachments.ts';
import { readingReason, reasonRead, reviewFiling } from '../../src/filing/review.ts';
import type { Filing } from '../../src/store/client/client.ts';
import type { Known } from '../../src/store/known.ts';
import { operate } from '../../src/store/operation.ts';
import { applicationAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

let ground: FilingGround;
let filing: Filing;
beforeEach(async () => {
  ground = await setFilings({ officers: 4 });
  filing = await ground.submitted(ground.kim);
});
afterEach(() => ground?.close());

function officer(index: number): Known {
  const found = ground.officers[index];
  if (!found) throw new Error('too few officers');
  return found;
}

test('who has read one revision has not read the next one', async () => {
  const { engines, clock, store, kim } = ground;
  const reader = officer(0);
  await reviewFiling(engines[0], { who: reader, place: 'test' }, filing.id);
  expect(await reasonRead(store.db, clock.now(), reader, filing)).toBe('신청 검토');
  clock.advance(60_000);
  const corrected = { ...applicationAnswers, mobile: '010-9999-8888' };
  const next = await ground.submitted(kim, corrected, { subject: `filing:${filing.id}` });
  expect(await reasonRead(store.db, clock.now(), reader, next)).toBeNull();
  const refused = await readingReason(store.db, clock.now(), reader, next).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  await reviewFiling(engines[0], { who: reader, place: 'test' }, filing.id);
  expect(await reasonRead(store.db, clock.now(), reader, next)).toBe('신청 검토');
  clock.advance(25 * 60 * 60_000);
  expect(await reasonRead(store.db, clock.now(), reader, next)).toBeNull();
});

test('of those who opened a file the latest three are named, the latest first', async () => {
  const { engines, clock, store } = ground;
  for (const index of [0, 1, 2, 3, 0]) {
    clock.advance(60_000);
    await operate(engines[0], { actor: officer(index).id, place: 'test' }, async (op) =>
      op.audit({ action: ATTACHMENT, subject: `filing:${filing.id}`, data: { field: 'letter' } }),
    );
  }
  const ref = { sha256: 'a'.repeat(64), name: '공문.pdf', size: 1024, type: 'pdf' };
  const blocks = await attachmentPart(store.db, filing, [{ name: 'letter', label: '공문', ref }]);
  const named = JSON.stringify(blocks).match(/✔ \S+ 열어 봄/g);
  expect(named).toEqual(['최*리', '조*리', '강*리'].map((name) => `✔ ${name} 열어 봄`));
});
