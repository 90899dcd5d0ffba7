import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, becomeUser, card, closeAll, next, openedModal, register } from './acts.ts';
import { forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 일괄 승인: plain filings are approved in one go, each of them checked and recorded on its own. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await apply(stage.kim);
  await register(stage.lee, '이정훈');
  await register(stage.park, '박수진');
  await stage.officer.waitFor('사용자 등록 · 검토중');
});
afterAll(() => stage?.close());

const waiting = (procedure: string) =>
  stage.store.db.filing.findMany({
    where: { procedure, state: 'SUBMITTED' },
    orderBy: { submittedAt: 'asc' },
  });

async function open(): Promise<string> {
  const { officer } = stage;
  await officer.openHome();
  await officer.press('일괄 승인', { in: 'home' });
  return openedModal(officer);
}

test('it lists what is plain, masked, and nothing that issues a licence', async () => {
  const text = await open();
  expect(text).toContain('이*훈');
  expect(text).toContain('박*진');
  expect(text).not.toContain('이정훈');
  expect(text).not.toContain('010-1234-5678');
  expect(text).not.toContain('민원관리시스템');
  expect(text).toContain('같은 이메일로 등록된 사용자가 있습니다.'); // what to look at stands beside it
  await closeAll(stage.officer);
});

test('one that was corrected meanwhile is refused and the other one approved, each with its reason', async () => {
  const { officer, lee, park, store } = stage;
  await open();
  await officer.fill('승인할 신청', ['1. 사용자 등록 · 행정안전부', '2. 사용자 등록 · 행정안전부']);
  await officer.waitFor(async () => {
    const view = await officer.modal();
    return JSON.stringify(view?.submit ?? '').includes('선택한 2건 승인');
  });
  await park.openHome();
  await park.press('수정', { in: 'home' });
  await next(park); // the summary
  await closeAll(park);
  await next(officer);
  const text = await officer.modalText();
  expect(text).toContain('1건을 승인하고 1건은 승인하지 않았습니다.');
  expect(text).toContain('그사이 신청자가 내용을 고쳐서 다시 제출했습니다.');
  await closeAll(officer);
  await lee.waitFor('사용자 등록이 승인되었습니다');
  expect((await waiting('registration')).map(({ revision }) => revision)).toEqual([2]);
  const [row, ...more] = await store.db.audit.findMany({
    where: { action: 'filing.approve', data: { path: ['evidence', 'way'], equals: '일괄 승인' } },
  });
  expect(row?.data).toMatchObject({ evidence: { way: '일괄 승인', of: '2' } });
  expect(more).toEqual([]);
});

test('nothing chosen, a forged choice, and nobody but an officer', async () => {
  const { officer, park } = stage;
  await open();
  await officer.fill('승인할 신청', []);
  expect(await officer.submit()).toBe('pushed');
  expect(await officer.modalText()).toContain('고른 신청이 없습니다.');
  await closeAll(officer);

  const [application] = await waiting('application');
  const choice = (value: string) => ({
    callbackId: 'filing.together',
    metadata: { page: 0 },
    values: {
      chosen0: { 'filing.togetherChosen': { type: 'checkboxes', selected_options: [{ value }] } },
    },
  });
  const forged = choice(`${application?.id}:1`);
  expect(JSON.stringify(await forgeSubmit(officer, forged))).toContain('한꺼번에 승인하지 않는 신청입니다.');
  const [registration] = await waiting('registration');
  expect(JSON.stringify(await forgeSubmit(park, choice(`${registration?.id}:2`)))).toContain(
    '승인은 표준API 관리자만 할 수 있습니다.',
  );
  await forgeClick(park, 'filing.together');
  expect(await openedModal(park)).toContain('표준API 관리자만');
  await closeAll(park);
  expect(await waiting('application')).toHaveLength(1);
  expect(await waiting('registration')).toHaveLength(1);
  await stage.bot.idle(); // the card of what was corrected stands in the channel
  await officer.press('승인', { in: card('사용자 등록 검토중') });
  await park.waitFor('사용자 등록이 승인되었습니다');
  expect(await open()).toContain('한꺼번에 승인할 수 있는 신청이 없습니다.');
  await closeAll(officer);
});
