import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  agree,
  application,
  apply,
  approveApplication,
  becomeUser,
  card,
  fillAll,
  next,
  openedModal,
  report,
} from './acts.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
});
afterAll(() => stage?.close());

test('an official applies for the registered agency only', async () => {
  const { kim, store } = stage;
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await agree(kim);
  await kim.press('고치기', { in: 'modal' });
  await kim.waitFor(async () => (await kim.modalText()).includes('소속기관'));
  await kim.fill('소속기관', '서울특별시');
  await next(kim);
  for (const part of ['overview', 'environment', 'usage', 'servers', 'attachments'] as const) {
    await fillAll(kim, { ...application[part] });
    await next(kim);
  }
  await next(kim, 'pushed');
  expect(await openedModal(kim)).toContain('등록된 소속기관과 다릅니다: 서울특별시');
  expect(await store.db.filing.count({ where: { procedure: 'application' } })).toBe(0);
  expect(await store.db.draft.count()).toBe(1); // what was typed is still there
  await kim.close({ all: true });
  await store.db.draft.deleteMany();
});

test('what a check calls an obstacle stops the approval, and nothing is issued', async () => {
  const { kim, officer, store } = stage;
  await apply(kim);
  await officer.waitFor('이용신청 · 검토중');
  await approveApplication(stage, kim);
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim, {}, { '로그인 시험결과': '이상' });
  await officer.waitFor('적용결과표 제출 · 검토중');
  await officer.press('승인', { in: card('적용결과표') });
  expect(await openedModal(officer)).toContain(
    '승인하기 전에 해결할 것이 있습니다. 이상으로 보고된 시험이 있습니다',
  );
  expect(await store.db.licence.count({ where: { kind: 'REGULAR' } })).toBe(0);
  expect(await store.db.filing.findFirst({ where: { procedure: 'resultReport' } })).toMatchObject({
    state: 'SUBMITTED',
    approvedRevision: null,
  });
});
