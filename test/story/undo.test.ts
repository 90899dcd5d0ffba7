import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { applicationAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';
import { becomeUser, card, closeAll, next, openedModal, register } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 되돌리기: an officer takes a decision back within five minutes, from the window that told of it or from 검토. */
describe('on the screen', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage?.close());

  const newest = () => stage.store.db.filing.findFirstOrThrow({ orderBy: { number: 'desc' } });
  const MINUTE = 60_000;

  async function decideWith(verb: '보완요청' | '반려', words: string): Promise<void> {
    const { officer } = stage;
    await officer.press(verb, { in: card('사용자 등록 검토중') });
    await openedModal(officer);
    await officer.fill(`${verb} 사유`, words);
    await next(officer);
  }

  /** 검토 of what was decided: looking again asks why. */
  async function read(): Promise<string> {
    const { officer } = stage;
    await officer.press('내용 보기', { in: card('사용자 등록 보완요청') });
    await openedModal(officer);
    await officer.fill('열람 사유', '재발급·사후관리');
    await next(officer);
    return officer.modalText();
  }

  test('보완요청: back to 검토중, the applicant reads that it is withdrawn, and it can be decided again', async () => {
    const { kim, officer, store } = stage;
    await register(kim, '김보람');
    await officer.waitFor('사용자 등록 · 검토중');
    await decideWith('보완요청', '부서를 확인하십시오.');
    await kim.waitFor('부서를 확인하십시오.');
    await officer.press('되돌리기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('되돌렸습니다'));
    await kim.waitFor('방금 보낸 ‘보완요청’ 안내를 취소합니다');
    await officer.waitFor('사용자 등록 · 검토중');
    expect(await newest()).toMatchObject({
      state: 'SUBMITTED',
      decidedBy: null,
      decidedAt: null,
      reason: null,
    });
    await closeAll(officer);
    await decideWith('보완요청', '직위를 확인하십시오.');
    await kim.waitFor('직위를 확인하십시오.');
    await closeAll(officer);
    const { id } = await newest();
    const done = await store.db.audit.findMany({
      where: { subject: `filing:${id}` },
      orderBy: { seq: 'asc' },
    });
    expect(done.map(({ action }) => action)).toEqual([
      'filing.submit',
      'filing.return',
      'filing.undo',
      'filing.return',
    ]);
  });

  test('another officer, and nobody after five minutes, takes it back', async () => {
    const { officer, officer2, clock } = stage;
    const { id } = await newest();
    await forgeClick(officer2, 'filing.undo', `${id}:1`);
    expect(await openedModal(officer2)).toContain('처리한 사람만 되돌릴 수 있습니다.');
    await closeAll(officer2);
    expect(await read()).toContain('5분 안에 되돌릴 수 있습니다');
    clock.set(new Date(clock.now().getTime() + 6 * MINUTE));
    await officer.press('되돌리기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('5분이 지나'));
    await closeAll(officer);
    expect(await read()).not.toContain('5분 안에 되돌릴 수 있습니다');
    await closeAll(officer);
    expect((await newest()).state).toBe('RETURNED');
  });

  test('not once the applicant corrects, and not what an approval brought about', async () => {
    const { kim, lee, officer } = stage;
    await kim.openHome();
    await kim.press('수정', { in: 'home' });
    await next(kim);
    await closeAll(kim);
    await officer.waitFor('사용자 등록 · 검토중');
    await decideWith('보완요청', '전화번호를 확인하십시오.');
    await kim.waitFor('전화번호를 확인하십시오.');
    await kim.openHome();
    await kim.press('수정', { in: 'home' });
    await openedModal(kim);
    await officer.press('되돌리기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('고치기 시작하여'));
    await closeAll(officer);
    await becomeUser(stage, lee, '이정훈');
    const { id } = await newest();
    await forgeClick(officer, 'filing.undo', `${id}:1`);
    expect(await openedModal(officer)).toContain('되돌릴 수 없는 처리입니다.');
    await closeAll(officer);
  });
});

describe('at the same moment', () => {
  let ground: FilingGround;
  beforeAll(async () => {
    ground = await setFilings({ processes: 2 });
  });
  afterAll(() => ground?.close());

  test('taken back and submitted anew: both or one, and the newest revision waits for an officer', async () => {
    const { kim, officers, store, engines } = ground;
    const [officer] = officers;
    if (!officer) throw new Error('no officer');
    for (let round = 0; round < 6; round++) {
      const filing = await ground.submitted(kim, {
        ...applicationAnswers,
        systemName: `행정안전부 ${round}`,
      });
      const draft = await ground.draft(kim, applicationAnswers, { subject: `filing:${filing.id}` });
      await store.db.draft.update({ where: { id: draft }, data: { updatedAt: new Date(0) } });
      const at = { filingId: filing.id, revision: 1 };
      await decideFiling(
        engines[0],
        { who: officer, place: 'test' },
        { verb: 'filing.return', ...at, reason: '직인' },
      );
      const acts = [
        () => decideFiling(engines[0], { who: officer, place: 'test' }, { verb: 'filing.undo', ...at }),
        () => submitFiling(engines[1] ?? engines[0], { who: kim, place: 'test' }, draft, ground.today()),
      ];
      const results = await Promise.allSettled((round % 2 ? acts.reverse() : acts).map((act) => act()));
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(Refusal);
      const now = await store.db.filing.findUniqueOrThrow({ where: { id: filing.id } });
      expect(now).toMatchObject({ state: 'SUBMITTED', revision: 2, decidedBy: null });
    }
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });
});
