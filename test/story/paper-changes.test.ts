import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { pdf } from '../answers.ts';
import { OF_SCREENS, openPostOffice, type PostOffice } from '../mail/post-office.ts';
import { approveForGood, card, closeAll, fillAll, next, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';
import { seedSystems } from './survey-ground.ts';

/** What becomes of a 공공기관's systems after they are licensed: it writes, officers enter, its contact reads mails. */
let stage: Stage;
let office: PostOffice;
let contactId: string;
let systems: string[];
const AGENCY = 'B552584';

beforeAll(async () => {
  office = await openPostOffice();
  stage = await setStage({ mailer: office.mailer });
  const { db } = stage.store;
  const createdAt = stage.clock.now();
  const contact = {
    department: '정보화부',
    name: '박수진',
    phone: '02-1234-5678',
    mobile: '010-2222-3333',
    email: 'park@public.or.kr',
  };
  contactId = (await db.person.create({ data: { agencyCode: AGENCY, ...contact, createdAt } })).id;
  systems = await seedSystems(stage.store, createdAt, {
    contactId,
    count: 4,
    agencyCode: AGENCY,
    name: '한국환경공단 시스템',
  });
});
afterAll(async () => {
  await stage?.close();
  await office?.close();
});

const PATIENCE = 20_000;
const mailTo = (address: string, words: string) =>
  stage.officer.waitFor(
    () =>
      office.arrived.find(({ to, text }) => JSON.stringify(to).includes(address) && text?.includes(words)),
    PATIENCE,
  );
const system = (index: number) =>
  stage.store.db.system.findUniqueOrThrow({
    where: { id: systems[index] ?? '' },
    include: { contact: true },
  });
const filed = (procedure: string) => stage.store.db.filing.findFirstOrThrow({ where: { procedure } });
const received = () => ({ '받은 문서': pdf('메일.pdf') });

describe('a survey by mail', () => {
  test('the mail names every system and says how to answer', async () => {
    const { officer, clock } = stage;
    await officer.openHome();
    await officer.press('이용현황조사 시작', { in: 'home' });
    await fillAll(officer, { 조사명: '하반기 조사', '응답 기한': '2026-12-18' });
    await next(officer);
    expect(await officer.modalText()).toMatch(/메일로 알릴 담당자\s+1명/);
    await next(officer);
    await closeAll(officer);
    clock.set('2026-11-24T00:30:00Z');
    const { text = '' } = await mailTo('park@public.or.kr', '응답해 주십시오');
    expect(text).toContain('이메일이나 공문으로 알려 주십시오');
    for (const number of [1, 2, 3, 4]) expect(text).toContain(`한국환경공단 시스템 ${number}`);
  });

  const posted = ({ channel, text }: { channel: string; text: string }) =>
    channel === DESK_CHANNEL && text.includes('하반기 조사');

  test('an officer enters that nothing changed, with the mail that says so; nobody else does', async () => {
    const { officer, kim, store, clock } = stage;
    const round = await store.db.surveyRound.findFirstOrThrow();
    for (const [action, value] of [
      ['survey.byMail', round.id],
      ['survey.byMailPage.next', `${round.id}:0`],
      ['survey.unchangedByMail', `${round.id}:${systems[0]}`],
      ['survey.received', `${round.id}:${systems[0]}`],
    ] as const) {
      await forgeClick(kim, action, value);
      expect(await openedModal(kim)).toContain('표준API 관리자만');
      await closeAll(kim);
    }
    await officer.press('메일 응답 등록', { in: posted });
    const list = await openedModal(officer);
    expect(list).toContain('미응답 시스템 4건');
    expect(list).toContain('박*진');
    expect(list).not.toContain('박수진');
    await officer.press('변동 없음', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('답을 받은 방법'));
    expect(await officer.modalText()).toContain('한국환경공단 시스템 1');
    await next(officer, 'errors');
    expect(officer.errors()['받은 메일·공문']).toContain('받은 메일이나 공문을 올리십시오');
    await officer.fill('받은 메일·공문', pdf('회신.pdf'));
    await officer.fill('답을 받은 방법', '전화');
    await next(officer, 'errors');
    await officer.fill('답을 받은 방법', '이메일');
    await officer.submit();
    await officer.waitFor(async () => (await officer.modalText()).includes('미응답 시스템 3건'));
    expect(await officer.modalText()).toContain('변동 없음 · 이메일로 답함');
    await officer.press('받은 문서 열기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('받은 문서를 보냅니다'));
    const sent = await officer.waitFor(
      async () => (await officer.dm()).findLast(({ files }) => files) ?? null,
    );
    expect(sent.files).toMatchObject([{ name: '회신.pdf' }]);
    await officer.close();
    const target = await store.db.surveyTarget.findFirstOrThrow({ where: { systemId: systems[0] ?? '' } });
    const by = await store.db.person.findUniqueOrThrow({ where: { id: target.unchangedBy ?? '' } });
    expect(by.slackId).toBe(officer.userId);
    await closeAll(officer);
    clock.advance(20_000);
    await officer.waitFor(async () =>
      JSON.stringify((await officer.messages(DESK_CHANNEL)).findLast(posted)).includes('전화로 받은 답 1건'),
    );
    await forgeClick(officer, 'desk.system', systems[0]);
    expect(await openedModal(officer)).toContain('하반기 조사: 변동 없음');
    expect(await officer.modalText()).toContain('이메일로 답함 (등록: 최*리)');
    await closeAll(officer);
  });

  test('who did not answer is reminded with the names, not with a button', async () => {
    await stage.restartBot(async () => stage.clock.set('2026-12-04T01:00:00Z')); // 14 days before: a sweep at the start
    const { text = '' } = await mailTo('park@public.or.kr', '이용현황조사 응답 기한');
    expect(text).toContain('미응답 시스템 3건');
    expect(text).not.toContain('응답하기');
  });
});

describe('담당자 변경(공문)', () => {
  const begin = async () => {
    const { officer } = stage;
    await forgeClick(officer, 'paper.enter.paperContact', systems[1]);
    expect(await openedModal(officer)).toContain('표준API 관리담당자(변경 후)');
  };
  const person = {
    부서명: '디지털혁신부',
    '이름(성명)': '최민호',
    전화번호: '02-1234-9999',
    휴대전화번호: '010-4444-5555',
    이메일: 'choi@public.or.kr',
    '새 담당자의 개인정보 수집 및 이용 동의': '동의함',
  };

  test('wants what was received, and somebody else than now', async () => {
    const { officer, kim } = stage;
    await forgeClick(kim, 'paper.enter.paperContact', systems[1]);
    expect(await openedModal(kim)).toContain('공문 접수는 표준API 관리자만');
    await closeAll(kim);
    await begin();
    await fillAll(officer, { '바뀌는 범위': '이 담당자의 모든 시스템', ...person });
    await next(officer, 'errors');
    expect(officer.errors()['받은 문서']).toBeTruthy();
    await fillAll(officer, { ...received(), '이름(성명)': '박수진', 휴대전화번호: '010-2222-3333' });
    await next(officer);
    await officer.submit();
    await officer.waitFor(async () => (await officer.modalText()).includes('지금 담당자와 같은 사람입니다'));
    await closeAll(officer);
    await stage.store.db.draft.deleteMany();
  });

  test('one officer enters it, another approves it, both contacts get a mail', async () => {
    const { officer, officer2, store } = stage;
    await begin();
    await fillAll(officer, { '바뀌는 범위': '이 담당자의 모든 시스템', ...person, ...received() });
    await next(officer);
    await next(officer);
    await closeAll(officer);
    expect(await filed('paperContact')).toMatchObject({
      channel: 'PAPER',
      applicantId: contactId,
      systemIds: expect.arrayContaining(systems),
    });
    const posted = card('담당자 변경(공문) 검토중');
    const shown = JSON.stringify(await officer.waitFor('담당자 변경(공문) · 검토중'));
    expect(shown).not.toContain('최민호');
    expect(shown).toContain('공문·이메일 (등록: 최*리)');
    await officer.press('승인', { in: posted });
    expect(await openedModal(officer)).toContain('본인이 접수한 건은 본인이 처리할');
    await closeAll(officer);
    expect((await system(1)).contactId).toBe(contactId);

    await officer2.press('승인', { in: posted });
    await mailTo('choi@public.or.kr', '시스템의 담당자가 되었습니다.');
    await mailTo('park@public.or.kr', '담당자 변경이 승인되었습니다.');
    expect((await system(1)).contact).toMatchObject({ name: '최민호', slackId: null, agencyCode: AGENCY });
    expect(await store.db.consent.count({ where: { personId: (await system(1)).contactId } })).toBe(1);
    expect(await store.db.system.count({ where: { contactId } })).toBe(0);
    const trail = await store.db.audit.findMany({ where: { action: 'contact.begin' } });
    expect(trail).toHaveLength(4);
  });
});

describe('what else is entered', () => {
  test('a correction of what is registered', async () => {
    const { officer, officer2, store } = stage;
    const { contactId: person } = await system(1);
    const readings = () =>
      store.db.audit.findMany({ where: { action: 'paper.read' }, select: { person: true, subject: true } });
    expect(await readings()).toEqual([]); // what was entered so far began empty
    await forgeClick(officer, 'paper.enter.surveyAnswer', systems[1]);
    expect(await openedModal(officer)).toContain('‘담당자 변경신청서’를 접수하십시오');
    await officer.fill('전화번호', '02-1234-0000');
    await next(officer);
    await closeAll(officer);
    const reading = { person, subject: `system:${systems[1]}` };
    expect(await readings()).toEqual([reading]);
    await officer.openHome();
    await officer.press('이어서 작성', { in: 'home' });
    expect(await openedModal(officer)).toContain('이어서 작성합니다');
    expect(await readings()).toEqual([reading, reading]);
    await next(officer);
    await fillAll(officer, received());
    for (const _ of [1, 2]) await next(officer);
    await closeAll(officer);
    await officer2.press('승인', { in: card('이용정보 현행화 검토중') });
    await mailTo('choi@public.or.kr', '이용정보 현행화가 승인되어');
    expect((await system(1)).contact.phone).toBe('02-1234-0000');
    await forgeClick(officer, 'desk.system', systems[1]);
    expect(await openedModal(officer)).toMatch(/이용정보 현행화 · 승인완료\s+\S+ · 공문·이메일 접수/);
    await closeAll(officer);
  });

  test('미사용', async () => {
    const { officer, officer2, store } = stage;
    await officer.openHome();
    await officer.press('공문 접수 등록', { in: 'home' });
    await officer.waitFor(async () => (await officer.modalText()).includes('미사용 신고서'));
    await closeAll(officer);
    await forgeClick(officer, 'paper.enter.retirement', systems[2]);
    await openedModal(officer);
    await fillAll(officer, {
      '미사용 사유': '시스템 폐기',
      '사용을 마친 날': '2026-11-30',
      ...received(),
    });
    expect(await officer.modalText()).toContain('‘담당자 변경신청서’를 접수하십시오');
    expect(await officer.modalText()).not.toContain('삭제하겠습니다'); // the contact's to promise
    await next(officer);
    await next(officer);
    await closeAll(officer);
    await approveForGood(officer2, '미사용 신고 검토중');
    await mailTo('choi@public.or.kr', '미사용 처리를 마쳤습니다.');
    expect((await system(2)).retiredAt).not.toBeNull();
    expect(await store.db.licence.count({ where: { systemId: systems[2] ?? '', revokedAt: null } })).toBe(0);
  });

  test('a system whose contact uses the messenger is not entered', async () => {
    const { officer, store, kim } = stage;
    const { id } = await store.db.person.findFirstOrThrow({ where: { slackId: kim.userId } });
    await store.db.system.update({ where: { id: systems[3] ?? '' }, data: { contactId: id } });
    for (const name of ['paperContact', 'retirement', 'surveyAnswer', 'usageChange']) {
      await forgeClick(officer, `paper.enter.${name}`, systems[3]);
      expect(await openedModal(officer), name).toContain('담당자가 메신저를 쓰는 시스템입니다.');
      await closeAll(officer);
    }
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  test('no mail speaks of a screen', () => {
    const speaking = office.arrived.filter(({ text }) => OF_SCREENS.test(text ?? ''));
    expect(speaking.map(({ subject, text }) => `${subject}\n${text}`)).toEqual([]);
  });
});
