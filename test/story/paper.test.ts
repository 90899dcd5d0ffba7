import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { card, closeAll, fillAll, fillPaper, next, openedModal, paperContact, report } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** A 공공기관 writes on paper: officers enter, correct and decide for a contact without a messenger account. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const filings = () => stage.store.db.filing.findMany({ orderBy: { number: 'asc' } });
const contacts = () => stage.store.db.person.findMany({ where: { agencyCode: 'B552584', slackId: null } });

describe('공문 접수 등록', () => {
  test('belongs to officers', async () => {
    const { kim, store } = stage;
    await kim.openHome();
    expect(await kim.homeText()).not.toContain('공문 접수 등록');
    await forgeClick(kim, 'paper.enter');
    expect(await openedModal(kim)).toContain('공문 접수는 표준API 관리자만 등록할 수 있습니다.');
    await closeAll(kim);
    await forgeClick(kim, 'paper.report');
    expect(await openedModal(kim)).toContain('공문 접수는 표준API 관리자만 등록할 수 있습니다.');
    await closeAll(kim);
    expect(await store.db.draft.count()).toBe(0);
  });

  test('an officer enters the letter of a 공공기관, numbered as it pleases', async () => {
    const { officer } = stage;
    await fillPaper(officer);
    await next(officer);
    const receipt = await officer.modalText();
    expect(receipt).toContain('다른 관리자가 검토합니다. 결과는 담당자의 이메일로 나갑니다.');
    await closeAll(officer);

    const [filing] = await filings();
    const [contact] = await contacts();
    expect(filing).toMatchObject({
      procedure: 'application',
      state: 'SUBMITTED',
      channel: 'PAPER',
      agencyCode: 'B552584',
      applicantId: contact?.id,
      letterKey: 'B552584/2026/정보화부제2026-15호',
    });
    expect(contact).toMatchObject({
      name: '박수진',
      email: 'park@public.or.kr',
      mobile: '010-2222-3333',
      registeredAt: null,
    });
    const posted = await officer.waitFor('이용신청 · 검토중');
    expect(JSON.stringify(posted.blocks)).toContain('공문 (등록: 최*리)');
    expect(JSON.stringify(posted.blocks)).not.toContain('박수진');
  });

  test('the same letter is taken in once', async () => {
    const { officer2, store } = stage;
    await fillPaper(officer2, { attachments: { '공문 문서번호': '정보화부  제2026-15호' } });
    expect(await officer2.submit()).toBe('pushed');
    const refusal = await officer2.modalText();
    expect(refusal).toContain('이미 접수한 공문입니다');
    expect(refusal).toContain('접수번호 2026-000001');
    expect(await store.db.filing.count()).toBe(1);
    await closeAll(officer2);
    await store.db.draft.deleteMany();
  });

  test('an 행정기관 numbers by department on paper too', async () => {
    const { officer2 } = stage;
    await fillPaper(officer2, {
      contact: { 소속기관: '서울특별시' },
      attachments: { '공문 문서번호': '디지털정책과-77' },
    });
    await officer2.press('고치기', { in: 'modal', nth: 7 });
    await officer2.fill('공문 문서번호', '제77호');
    expect(await officer2.submit()).toBe('errors');
    expect(officer2.errors()['공문 문서번호']).toContain('‘호’를 빼고');
    await closeAll(officer2);
    await stage.store.db.draft.deleteMany();
  });
});

