import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openDraft } from '../../src/filing/drafts.ts';
import { inviteHelper } from '../../src/filing/helpers.ts';
import { addPhrase } from '../../src/filing/phrases.ts';
import { getProcedure } from '../../src/filing/procedure.ts';
import { makeSecretBox } from '../../src/filing/step-up/secret-box.ts';
import { beginEnrolment } from '../../src/filing/step-up/step-up.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import { discardDraft } from '../../src/home/discard-draft.ts';
import { addRelease } from '../../src/records/modules/releases.ts';
import { placeContact } from '../../src/records/people/paper-contact.ts';
import { mark } from '../../src/reminders/marks.ts';
import { tellMany } from '../../src/store/broadcast.ts';
import { operate } from '../../src/store/operation.ts';
import { applicationAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';

/** The same press by several processes at one moment: made once, and nobody reads of an error. */
const PROCESSES = 4;
const TIMES = 12;

let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings({ processes: PROCESSES });
});
beforeEach(async () => {
  await ground.store.db.draft.deleteMany();
});
afterAll(() => ground?.close());

const engineOf = (index: number) => ground.engines[index % PROCESSES] ?? ground.engines[0];
const atOnce = <T>(act: (index: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: TIMES }, (_, index) => act(index)));
/** How many did it; the others must have been refused in words that match. */
function done(results: PromiseSettledResult<unknown>[], refused: RegExp): number {
  const reasons = results.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(reasons.filter((reason) => !refused.test(reason))).toEqual([]);
  return results.length - reasons.length;
}
const NEVER = /^$/;
const as = (who: { id: string }) => ({ actor: who.id, place: 'test' });

test('a form that is begun is one draft, and everybody gets it', async () => {
  const { kim, clock, store } = ground;
  const opened = await Promise.all(
    Array.from({ length: TIMES }, (_, index) =>
      openDraft(engineOf(index).db, clock.now(), getProcedure(engineOf(index), 'application'), kim, ''),
    ),
  );
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  expect(opened.filter(({ resumed }) => !resumed)).toHaveLength(1);
  expect(await store.db.draft.count()).toBe(1);
});

test('a form is deleted once, and not when it was submitted at that moment', async () => {
  const { kim, store, today } = ground;
  const scene = { who: kim, place: 'test' };
  const lying = await ground.draft(kim, applicationAnswers);
  const deleted = await atOnce((index) => discardDraft(engineOf(index), scene, lying));
  expect(done(deleted, /이미 제출했거나 삭제한/)).toBe(1);
  expect(await store.db.audit.count({ where: { subject: `draft:${lying}` } })).toBe(1);

  const id = await ground.draft(kim, applicationAnswers);
  const results = await atOnce((index): Promise<unknown> => {
    const engine = engineOf(index);
    return index % 2 === 0 ? submitFiling(engine, scene, id, today()) : discardDraft(engine, scene, id);
  });
  expect(done(results, /이미 제출했거나 삭제한/)).toBe(1);
});

test('a reminder is put off once', async () => {
  const { kim, store } = ground;
  const results = await atOnce((index) =>
    operate(engineOf(index), as(kim), (op) => mark(op, kim.id, 'report:1', '2026-12-01')),
  );
  expect(done(results, NEVER)).toBe(TIMES);
  expect(await store.db.reminderMark.count({ where: { item: 'report:1' } })).toBe(1);
});

test('what is told to many is told of once', async () => {
  const { kim, clock, store } = ground;
  const results = await atOnce((index) =>
    operate(engineOf(index), as(kim), (op) => tellMany(op.tx, 'notice', 'n1', clock.now())),
  );
  expect(done(results, NEVER)).toBe(TIMES);
  expect(await store.db.broadcast.count()).toBe(1);
});

test('one-time codes are begun on one row', async () => {
  const [officer] = ground.officers;
  if (!officer) throw new Error('no officer');
  const box = makeSecretBox(Buffer.alloc(32, 7));
  const results = await atOnce((index) =>
    operate(engineOf(index), as(officer), (op) => beginEnrolment(op, box, officer.id)),
  );
  expect(done(results, NEVER)).toBe(TIMES);
  expect(await ground.store.db.stepUp.count()).toBe(1);
});

test('a phrase is added once', async () => {
  const [officer] = ground.officers;
  if (!officer) throw new Error('no officer');
  const results = await atOnce((index) =>
    operate(engineOf(index), as(officer), (op) => addPhrase(op, '직인을 찍어 주십시오.', '공문')),
  );
  expect(done(results, /이미 있습니다/)).toBe(1);
  expect(await ground.store.db.phrase.count({ where: { text: '직인을 찍어 주십시오.' } })).toBe(1);
});

test('a helper is asked once', async () => {
  const { kim, store } = ground;
  const draft = await ground.draft(kim, applicationAnswers);
  const results = await atOnce((index) =>
    operate(engineOf(index), as(kim), (op) =>
      inviteHelper(engineOf(index), op, kim, `draft:${draft}`, 'U0HELPER001'),
    ),
  );
  expect(done(results, /이미 작성을 돕고/)).toBe(1);
  expect(await store.db.draftHelper.count()).toBe(1);
});

test('somebody named on paper is one person', async () => {
  const [officer] = ground.officers;
  if (!officer) throw new Error('no officer');
  const given = {
    agency: '1741000',
    department: '정보화팀',
    name: '나공문',
    phone: '02-100-2000',
    mobile: '010-5555-6666',
    email: 'paper@public.or.kr',
  };
  const results = await atOnce((index) =>
    operate(engineOf(index), as(officer), (op) => placeContact(op, given, null)),
  );
  expect(done(results, NEVER)).toBe(TIMES);
  expect(await ground.store.db.person.count({ where: { name: '나공문' } })).toBe(1);
});

test('a module is registered once', async () => {
  const order = {
    name: '표준API 모듈',
    version: '9.9.9',
    language: 'JAVA',
    os: 'LINUX',
    bits: 64,
    notes: '',
    fileName: 'module.tar',
  };
  const bytes = Buffer.from('one module');
  const results = await atOnce((index) =>
    addRelease(
      engineOf(index),
      order,
      {
        size: bytes.length,
        bytes: async function* () {
          yield bytes;
        },
      },
      { author: { actor: 'test', place: 'test' } },
    ),
  );
  expect(done(results, NEVER)).toBe(TIMES);
  const added = results.filter((one) => one.status === 'fulfilled' && one.value.ok);
  expect(added).toHaveLength(1);
});
