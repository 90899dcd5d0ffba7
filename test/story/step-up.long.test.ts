import { Secret, TOTP } from 'otpauth';
import { toBuffer } from 'qrcode';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enrolmentUri } from '../../src/filing/step-up/totp.ts';
import type { Person, SeenMessage } from '../../src/sandbox/person.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { apply, becomeUser, card, closeAll, fillAll, next, openedModal, pressIn, report } from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** What signs, reopens or grants wants the officer's one-time code, whatever the messenger says. */
let stage: Stage;
const secrets = new Map<Person, string>();
const HOUR = 60 * 60_000;
const MINUTE = 60_000;

beforeAll(async () => {
  stage = await setStage({ stepUp: 'obligatory', deskGuests: ['U0LEE000001'] });
  await becomeUser(stage, stage.kim, '김보람'); // signs nothing, so no code is asked for
});
beforeEach(async () => {
  for (const person of [stage.kim, stage.lee, stage.officer, stage.officer2]) await closeAll(person);
});
afterAll(() => stage?.close());

function codeOf(person: Person, steps = 0): string {
  const timestamp = stage.clock.now().getTime() + steps * 30_000;
  return TOTP.generate({ secret: Secret.fromBase32(secrets.get(person) ?? ''), timestamp });
}

/** Six digits that are right in none of the three time steps. */
function wrongCode(person: Person): string {
  const right = [-1, 0, 1].map((steps) => codeOf(person, steps));
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '';
}

const seen = new Set<string>();
const lettersIn = ({ blocks }: SeenMessage) =>
  /이 글자를 입력하십시오: ([A-Z2-7 ]+)/.exec(JSON.stringify(blocks ?? []))?.[1]?.replaceAll(' ', '');

/** Waits for a new picture's message and takes the secret from the letters below the picture. */
async function scan(person: Person) {
  const message = await person.waitFor(async () =>
    (await person.dm()).find((one) => !seen.has(lettersIn(one) ?? '') && lettersIn(one)),
  );
  const secret = lettersIn(message) ?? '';
  seen.add(secret);
  secrets.set(person, secret);
  return message;
}

/** The recovery codes on the screen. */
async function shownCodes(person: Person): Promise<string[]> {
  return (await person.modalText()).match(/\b(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}\b/g) ?? [];
}

/** Where codes are obligatory the home asks for it; where they are offered it stands in the menu. */
async function enrol(person: Person, offered = false): Promise<string[]> {
  await person.openHome();
  if (offered) await pressIn(person, '관리 업무', '일회용 비밀번호 등록');
  else await person.press('일회용 비밀번호 등록', { in: 'home' });
  await scan(person);
  await person.fill('인증 앱의 번호', codeOf(person));
  await next(person);
  const codes = await shownCodes(person);
  await person.close({ all: true });
  return codes;
}

const rowOf = async (person: Person) => {
  const { id } = await stage.store.db.person.findUniqueOrThrow({ where: { slackId: person.userId } });
  return stage.store.db.stepUp.findUniqueOrThrow({ where: { personId: id } });
};
const actionsOf = async (person: Person) => {
  const { id } = await stage.store.db.person.findUniqueOrThrow({ where: { slackId: person.userId } });
  const rows = await stage.store.db.audit.findMany({
    where: { subject: `person:${id}`, action: { startsWith: 'stepUp.' } },
    orderBy: { seq: 'asc' },
  });
  return rows.map(({ action }) => action.slice('stepUp.'.length));
};

let count = 0;
async function applied() {
  stage.clock.advance(MINUTE);
  const name = `행정안전부 시스템 ${++count}`;
  await apply(stage.kim, { overview: { 시스템명: name } });
  await stage.bot.idle();
  return stage.store.db.filing.findFirstOrThrow({ where: { title: name } });
}
const stateOf = async (id: string) =>
  (await stage.store.db.filing.findUniqueOrThrow({ where: { id } })).state;