describe('deciding', () => {
  test('not by who entered it', async () => {
    const { officer, officer2 } = stage;
    await officer.openHome();
    expect(await officer.homeText()).toContain('검토 대기 0건');
    await officer2.openHome();
    expect(await officer2.homeText()).toContain('검토 대기 1건');
    await officer.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain('본인이 등록한 공문 접수 건은 본인이 처리할 수 없습니다.');
    await closeAll(officer);
    expect((await filings())[0]?.state).toBe('SUBMITTED');
  });

  test('what is asked to correct is work on the desk, and an officer corrects it', async () => {
    const { officer, officer2, store } = stage;
    await officer2.press('보완요청', { in: card('이용신청 검토중') });
    await openedModal(officer2);
    await officer2.fill('고칠 항목', ['부서명']);
    await officer2.waitFor(async () => (await officer2.modalText()).includes('부서명'));
    await fillAll(officer2, { 부서명: '정식 부서 이름을 적으십시오.', '보완요청 사유': '부서명 확인' });
    await next(officer2);
    await closeAll(officer2);
    await officer.openHome();
    expect(await officer.homeText()).toContain('보완을 기다리는 공문 접수 1건');

    await officer.press('수정', { in: card('이용신청 보완요청') });
    expect(await openedModal(officer)).toContain('정식 부서 이름을 적으십시오.');
    await officer.fill('부서명', '디지털혁신처');
    await next(officer);
    for (let step = 0; step < 5; step++) await next(officer);
    await next(officer);
    await closeAll(officer);
    const [filing] = await filings();
    expect(filing).toMatchObject({ state: 'SUBMITTED', revision: 2 });
    expect(await contacts()).toMatchObject([{ department: '디지털혁신처', id: filing?.applicantId }]);
    const looked = await store.db.audit.findMany({ where: { action: 'filing.review' } });
    expect(looked.map(({ data }) => (data as { reason: string }).reason)).toContain('공문 접수 보완');
  });

  test('another officer approves; what comes back by mail is entered from the card', async () => {
    const { officer, officer2, store } = stage;
    await officer2.press('승인', { in: card('이용신청 검토중') });
    await officer2.waitFor('이용신청 · 검토완료');
    const licence = await store.db.licence.findFirstOrThrow();
    expect(licence.kind).toBe('TEMPORARY');

    await officer2.press('검토', { in: card('이용신청 검토완료') });
    await openedModal(officer2); // why it is read
    await officer2.fill('열람 사유', '재발급·사후관리');
    await next(officer2);
    expect(await officer2.modalText()).toContain('적용결과 등록');
    await closeAll(officer2);

    await officer.press('적용결과 등록', { in: card('이용신청 검토완료') });
    await openedModal(officer);
    await report(officer);
    const result = (await filings()).find((one) => one.procedure === 'resultReport');
    expect(result).toMatchObject({ channel: 'PAPER', state: 'SUBMITTED', systemId: licence.systemId });
    const application = await officer.waitFor('이용신청 · 검토완료');
    await officer.waitFor(
      async () =>
        !JSON.stringify((await officer.allMessages()).find((one) => one.ts === application.ts)).includes(
          '적용결과 등록',
        ),
    );
  });

  test('a report is entered once, and approved by another', async () => {
    const { officer, officer2, store } = stage;
    await officer.openHome();
    await officer.press('적용결과 등록', { in: 'home' });
    expect(await openedModal(officer)).toContain('적용결과를 기다리는 시스템이 없습니다.');
    await closeAll(officer);
    const { id } = await store.db.system.findFirstOrThrow();
    await forgeClick(officer, 'paper.report', id);
    expect(await openedModal(officer)).toContain('이미 제출한 적용결과표가 있습니다.');
    await closeAll(officer);
    await officer2.press('승인', { in: card('적용결과표 제출 검토중') });
    await officer2.waitFor('적용결과표 제출 · 승인완료');
    expect(await store.db.licence.count({ where: { kind: 'REGULAR' } })).toBe(1);
  });

  test('the next letter of the same person is the same person’s', async () => {
    const { officer, store } = stage;
    await fillPaper(officer, {
      contact: { 이메일: 'sujin.park@public.or.kr' },
      overview: { 시스템명: '한국환경공단 자원순환시스템' },
      attachments: { '공문 문서번호': '2026-16' },
    });
    await next(officer);
    await closeAll(officer);
    expect(await contacts()).toMatchObject([
      { email: 'sujin.park@public.or.kr', name: paperContact['이름(성명)'] },
    ]);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  test('a system whose contact uses the messenger is reported by the contact', async () => {
    const { officer, store } = stage;
    const { id } = await store.db.system.findFirstOrThrow();
    const kim = await store.db.person.findFirstOrThrow({ where: { slackId: stage.kim.userId } });
    await store.db.system.update({ where: { id }, data: { contactId: kim.id } });
    await forgeClick(officer, 'paper.report', id);
    expect(await openedModal(officer)).toContain('담당자가 메신저를 쓰는 시스템입니다.');
    await closeAll(officer);
  });
});
