import { afterAll, beforeAll, expect, test } from 'vitest';
import { application } from '../answers.ts';
import {
  agree,
  apply,
  approveApplication,
  becomeUser,
  card,
  fillAll,
  fillReport,
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

test('what is wrong in several fields is told at once, an e-mail address too', async () => {
  const { lee, store } = stage;
  await lee.openHome();
  await lee.press('사용자 등록');
  await fillAll(lee, { '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: '행정안전부' });
  await next(lee);
  const wrong = { 휴대전화번호: '010-12', 이메일: 'lee' };
  await fillAll(lee, { 부서: '디지털정책과', 이름: '이정훈', 전화번호: '044-205-1234', ...wrong });
  expect(await lee.submit()).toBe('errors');
  expect(Object.keys(lee.errors())).toEqual(Object.keys(wrong));
  expect(lee.errors().이메일).toContain('kim@korea.kr');
  await lee.close({ all: true });
  await store.db.draft.deleteMany();
});

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

test('a test that failed is no report: it is led to help with what was typed, and the draft stays', async () => {
  const { kim, store } = stage;
  await apply(kim);
  await stage.officer.waitFor('이용신청 · 검토중');
  await approveApplication(stage, kim);
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  const remarks = 'GpkiApiException 1103';
  await fillReport(kim, {}, { '로그인 시험결과': '이상', 비고: remarks });
  expect(await kim.modalText()).toContain('이상: 로그인 시험결과');
  await kim.press('오류 도움', { in: 'modal' });
  await kim.waitFor(async () => (await kim.modalText()).includes('그대로 붙여 넣으십시오'));
  await next(kim); // it holds what was typed
  expect(await kim.modalText()).toContain('라이선스 유효기간이 지남');
  await kim.close();
  await kim.press('Q&A 문의', { in: 'modal' });
  await kim.waitFor(async () => (await kim.modal())?.callback_id === 'questions.ask');
  expect(JSON.stringify(await kim.modal())).toContain(remarks);
  await kim.close({ all: true });
  expect(await store.db.filing.count({ where: { procedure: 'resultReport' } })).toBe(0);

  // Solved, it goes on where it was left; a window that was opened before is refused all the same.
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  expect(await openedModal(kim)).toContain('시험결과');
  await fillAll(kim, { '로그인 시험결과': '정상' });
  await next(kim);
  await store.db.$executeRaw`UPDATE "Draft" SET answers = answers || '{"loginResult":"FAULTY"}'`;
  await next(kim, 'pushed');
  expect(await kim.modalText()).toContain('이상이 있는 적용결과표는 제출할 수 없습니다: 로그인 시험결과');
  await kim.close({ all: true });
  await store.db.draft.deleteMany();
});

test('what a check calls an obstacle stops the approval, and nothing is issued', async () => {
  const { kim, officer, store } = stage;
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim);
  await officer.waitFor('적용결과표 · 검토중');
  // As one that was submitted before 이상 was led to help.
  await store.db.$executeRaw`
    UPDATE "Revision" SET answers = answers || '{"loginResult":"FAULTY"}'
    WHERE "filingId" = (SELECT id FROM "Filing" WHERE procedure = 'resultReport')`;
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