const licencesOf = (filingId: string) => stage.store.db.licence.count({ where: { filingId } });

/** An hour and more later, nobody's code is remembered. */
const later = () => stage.clock.advance(2 * HOUR);

/** A submitted window of a code for this decision, as nobody's screen offers it. */
const forgeCode = (person: Person, filing: string, code: string, verb = 'filing.approve') =>
  forgeSubmit(person, {
    callbackId: 'stepUp.code',
    metadata: { next: 'decide', verb, filing, what: '' },
    values: { code: { 'form.value': { type: 'plain_text_input', value: code } } },
  });

describe('an officer who has enrolled none', () => {
  test('is led to enrolment, and what waited is carried out with the first code', async () => {
    const { officer, store, kim } = stage;
    await officer.openHome();
    expect(await officer.homeText()).toContain('일회용 비밀번호를 먼저 등록하십시오');
    const filing = await applied();
    await officer.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain(`승인: 이용신청서, ${filing.title}`);
    expect(await stateOf(filing.id)).toBe('SUBMITTED');
    await officer.press('등록 시작');

    const message = await scan(officer);
    const [file] = message.files as { id: string; name: string }[];
    const picture = await officer.download(file?.id ?? '');
    const uri = enrolmentUri(secrets.get(officer) ?? '');
    expect(picture.equals(await toBuffer(uri, { type: 'png', width: 360, margin: 4 }))).toBe(true);
    const facts = await store.db.outbox.findMany({ where: { notice: 'stepUp.picture' } });
    expect(JSON.stringify(facts)).not.toContain(secrets.get(officer));

    await officer.fill('인증 앱의 번호', wrongCode(officer));
    expect(await officer.submit()).toBe('errors');
    expect(officer.errors()['인증 앱의 번호']).toContain('4번 더 틀리면');
    await officer.fill('인증 앱의 번호', codeOf(officer));
    await next(officer);
    expect(await officer.modalText()).toContain(
      `이용신청서 검토완료: ${filing.title} (접수번호 ${filing.number})`,
    );
    expect(await shownCodes(officer)).toHaveLength(10);
    await kim.waitFor('임시라이선스를 보내 드립니다');
    expect(await licencesOf(filing.id)).toBe(1);

    await officer.waitFor(async () => !JSON.stringify(await officer.dm()).includes('QR 그림입니다'));
    await expect(officer.download(file?.id ?? '')).rejects.toThrow();
    await officer.waitFor('일회용 비밀번호를 등록했습니다.');
    expect(await actionsOf(officer)).toEqual(['begin', 'fail', 'pass', 'enrol']);
    await officer.openHome();
    expect(await officer.homeText()).not.toContain('먼저 등록하십시오');
  });

  test('a picture that was not used in half an hour enrols nobody', async () => {
    const { officer2 } = stage;
    await officer2.openHome();
    await officer2.press('일회용 비밀번호 등록', { in: 'home' });
    await scan(officer2);
    stage.clock.advance(31 * MINUTE);
    await officer2.fill('인증 앱의 번호', codeOf(officer2));
    expect(await officer2.submit()).toBe('pushed');
    expect(await officer2.modalText()).toContain('등록할 수 있는 시간이 지났거나');
    expect((await rowOf(officer2)).enrolledAt).toBeNull();
  });
});

