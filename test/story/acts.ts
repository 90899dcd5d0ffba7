import type { Person } from '../../src/sandbox/person.ts';
import { application, pdf, type TypedStep, report as typedReport } from '../answers.ts';
import { DESK_CHANNEL, type Stage } from './stage.ts';

/** What people do in the stories, by the words on the screen. */
export async function fillAll(
  person: Person,
  fields: Record<string, Parameters<Person['fill']>[1]>,
): Promise<void> {
  for (const [label, value] of Object.entries(fields)) await person.fill(label, value);
}

/** Submits and says what was refused, so that a failing story is readable. */
export async function next(person: Person, expected = 'updated'): Promise<void> {
  const outcome = await person.submit();
  // A submission closes its window: the receipt is a message.
  if (outcome !== expected && !(outcome === 'closed' && expected === 'updated')) {
    throw new Error(`submit: ${outcome} ${JSON.stringify(person.errors())}\n${await person.modalText()}`);
  }
}

export async function register(person: Person, name: string, agency = '행정안전부'): Promise<void> {
  await person.openHome();
  await person.press('사용자 등록');
  await fillRegistration(person, name, agency);
}

/** From the first step of the opened 사용자 등록 to its submission. */
export async function fillRegistration(person: Person, name: string, agency = '행정안전부'): Promise<void> {
  await fillAll(person, { '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: agency });
  await next(person);
  await fillAll(person, {
    부서: '디지털안전정책과',
    '직위(직급)': '주무관',
    이름: name,
    전화번호: '044-205-1234',
    휴대전화번호: '010-1234-5678',
    이메일: 'kim@korea.kr',
  });
  await next(person);
  await closeAll(person);
}

type Changes = { [K in keyof typeof application]?: TypedStep };

/** The first window of 이용신청서; what is known of the official needs none. */
export async function agree(person: Person): Promise<void> {
  await fillAll(person, { '약관 동의': '동의함', '개인정보 수집 및 이용에 대한 동의': '동의함' });
  await next(person);
}

/** Fills the whole 이용신청서 up to the summary. */
export async function fillApplication(person: Person, changes: Changes = {}): Promise<void> {
  await person.openHome();
  await person.press('이용신청서 작성');
  await agree(person);
  for (const part of ['overview', 'environment', 'usage', 'servers', 'attachments'] as const) {
    await fillAll(person, { ...application[part], ...changes[part] });
    await next(person);
  }
}

export async function apply(person: Person, changes: Changes = {}): Promise<void> {
  await fillApplication(person, changes);
  await next(person);
  await closeAll(person);
}

/** 적용결과표 up to what comes after its last step. */
export async function fillReport(
  person: Person,
  fields: TypedStep = {},
  results: TypedStep = {},
): Promise<void> {
  await fillAll(person, { ...typedReport.server, ...fields });
  await next(person);
  await next(person); // environment, prefilled
  await fillAll(person, { ...typedReport.results, ...results });
  await next(person);
}

export async function report(person: Person, fields: TypedStep = {}, results: TypedStep = {}): Promise<void> {
  await fillReport(person, fields, results);
  await next(person);
  await closeAll(person);
}

/** The text of the modal, once one is there: the bot acknowledges first and shows later. */
export async function openedModal(person: Person): Promise<string> {
  await person.waitFor(async () => (await person.modal()) !== null);
  return person.modalText();
}

/** Presses what stands behind 전체 업무 or 관리 업무 of the home, and waits for what takes the menu's place. */
export async function pressIn(person: Person, menu: '전체 업무' | '관리 업무', label: string): Promise<void> {
  await person.press(menu, { in: 'home' });
  await person.press(label, { in: 'modal' });
  await person.waitFor(async () => (await person.modal())?.callback_id !== 'menu');
}

/** Presses what stands in the opened details of a system, or behind 다른 업무 in them. */
export async function pressOfSystem(person: Person, label: string): Promise<void> {
  await openedModal(person);
  const shown = (await person.modalText()).split('\n').includes(label);
  if (!shown) {
    await person.press('다른 업무', { in: 'modal' });
    await person.waitFor(async () => (await person.modal())?.callback_id === 'menu');
  }
  const before = (await person.modal())?.id;
  const drawn = await person.modalText();
  await person.press(label, { in: 'modal' });
  await person.waitFor(
    async () => (await person.modal())?.id !== before || (await person.modalText()) !== drawn,
  );
}

/** Matches the desk's cards that show this text. */
export const card = (text: string) => (message: { text: string; channel: string }) =>
  message.channel === DESK_CHANNEL && message.text.includes(text);

/** Registers a person and has an officer approve it. */
export async function becomeUser({ officer }: Desk, person: Person, name: string): Promise<void> {
  await register(person, name);
  await officer.press('승인', { in: card('사용자 등록 검토중') });
  await person.waitFor('사용자 등록이 승인되었습니다');
}

/** Approves the newest application that waits, and waits for the temporary licence. */
export async function approveApplication({ officer }: Desk, applicant: Person): Promise<void> {
  const before = (await applicant.dm()).length;
  await officer.press('승인', { in: card('이용신청 검토중') });
  await applicant.waitFor(async () => (await applicant.dm()).slice(before).some((message) => message.files));
}

/** 승인 of what nothing brings back: read once more, ticked, submitted. */
export async function approveForGood(officer: Person, text: string): Promise<void> {
  await officer.press('승인', { in: card(text) });
  await openedModal(officer);
  await officer.fill('확인', ['위 내용을 확인했으며, 되돌릴 수 없음을 알고 승인합니다.']);
  await next(officer);
  await closeAll(officer);
}

type Desk = Pick<Stage, 'officer'>;

/** Whatever windows lie on one another, closed by the X. */
export async function closeAll(person: Person): Promise<void> {
  if (await person.modal()) await person.close({ all: true });
}

/** What stands on the paper form of a 공공기관, and its letter: the rest of the form is like anybody's. */
export const paperContact = {
  소속기관: '한국환경공단',
  부서명: '정보화부',
  '이름(성명)': '박수진',
  전화번호: '032-590-4000',
  휴대전화번호: '010-2222-3333',
  이메일: 'park@public.or.kr',
};

type PaperChanges = Changes & { contact?: Record<string, string> };

/** An officer enters a 공문 of a 공공기관 from 공문 접수 등록 to the summary. */
export async function fillPaper(officer: Person, changes: PaperChanges = {}): Promise<void> {
  await officer.openHome();
  await officer.press('공문 접수 등록', { in: 'home' });
  await officer.press('입력', { in: 'modal' });
  await officer.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
  await next(officer);
  await fillAll(officer, { ...paperContact, ...changes.contact });
  await next(officer);
  const letter = { '공문 문서번호': '정보화부 제2026-15호' };
  const paper: Changes = {
    overview: { 시스템명: '한국환경공단 통합민원시스템', 이용기관: '한국환경공단' },
    attachments: letter,
  };
  const filed = { ...application, servers: paperServers, attachments: paperAttachments };
  for (const part of ['overview', 'environment', 'usage', 'servers', 'attachments'] as const) {
    await fillAll(officer, { ...filed[part], ...paper[part], ...changes[part] });
    await next(officer);
  }
}

const paperServers = { '서버용 인증서': '기존보유', '보유한 인증서 CN': 'SVRB552584001' };
/** 구성도 and 업무 프로세스 are annexed to the signed form. */
const paperAttachments = {
  '공문 시행일': '2026-11-20',
  공문: pdf('공문.pdf'),
  '서명한 신청서': pdf('신청서.pdf'),
  '서비스 개시예정일': '2027-03-02',
};
