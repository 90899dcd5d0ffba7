import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { pdf } from '../answers.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  fillAll,
  next,
  openedModal,
  pressOfSystem,
} from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 통합검증(SCVP) 이용신청: the guide's second form, from the system's details to the order that is to be set. */
let stage: Stage;
const SYSTEM = '행정안전부 민원관리시스템';

beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
});
beforeEach(async () => {
  for (const person of [stage.kim, stage.lee, stage.officer]) await closeAll(person);
});
afterAll(() => stage?.close());

const filed = () =>
  stage.store.db.filing.findFirstOrThrow({
    where: { procedure: 'scvpApplication' },
    orderBy: { submittedAt: 'desc' },
  });

async function begin(person: Person): Promise<void> {
  await person.openHome();
  await person.press('상세', { in: 'home' });
  await pressOfSystem(person, '통합검증(SCVP) 신청');
  await person.waitFor(async () => (await person.modalText()).includes('개인정보'));
}

const overview = {
  대상자: '민원을 신청하는 국민',
  '이용인원 (명/일)': '300',
  '이용인원 (명/월)': '6,000명',
  '이용인원 (명/년)': '70000',
};
const environment = {
  도메인: 'minwon.mois.go.kr',
  'IP 주소': '10.10.1.21, 101.2.3.4, 203.248.10.5',
  '시스템 환경': '웹',
  '웹 개발언어': ['JSP', 'PHP'],
};
const papers = {
  '공문 문서번호': '디지털안전정책과-2001',
  '공문 시행일': '2026-11-20',
  첨부파일: [pdf('통합검증 공문.pdf'), pdf('구성도.pdf'), pdf('업무프로세스.pdf')],
  '서비스개시 예정일': '2027-03-02',
};

describe('an application that ticked SCVP', () => {
  test('is told at its approval what to do next, with the button for it', async () => {
    const { kim } = stage;
    await apply(kim, { environment: { '차순위 검증 여부': ['SCVP'] } });
    await approveApplication(stage, kim);
    await kim.waitFor('통합검증(SCVP) 이용신청서가 필요합니다');
    await kim.openHome();
    await kim.press('상세', { in: 'home' });
    expect(await openedModal(kim)).toContain('통합검증(SCVP)은 이용신청서를 공문으로 따로 내고');
  });

  test('the form says what IP means here, and who may not apply', async () => {
    const { kim } = stage;
    await begin(kim);
    await kim.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
    await next(kim);
    expect(await kim.modalText()).toContain('신청자'); // filled in from the registration, above the step
    await fillAll(kim, overview);
    await next(kim);
    await fillAll(kim, { 신청사유: 'ID/PW, 간편인증 등 다른 인증수단도 사용', '사용 인증서': 'NPKI' });
    await next(kim, 'errors');
    expect(kim.errors().신청사유).toContain('다른 인증수단 없이 외부 인증기관 인증서(NPKI 등) 인증만');
    await kim.fill('신청사유', '외부 인증기관 인증서(NPKI 등) 인증만 사용');
    await next(kim);
    expect(await kim.modalText()).toContain('VIP 또는 공인 IP 기입. 표준API 이용신청서의 IP 주소');
    await fillAll(kim, environment);
    await next(kim);
    await fillAll(kim, papers);
    await next(kim);
    expect(await kim.modalText()).toContain('6,000명');
    await next(kim);
    await stage.bot.idle();
    expect(await filed()).toMatchObject({ title: SYSTEM, state: 'SUBMITTED', channel: 'ONLINE' });
  });

  test('is not filed twice, and by nobody else', async () => {
    const { kim, lee, store } = stage;
    const system = await store.db.system.findFirstOrThrow({ where: { name: SYSTEM } });
    await kim.openHome();
    await kim.press('상세', { in: 'home' });
    expect(await openedModal(kim)).not.toContain('통합검증(SCVP) 신청\n');
    await closeAll(kim);
    await forgeClick(kim, 'procedure.begin.scvpApplication', `system:${system.id}`);
    expect(await openedModal(kim)).toContain('이미 제출한 통합검증(SCVP) 이용신청이 있습니다');
    await forgeClick(lee, 'procedure.begin.scvpApplication', `system:${system.id}`);
    expect(await openedModal(lee)).toMatch(/사용자 등록이 되어 있지 않습니다|담당하는 시스템만/);
  });

  test('the checks tell a WAS address, an inner one and a public one apart; 98–113 is never called public', async () => {
    const { officer } = stage;
    await officer.press('검토', { in: card('통합검증(SCVP) 이용신청 검토중') });
    const review = await openedModal(officer);
    expect(review).toContain('이용신청서의 IP 주소(WAS 서버의 내부 물리 IP)와 같습니다: 10.10.1.21');
    expect(review).toContain('내부 IP입니다: 101.2.3.4');
    expect(review).not.toContain('공인 IP입니다');
    expect(review).toContain('✔ 이용신청서에서 차순위 검증 SCVP를 선택했습니다');
  });

  test('returned, corrected and approved: the system is marked and the order explained', async () => {
    const { kim, officer, store } = stage;
    await officer.press('보완요청', { in: card('통합검증(SCVP) 이용신청 검토중') });
    await officer.fill('보완요청 사유', 'VIP 또는 공인 IP를 적으십시오.');
    await next(officer);
    await closeAll(officer);
    await kim.waitFor('통합검증(SCVP) 이용신청서 보완요청');
    await kim.press('수정하여 다시 제출');
    await openedModal(kim);
    await kim.press('고치기', { in: 'modal', nth: 4 });
    await kim.waitFor(async () => !(await kim.modalText()).includes('제출하기 전에'));
    await kim.fill('IP 주소', '203.248.10.5');
    await next(kim);
    await next(kim);
    await stage.bot.idle();
    await officer.press('승인', { in: card('통합검증(SCVP) 이용신청 검토중') });
    const said = await kim.waitFor('CRL|IVS|OCSP로 설정합니다');
    expect(JSON.stringify(said)).toContain('LDAP(CRL) 389, OCSP 8000, IVS 8080');
    expect(JSON.stringify(said)).not.toMatch(/VerifyCertMethod|gpkisecureweb/); // no source names the key
    expect(await store.db.system.findFirstOrThrow({ where: { name: SYSTEM } })).toMatchObject({ scvp: true });
    expect((await filed()).state).toBe('APPROVED');
    await closeAll(kim);
    await kim.openHome();
    expect(await kim.homeText()).toContain('CRL|IVS|OCSP (통합검증 SCVP 사용)');
    await kim.press('상세', { in: 'home' });
    expect(await openedModal(kim)).toContain('CRL|IVS|OCSP (통합검증 SCVP 사용)');
    await closeAll(kim);
  });

  test('a system that has it does not apply again', async () => {
    const { kim, store } = stage;
    const system = await store.db.system.findFirstOrThrow({ where: { name: SYSTEM } });
    await forgeClick(kim, 'procedure.begin.scvpApplication', `system:${system.id}`);
    expect(await openedModal(kim)).toContain('통합검증(SCVP)을 이미 쓰고 있는 시스템입니다');
  });
});