describe('an officer who has enrolled', () => {
  test('is asked, told how many tries are left, and the approval happens once', async () => {
    const { officer } = stage;
    later();
    const filing = await applied();
    await officer.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain('일회용 비밀번호 확인');
    const metadata = String((await officer.modal())?.private_metadata);
    await officer.fill('일회용 비밀번호', '12 34');
    expect(await officer.submit()).toBe('errors');
    expect((await rowOf(officer)).failures).toBe(0);
    for (const left of [4, 3]) {
      await officer.fill('일회용 비밀번호', wrongCode(officer));
      expect(await officer.submit()).toBe('errors');
      expect(officer.errors()['일회용 비밀번호']).toBe(
        `번호가 맞지 않습니다. ${left}번 더 틀리면 15분 동안 쓸 수 없습니다.`,
      );
    }
    expect(await stateOf(filing.id)).toBe('SUBMITTED');
    const code = codeOf(officer);
    await officer.fill('일회용 비밀번호', code);
    await next(officer);
    expect(await officer.modalText()).toContain('승인 처리했습니다');
    expect(await rowOf(officer)).toMatchObject({ failures: 0, lockedUntil: null });
    // The same window again: the code is remembered, the approval is not repeated.
    const again = await forgeSubmit(officer, {
      callbackId: 'stepUp.code',
      metadata,
      values: { code: { 'form.value': { type: 'plain_text_input', value: code } } },
    });
    expect(ackText(again)).toContain('먼저 처리했습니다');
    expect(await licencesOf(filing.id)).toBe(1);
    expect((await rowOf(officer)).failures).toBe(0);
  });

  test('is not asked again within the hour, and is after it', async () => {
    const { officer } = stage;
    later();
    const first = await applied();
    await forgeCode(officer, first.id, codeOf(officer));
    expect(await stateOf(first.id)).toBe('APPROVED');
    const second = await applied();
    stage.clock.advance(50 * MINUTE);
    await officer.press('승인', { in: card('이용신청 검토중') });
    await officer.waitFor(async () => (await stateOf(second.id)) === 'APPROVED');
    expect(await officer.modal()).toBeNull();
    const third = await applied();
    stage.clock.advance(10 * MINUTE);
    await officer.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain('일회용 비밀번호 확인');
    expect(await stateOf(third.id)).toBe('SUBMITTED');
  });

  test('is asked for no code to return, reject or register, nor for what cannot be done', async () => {
    const { officer, officer2 } = stage;
    later();
    await applied();
    await officer.press('보완요청', { in: card('이용신청 검토중') });
    await officer.fill('보완요청 사유', '공문이 다릅니다.');
    await next(officer);
    const filing = await applied();
    await officer.press('반려', { in: card('이용신청 검토중') });
    await officer.fill('반려 사유', '대상이 아닙니다.');
    await next(officer);
    await closeAll(officer);
    await forgeClick(officer2, 'filing.approve', filing.id); // a stale button
    expect(await openedModal(officer2)).toContain('최*리 님이 먼저 처리했습니다');
  });

  test('a code is good once', async () => {
    const { officer, store } = stage;
    later();
    const filing = await applied();
    const code = codeOf(officer);
    await forgeCode(officer, filing.id, code);
    expect(await stateOf(filing.id)).toBe('APPROVED');
    await officer.openHome();
    await pressIn(officer, '관리 업무', '일회용 비밀번호 다시 등록');
    const begun = await store.db.outbox.count({ where: { notice: 'stepUp.picture' } });
    for (const used of [code, codeOf(officer, -1)]) {
      await officer.fill('일회용 비밀번호', used);
      expect(await officer.submit()).toBe('errors');
      expect(officer.errors()['일회용 비밀번호']).toContain('이미 쓴 번호입니다');
    }
    expect(await store.db.outbox.count({ where: { notice: 'stepUp.picture' } })).toBe(begun);
    await closeAll(officer);
    later();
    const other = await applied();
    await forgeCode(officer, other.id, codeOf(officer));
    expect(await stateOf(other.id)).toBe('APPROVED');
  });

  test('five wrong ones lock it until a time that is said', async () => {
    const { officer, store } = stage;
    later();
    const filing = await applied();
    await officer.press('승인', { in: card('이용신청 검토중') });
    await openedModal(officer);
    stage.clock.set('2026-12-01T01:00:00.000Z');
    for (let left = 4; left > 0; left--) {
      await officer.fill('일회용 비밀번호', wrongCode(officer));
      expect(await officer.submit()).toBe('errors');
    }
    await officer.fill('일회용 비밀번호', wrongCode(officer));
    await next(officer);
    const said = '일회용 비밀번호를 5번 틀려 2026. 12. 1. 10:15까지 쓸 수 없습니다.';
    expect(await officer.modalText()).toContain(said);
    expect(ackText(await forgeCode(officer, filing.id, codeOf(officer)))).toContain(said);
    await closeAll(officer);
    await officer.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain(said);
    await officer.waitFor('5번 틀려 15분 동안 쓸 수 없습니다. (2026. 12. 1. 10:00)');
    expect((await actionsOf(officer)).slice(-6)).toEqual(['fail', 'fail', 'fail', 'fail', 'fail', 'lock']);
    expect(await stateOf(filing.id)).toBe('SUBMITTED');

    stage.clock.advance(15 * MINUTE);
    expect(ackText(await forgeCode(officer, filing.id, wrongCode(officer)))).toContain('4번 더 틀리면');
    await forgeCode(officer, filing.id, codeOf(officer));
    expect(await stateOf(filing.id)).toBe('APPROVED');
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });

  test('fifty submissions of one moment are five tries', async () => {
    const { officer } = stage;
    later();
    const filing = await applied();
    const before = (await actionsOf(officer)).length;
    const guess = wrongCode(officer);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        forgeCode(officer, filing.id, index === 49 ? codeOf(officer) : guess),
      ),
    );
    expect(answers.filter((answer) => ackText(answer).includes('번호가 맞지 않습니다'))).toHaveLength(4);
    expect((await actionsOf(officer)).slice(before)).toEqual([...Array(5).fill('fail'), 'lock']);
    expect(await stateOf(filing.id)).toBe('SUBMITTED');
    stage.clock.advance(16 * MINUTE);
  });
});

