import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { pdf } from '../answers.ts';
import {
  apply,
  approveApplication,
  approveForGood,
  card,
  closeAll,
  fillAll,
  next,
  openedModal,
  pressIn,
  pressOfSystem,
  report,
} from './acts.ts';
import { forgeClick } from './forge.ts';
import { givenAway, leaksOf, type Secrets } from './secrets.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';
import { type Watch, watch } from './watch.ts';

/**
 * The procedures after the first licence, played with data that nobody else has: it stands in the officers' recorded
 * windows and in the person's own, and in no message, no home and no window of anybody else.
 */
const KIM = {
  name: '곽독특',
  phone: '02-7391-8462',
  newPhone: '02-7391-5555',
  mobile: '010-8462-7391',
  email: 'dokteuk.gwak@korea.kr',
  ip: '10.77.88.99',
  newIp: '10.77.88.111',
  movedIp: '10.77.88.122',
  publicIp: '203.248.77.88',
  mac: '0A:9B:8C:7D:6E:6A',
  host: 'quetzal-was77',
};
const LEE = {
  name: '탁희귀',
  phone: '02-6482-9173',
  mobile: '010-9173-6482',
  email: 'huigwi.tak@korea.kr',
  ip: '10.66.55.44',
};

let stage: Stage;
let seen: Watch;
let kims: Secrets;
let lees: Secrets;
let systemId: string;

