import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import type { Decision } from '../../src/filing/decision.ts';
import { getProcedure } from '../../src/filing/procedure.ts';
import { objectToClaim } from '../../src/procedures/successor-claim/objection.ts';
import type { Filing } from '../../src/store/client/client.ts';
import { operate } from '../../src/store/operation.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';
import { onPostgres } from '../ground.ts';

/** Lee claims a system of kim's. Two processes. */
let ground: FilingGround;
let claim: Filing;
beforeEach(async () => {
  ground = await setFilings({ processes: 2 });
  claim = await claimed();
});
afterEach(() => ground?.close());

async function claimed(): Promise<Filing> {
  const { kim, lee, store, clock } = ground;
  const { id } = await store.db.system.create({
    data: { name: '통계시스템', agencyCode: '1741000', contactId: kim.id, createdAt: clock.now() },
  });
  const answers = {
    systems: [id],
    evidenceKind: 'POSTING',
    evidence: [{ sha256: 'a'.repeat(64), name: '인사발령.pdf', size: 1024, type: 'pdf' }],
    reason: '전임자 인사이동',
    department: '정보통계과',
    phone: '044-205-7777',
    mobile: '010-2222-3333',
    email: 'lee@korea.kr',
  };
  return ground.submitted(lee, answers, { procedure: 'successorClaim' });
}

function engine(index: number) {
  const found = ground.engines[index];
  if (!found) throw new Error('too few processes');
  return found;
}
const object = (filing = claim, process = 0) =>
  operate(engine(process), { actor: ground.kim.id, place: 'test' }, (op) =>
    objectToClaim(
      op,
      ground.kim,
      getProcedure(engine(process), 'successorClaim'),
      filing.id,
      '제가 담당합니다.',
    ),
  );
function decide(decision: Decision, process = 0) {
  const [officer] = ground.officers;
  if (!officer) throw new Error('no officer');
  return decideFiling(engine(process), { who: officer, place: 'test' }, decision);
}
const seeing = (objections: number, filing = claim) => ({ filingId: filing.id, revision: 1, objections });
const told = (error: unknown) => (error instanceof Refusal ? error.message : error);
const notes = () => ground.store.db.caseNote.count({ where: { item: 'OBJECTION' } });

test('who decides has to have the newest objection on the screen', async () => {
  await object();
  const approve = { verb: 'filing.approve', ...seeing(0) } as const;
  const reject = { verb: 'filing.reject', ...seeing(0), reason: '증빙이 없습니다.' } as const;
  for (const unread of [approve, reject])
    expect(await decide(unread).catch(told)).toBe('그사이 지금 담당자가 이의를 제기했습니다.');
  expect(await decide({ ...approve, ...seeing(1) })).toMatchObject({ state: 'APPROVED' });
});

test('the claimant may still take the claim back', async () => {
  await object();
  const { lee } = ground;
  expect(
    await decideFiling(engine(0), { who: lee, place: 'test' }, { verb: 'filing.withdraw', ...seeing(0) }),
  ).toMatchObject({ state: 'WITHDRAWN' });
});

test('of an approval and an objection at once one is refused', async () => {
  for (let round = 0; round < (onPostgres() ? 25 : 3); round++) {
    if (round > 0) claim = await claimed();
    const before = await notes();
    const done = await Promise.allSettled([
      decide({ verb: 'filing.approve', ...seeing(0) }, round % 2),
      object(claim, (round + 1) % 2),
    ]);
    const [approved, objected] = done.map(({ status }) => status === 'fulfilled');
    expect([approved, objected].filter(Boolean)).toHaveLength(1);
    const { state, objections } = await ground.store.db.filing.findUniqueOrThrow({ where: { id: claim.id } });
    expect([state, objections]).toEqual(approved ? ['APPROVED', 0] : ['SUBMITTED', 1]);
    expect((await notes()) - before).toBe(objected ? 1 : 0);
  }
});

test('one contact objects once, also in two processes at once', async () => {
  const done = await Promise.allSettled([object(claim, 0), object(claim, 1), object(claim, 0)]);
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await notes()).toBe(1);
  const { objections } = await ground.store.db.filing.findUniqueOrThrow({ where: { id: claim.id } });
  expect(objections).toBe(1);
});