describe('승인취소', () => {
  test('asks for the code, then for the words; words outlive a code that ran out meanwhile', async () => {
    const { officer, kim, store } = stage;
    later();
    const application = await applied();
    await forgeCode(officer, application.id, codeOf(officer));
    await kim.waitFor(async () => (await licencesOf(application.id)) === 1);
    await stage.bot.idle();
    await forgeClick(kim, 'resultReport.begin', application.systemId ?? '');
    await openedModal(kim);
    await report(kim);
    await officer.press('승인', { in: card('적용결과표 검토중') });
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'resultReport' } });
    await officer.waitFor(async () => (await stateOf(filing.id)) === 'APPROVED');
    await stage.bot.idle();

    later();
    await officer.press('승인취소', { in: card('적용결과표 승인완료') });
    expect(await openedModal(officer)).toContain(`승인취소: 적용결과표, ${filing.title}`);
    await officer.fill('일회용 비밀번호', codeOf(officer));
    await next(officer);
    await officer.fill('승인취소 사유', '서버 IP가 바뀌었습니다.\n다시 제출하십시오.');
    later();
    await next(officer);
    expect(await officer.modalText()).toContain('일회용 비밀번호 확인');
    expect(await stateOf(filing.id)).toBe('APPROVED');
    await officer.fill('일회용 비밀번호', codeOf(officer));
    await next(officer);
    expect(await officer.modalText()).toContain('승인취소 처리했습니다');
    expect(await store.db.filing.findUniqueOrThrow({ where: { id: filing.id } })).toMatchObject({
      state: 'RETURNED',
      reason: '서버 IP가 바뀌었습니다.\n다시 제출하십시오.',
    });
  });

  test('a right code without words reopens nothing', async () => {
    const { officer, store } = stage;
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'resultReport' } });
    await store.db.filing.update({ where: { id: filing.id }, data: { state: 'APPROVED' } });
    later();
    const ack = await forgeCode(officer, filing.id, codeOf(officer), 'filing.reopen');
    expect(ackText(ack)).toContain('승인취소 사유');
    expect(await stateOf(filing.id)).toBe('APPROVED');
  });
});