beforeAll(async () => {
  stage = await setStage({ deskGuests: ['U0PARK00001'] });
  const { kim, lee, park, officer, officer2, workspace, store, bot } = stage;
  // As deputy, and then as contact, 탁희귀 sees the system; of 곽독특 what is masked.
  const { ip, newIp, movedIp, publicIp, mac, host } = KIM;
  const addresses = [ip, newIp, movedIp, publicIp, mac, host];
  kims = {
    owner: kim.userId,
    values: Object.values(KIM),
    also: { to: lee.userId, values: addresses },
  };
  lees = {
    owner: lee.userId,
    values: Object.values(LEE),
    also: { to: kim.userId, values: [LEE.mobile] },
  };
  seen = await watch(workspace, [kim, lee, park, officer, officer2]);
  for (const [person, told] of [
    [kim, KIM],
    [lee, LEE],
  ] as const) {
    await person.openHome();
    await person.press('사용자 등록');
    await fillAll(person, { '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: '행정안전부' });
    await next(person);
    await fillAll(person, {
      부서: '디지털안전정책과',
      '직위(직급)': '주무관',
      이름: told.name,
      전화번호: told.phone,
      휴대전화번호: told.mobile,
      이메일: told.email,
    });
    await next(person);
    await closeAll(person);
    await approve('사용자 등록');
    await person.waitFor('사용자 등록이 승인되었습니다');
  }
  await apply(kim, { environment: { 'IP 주소': KIM.ip } });
  await approveApplication(stage, kim);
  systemId = (await store.db.system.findFirstOrThrow()).id;
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim, {
    '운영서버 IP 주소': KIM.ip,
    '운영서버 HOST': KIM.host,
    '운영서버 Mac 주소': KIM.mac,
  });
  await approve('적용결과표');
  await kim.waitFor('REG-2026-000001');
  await bot.idle();
});
beforeEach(async () => {
  for (const person of [stage.kim, stage.lee, stage.park, stage.officer]) await closeAll(person);
});
afterAll(async () => {
  seen?.close();
  await stage?.close();
});

/** Looked at whole, as officers do, and approved. @returns what the review showed */
async function approve(title: string): Promise<string> {
  const { officer } = stage;
  await officer.press('검토', { in: card(`${title} 검토중`) });
  const shown = await openedModal(officer);
  await closeAll(officer);
  await officer.press('승인', { in: card(`${title} 검토중`) });
  return shown;
}

async function begin(person: Person, label: string): Promise<void> {
  await person.openHome();
  await person.press('상세', { in: 'home' });
  await pressOfSystem(person, label);
  await person.waitFor(async () => (await person.modalText()).includes('저장된 내용은 남아 있습니다'));
}

/** Through what is filled in already, to the end. */
async function finish(person: Person): Promise<void> {
  while (!(await person.modalText()).includes('제출하기 전에 확인')) await next(person);
  await next(person);
  await closeAll(person);
  await stage.bot.idle();
}

test('부담당자 지정: asked, accepted, looked at by the deputy, ended', async () => {
  const { kim, lee } = stage;
  await forgeClick(kim, 'system.detail', systemId);
  await openedModal(kim);
  await pressOfSystem(kim, '부담당자 지정');
  await kim.waitFor(async () => (await kim.modalText()).includes('지정받은 사람이 수락하면'));
  await kim.fill('부담당자', LEE.name);
  await next(kim);
  await next(kim);
  await closeAll(kim);
  await lee.press('수락', { in: ({ text }) => text.includes('부담당자 지정') });
  await kim.waitFor('부담당자가 수락하여 지정되었습니다');
  await openedModal(lee);
  await closeAll(lee);
  await forgeClick(lee, 'system.detail', systemId);
  expect(await openedModal(lee)).toContain('곽*특');
  await closeAll(lee);
  await forgeClick(kim, 'system.detail', systemId);
  await openedModal(kim);
  await pressOfSystem(kim, '부담당자 해제');
  await lee.waitFor('부담당자 지정이 끝났습니다');
});

test('이용내용 변경', async () => {
  const { kim } = stage;
  await begin(kim, '이용내용 변경');
  await kim.fill('망 구분', '인터넷+행정망');
  await next(kim);
  await fillAll(kim, { '변경 사유': '망 이전', '행정안전부 사전협의': '협의 대상 아님' });
  await finish(kim);
  await approve('이용내용 변경');
  await kim.waitFor('이용내용 변경이 승인되었습니다');
});

test('이용정보 현행화: another telephone number and address', async () => {
  const { kim } = stage;
  await begin(kim, '이용정보 현행화');
  await kim.fill('전화번호', KIM.newPhone);
  await next(kim);
  await next(kim);
  await kim.fill('IP 주소', KIM.newIp);
  await finish(kim);
  const review = await approve('이용정보 현행화');
  expect(givenAway(kims.values, review)).toEqual(expect.arrayContaining([KIM.newPhone, KIM.newIp]));
  await kim.waitFor('이용정보 현행화가 승인되어');
});

test('재발급: asked for, reopened, corrected, issued anew', async () => {
  const { kim } = stage;
  await begin(kim, '재발급 요청');
  await kim.fill('재발급 사유', ['서버 IP 변경']);
  await kim.waitFor(async () => (await kim.modalText()).includes('변경 후 운영서버 IP 주소'));
  await kim.fill('변경 후 운영서버 IP 주소', KIM.movedIp);
  await finish(kim);
  expect(givenAway(kims.values, await approve('재발급 요청'))).toContain(KIM.movedIp);
  await kim.waitFor('폐지된 것이 아닙니다');
  await kim.openHome();
  await kim.press('수정', { in: 'home' });
  await openedModal(kim);
  await kim.fill('실제 정보 확인', ['위 내용이 운영서버의 실제 정보임을 확인했습니다.']);
  await finish(kim);
  await approve('적용결과표');
  await kim.waitFor('REG-2026-000002');
});

test('통합검증(SCVP): returned with remarks, corrected, approved', async () => {
  const { kim, officer } = stage;
  await begin(kim, '통합검증(SCVP) 신청');
  await kim.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
  await next(kim);
  await fillAll(kim, {
    대상자: '국민',
    '이용인원 (명/일)': '300',
    '이용인원 (명/월)': '6000',
    '이용인원 (명/년)': '70000',
  });
  await next(kim);
  await fillAll(kim, {
    신청사유: '외부 인증기관 인증서(NPKI 등) 인증만 사용',
    '사용 인증서': 'NPKI',
  });
  await next(kim);
  await fillAll(kim, {
    도메인: 'minwon.mois.go.kr',
    'IP 주소': KIM.publicIp,
    '시스템 환경': '웹',
    '웹 개발언어': ['JSP'],
  });
  await next(kim);
  await fillAll(kim, {
    '공문 문서번호': '디지털안전정책과-2001',
    '공문 시행일': '2026-11-20',
    첨부파일: [pdf('공문.pdf'), pdf('구성도.pdf'), pdf('업무.pdf')],
    '서비스개시 예정일': '2027-03-02',
  });
  await finish(kim);
  await officer.press('보완요청', { in: card('통합검증(SCVP) 이용신청 검토중') });
  await officer.fill('보완요청 사유', 'IP를 확인하십시오.');
  await next(officer);
  await closeAll(officer);
  await kim.waitFor('통합검증(SCVP) 이용신청서 보완요청');
  await kim.press('수정하여 다시 제출', { in: ({ text }) => text.includes('통합검증(SCVP)') });
  await openedModal(kim);
  await finish(kim);
  expect(givenAway(kims.values, await approve('통합검증(SCVP) 이용신청'))).toContain(KIM.publicIp);
  await kim.waitFor('CRL|IVS|OCSP로 설정합니다');
});

test('보안사고: reported by a colleague with an address and a number, noted, closed', async () => {
  const { lee, officer } = stage;
  await lee.openHome();
  await pressIn(lee, '전체 업무', '보안사고 신고');
  await fillAll(lee, {
    '사고 유형': '서버 침해',
    '사고 내용': `${LEE.ip} 서버에서 모르는 접속. ${LEE.mobile}로 연락 바랍니다.`,
    '알게 된 날': '2026-11-23',
    '관련 시스템': ['행정안전부 민원관리시스템'],
  });
  await finish(lee);
  const urgent = card('[긴급] 보안사고 신고 검토중');
  await officer.press('검토', { in: urgent });
  expect(givenAway(lees.values, await openedModal(officer))).toEqual(
    expect.arrayContaining([LEE.ip, LEE.mobile]),
  );
  await officer.press('기록 추가');
  await officer.fill('기록할 내용', `${LEE.ip} 서버 분리를 ${LEE.mobile}로 요청함`);
  await next(officer);
  await closeAll(officer);
  await lee.waitFor('보안사고 진행 기록이 추가되었습니다');
  await officer.openHome();
  await officer.press('승인', { in: urgent });
  await openedModal(officer);
  await officer.fill('처리 결과', '접근권한을 다시 정했습니다.');
  await next(officer);
  await lee.waitFor('보안사고 신고서 종결');
});

test('Q&A: a question with an address and a number, read whole, answered, gone on with, closed', async () => {
  const { kim, officer } = stage;
  const title = '적용 오류';
  await kim.openHome();
  await kim.press('Q&A 문의', { in: 'home' });
  await openedModal(kim);
  await fillAll(kim, {
    제목: title,
    '문의 내용': `${KIM.ip} 서버에서 1103. 연락처 ${KIM.mobile}, ${KIM.email}`,
  });
  await next(kim);
  await closeAll(kim);
  const asked = ({ text, channel }: { text: string; channel: string }) =>
    channel === DESK_CHANNEL && text.includes(`: ${title} (`);
  await officer.press('전체 보기', { in: asked });
  expect(givenAway(kims.values, await openedModal(officer))).toEqual(
    expect.arrayContaining([KIM.ip, KIM.mobile]),
  );
  await closeAll(officer);
  const root = await officer.waitFor(async () => (await officer.messages(DESK_CHANNEL)).find(asked));
  await officer.say(DESK_CHANNEL, '임시라이선스가 만료되었습니다.', [], root.ts);
  await kim.waitFor('임시라이선스가 만료되었습니다.');
});

test('담당자 변경: named, accepted, approved; the successor reads what is theirs', async () => {
  const { kim, lee } = stage;
  await kim.openHome();
  await kim.press('담당자 변경', { in: 'home' });
  await kim.fill('대상시스템', ['행정안전부 민원관리시스템']);
  await next(kim);
  await fillAll(kim, { '새 담당자': LEE.name, '새 담당자 휴대폰번호': LEE.mobile, '변경 사유': '인사이동' });
  await finish(kim);
  await lee.press('수락', { in: ({ text }) => text.includes('담당자 변경') });
  await openedModal(lee);
  await closeAll(lee);
  await approve('담당자 변경');
  await lee.waitFor('시스템의 담당자가 되었습니다');
  await forgeClick(lee, 'system.detail', systemId);
  await openedModal(lee);
  await closeAll(lee);
  await lee.openHome();
});

test('담당자 부재 변경: the claimant sees the former contact masked, the contact is told', async () => {
  const { kim, lee } = stage;
  await kim.openHome();
  await pressIn(kim, '전체 업무', '담당자 부재 변경');
  await kim.fill('대상시스템', '민원');
  await next(kim);
  expect(await kim.modalText()).toContain('탁*귀');
  await fillAll(kim, { '증빙 종류': '인사발령', 증빙자료: pdf('증빙.pdf'), '변경 사유': '인사이동' });
  await next(kim);
  await finish(kim);
  await lee.waitFor('담당자 변경이 신청되었습니다');
  await approve('담당자 부재 변경');
  await lee.waitFor('시스템의 담당이 끝났습니다');
});

test('미사용 신고', async () => {
  const { kim } = stage;
  await begin(kim, '미사용 신고');
  await fillAll(kim, {
    '미사용 사유': '시스템 폐기',
    '사용을 마친 날': '2026-11-20',
    확인: [
      '승인되면 라이선스가 모두 폐지되고 되살릴 수 없음을 확인했습니다.',
      '서버에서 표준API 모듈과 라이선스 파일을 삭제하겠습니다.',
    ],
  });
  await finish(kim);
  await approveForGood(stage.officer, '미사용 신고 검토중');
  await kim.waitFor('표준API 모듈을 삭제하십시오');
  await stage.officer.openHome();
  await stage.bot.idle();
});

describe('of all that was shown', () => {
  test('nothing stands where it may not', () => {
    expect(leaksOf(seen.shown, kims)).toEqual([]);
    expect(leaksOf(seen.shown, lees)).toEqual([]);
  });

  test('the look was at messages of every procedure, and masked names stand in them', () => {
    const said = JSON.stringify(seen.shown.filter(({ kind }) => kind === 'message'));
    const looked = [
      '부담당자 지정',
      '이용내용 변경',
      '이용정보 현행화',
      '재발급 요청',
      '통합검증(SCVP)',
      '보안사고',
      '적용 오류',
      '담당자 변경',
      '담당자 부재 변경',
      '미사용 신고',
      '곽*특',
      '탁*귀',
    ];
    expect(looked.filter((part) => !said.includes(part))).toEqual([]);
  });
});