describe('whoever is not the officer', () => {
  test('gets nowhere with the window of a code, and costs the officer no try', async () => {
    const { kim, lee, officer, officer2, store } = stage;
    later();
    const filing = await applied();
    await lee.openHome();
    await stage.bot.idle();
    const before = await contents(store);
    for (const stranger of [kim, lee]) {
      const ack = await forgeCode(stranger, filing.id, codeOf(officer));
      expect(ackText(ack)).toContain('표준API 관리자만 씁니다');
      await forgeClick(stranger, 'stepUp.begin');
      expect(await openedModal(stranger)).toContain('표준API 관리자만 씁니다');
    }
    // Another officer's code is theirs, not the other one's.
    const ack = await forgeCode(officer2, filing.id, codeOf(officer));
    expect(ackText(ack)).toContain('등록된 일회용 비밀번호가 없습니다');
    await stage.bot.idle();
    expect(await contents(store)).toEqual(before);
  });

  test('a forged decision in the window of a code is none', async () => {
    const { officer } = stage;
    later();
    const filing = await applied();
    for (const verb of ['filing.reject', 'filing.withdraw', 'constructor', '']) {
      await forgeCode(officer, filing.id, codeOf(officer), verb);
      stage.clock.advance(MINUTE);
    }
    expect(await stateOf(filing.id)).toBe('SUBMITTED');
    later();
    const ack = await forgeCode(officer, 'no-such-filing', codeOf(officer));
    expect(ackText(ack)).toContain('신청을 찾을 수 없습니다');
  });

  test('an officer whose role was ended is refused in the window that is still open', async () => {
    const { officer, store } = stage;
    later();
    const filing = await applied();
    await officer.press('승인', { in: card('이용신청 검토중') });
    await openedModal(officer);
    const { personId } = await rowOf(officer);
    const { now } = stage.clock;
    await store.db.grant.updateMany({ where: { personId }, data: { endedAt: now(), endedBy: 'test' } });
    await stage.bot.idle();
    const before = await contents(store);
    await officer.fill('일회용 비밀번호', codeOf(officer));
    expect(await officer.submit()).toBe('pushed');
    expect(await officer.modalText()).toContain('표준API 관리자만 씁니다');
    expect(await contents(store)).toEqual(before);
    expect(await stateOf(filing.id)).toBe('SUBMITTED');
    await store.db.grant.updateMany({ where: { personId }, data: { endedAt: null, endedBy: null } });
  });
});

describe('recovery codes', () => {
  test('stand in for the telephone once each, and enrol a new one', async () => {
    const { officer2, store } = stage;
    later();
    const codes = await enrol(officer2);
    const [first = '', second = ''] = codes;
    const oldSecret = secrets.get(officer2);
    later();
    const filing = await applied();
    await officer2.press('승인', { in: card('이용신청 검토중') });
    await officer2.fill('일회용 비밀번호', first.toLowerCase());
    await next(officer2);
    expect(await stateOf(filing.id)).toBe('APPROVED');
    await officer2.waitFor('복구 번호를 썼습니다');
    await closeAll(officer2);

    await officer2.openHome();
    await pressIn(officer2, '관리 업무', '일회용 비밀번호 다시 등록');
    await officer2.fill('일회용 비밀번호', first);
    expect(await officer2.submit()).toBe('errors');
    await officer2.fill('일회용 비밀번호', second);
    await next(officer2);
    await scan(officer2);
    expect(secrets.get(officer2)).not.toBe(oldSecret);
    await officer2.fill('인증 앱의 번호', codes[2] ?? '');
    expect(await officer2.submit()).toBe('errors');
    await officer2.fill('인증 앱의 번호', codeOf(officer2));
    await next(officer2);
    const renewed = await shownCodes(officer2);
    await officer2.waitFor(async () => !(await officer2.dm()).some(lettersIn)); // the picture never used as well
    expect(renewed.filter((code) => codes.includes(code))).toEqual([]);

    later();
    const other = await applied();
    expect(ackText(await forgeCode(officer2, other.id, codes[3] ?? ''))).toContain('번호가 맞지 않습니다');
    await forgeCode(officer2, other.id, renewed[0] ?? '');
    expect(await stateOf(other.id)).toBe('APPROVED');
    expect((await rowOf(officer2)).recoveryHashes).toHaveLength(9);

    const tables = await store.db.$queryRaw<{ text: string }[]>`
      SELECT t::text AS text FROM "Audit" t UNION ALL SELECT t::text FROM "Outbox" t
      UNION ALL SELECT t::text FROM "StepUp" t UNION ALL SELECT t::text FROM "Draft" t`;
    const kept = tables.map(({ text }) => text).join('\n');
    for (const secret of [...secrets.values(), ...codes, ...codes.map((code) => code.replaceAll('-', ''))])
      expect(kept).not.toContain(secret);
  });
});

describe('two officers', () => {
  test('with right codes of one moment approve one application once', async () => {
    const { officer, officer2, store } = stage;
    later();
    const filing = await applied();
    const answers = await Promise.all([
      forgeCode(officer, filing.id, codeOf(officer)),
      forgeCode(officer2, filing.id, codeOf(officer2)),
    ]);
    const said = answers.map(ackText);
    expect(said.filter((text) => text.includes('승인 처리했습니다'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('먼저 처리했습니다'))).toHaveLength(1);
    expect(await licencesOf(filing.id)).toBe(1);
    const subject = `filing:${filing.id}`;
    expect(await store.db.audit.count({ where: { action: 'filing.approve', subject } })).toBe(1);
  });

  test('give a role with a code; who becomes an officer again enrols anew', async () => {
    const { officer, officer2, lee, store } = stage;
    later();
    const target = await store.db.person.findUniqueOrThrow({ where: { slackId: lee.userId } });
    await store.db.stepUp.create({ data: { personId: target.id, secret: 'old', enrolledAt: new Date(0) } });
    await officer.openHome();
    await pressIn(officer, '관리 업무', '관리자 권한 변경');
    await fillAll(officer, {
      구분: '권한 부여',
      권한: '표준API 관리자',
      대상자: '이정훈',
      사유: '인사이동',
    });
    await next(officer);
    await next(officer);
    await closeAll(officer);
    await officer2.press('승인', { in: card('권한 변경 검토중') });
    await officer2.fill('일회용 비밀번호', codeOf(officer2));
    expect(await store.db.grant.count({ where: { personId: target.id } })).toBe(0);
    await next(officer2);
    expect(await store.db.grant.count({ where: { personId: target.id, role: 'OFFICER' } })).toBe(1);
    expect(await store.db.stepUp.count({ where: { personId: target.id } })).toBe(0);
    expect(await actionsOf(lee)).toEqual(['reset']);
  });
});

describe('where codes are offered only', () => {
  let offered: Stage;
  afterAll(() => offered?.close());

  test('who has enrolled is asked, who has not is not', async () => {
    const main = stage;
    offered = await setStage({ stepUp: 'offered' });
    stage = offered;
    try {
      const { officer, officer2, kim } = stage;
      await becomeUser(stage, kim, '김보람');
      await enrol(officer2, true);
      later();
      const filing = await applied();
      await officer2.press('승인', { in: card('이용신청 검토중') });
      expect(await openedModal(officer2)).toContain('일회용 비밀번호 확인');
      await officer.press('승인', { in: card('이용신청 검토중') });
      await officer.waitFor(async () => (await stateOf(filing.id)) === 'APPROVED');
      expect(await officer.modal()).toBeNull();
    } finally {
      stage = main;
    }
  });
});
