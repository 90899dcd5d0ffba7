import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person, SeenMessage } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { card, closeAll, fillAll, next, openedModal, pressIn, register } from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** 부재 설정: who acts while an officer is away. It begins on Monday, 23 November 2026. */
let stage: Stage;
let people: Person[];

beforeAll(async () => {
  stage = await setStage({ deskGuests: ['U0LEE000001'] }); // who becomes an officer
  const { kim, lee, officer, officer2 } = stage;
  people = [kim, lee, officer, officer2];
  await register(kim, '김보람'); // waits for an officer all the time
  await changeRole(officer, officer2, '권한 부여', '이정훈');
  await lee.waitFor('표준API 관리자 권한을 받았습니다');
});
beforeEach(async () => {
  for (const person of people) await closeAll(person);
});
afterAll(() => stage?.close());

/** The bot sweeps as it starts, on this morning; the desk always has something to read. */
async function morning(day: string): Promise<void> {
  await stage.restartBot(async () => stage.clock.set(`${day}T09:30:00+09:00`));
  await stage.officer.waitFor(
    async () => (await stage.store.db.outbox.count({ where: { key: `reminders:${day}:desk` } })) === 1,
  );
  await settled();
}

/** Nothing waits to be sent. */
async function settled(): Promise<void> {
  const unsent = { where: { state: { in: ['PENDING' as const, 'CLAIMED' as const] } } };
  await stage.officer.waitFor(async () => (await stage.store.db.outbox.count(unsent)) === 0);
  await stage.bot.idle();
}

async function changeRole(by: Person, agreedBy: Person, change: string, whom: string): Promise<void> {
  await by.openHome();
  await pressIn(by, '관리 업무', '관리자 권한 변경');
  await fillAll(by, { 구분: change, 권한: '표준API 관리자', 대상자: whom, 사유: '인사이동' });
  await next(by);
  await next(by);
  await closeAll(by);
  await stage.bot.idle();
  const { id, number } = await stage.store.db.filing.findFirstOrThrow({
    where: { procedure: 'roleChange' },
    orderBy: { number: 'desc' },
  });
  await agreedBy.press('승인', { in: card(number) });
  await agreedBy.waitFor(
    async () => (await stage.store.db.filing.findUniqueOrThrow({ where: { id } })).state === 'APPROVED',
  );
  await stage.bot.idle();
}

async function openWindow(person: Person): Promise<string> {
  await person.openHome();
  await pressIn(person, '관리 업무', '부재 설정');
  return openedModal(person);
}

/** Sets or changes the absence of this officer, and gives what the window said then. */
async function setAbsence(person: Person, from: string, to: string, substitute: string): Promise<string> {
  await openWindow(person);
  await fillAll(person, { '부재 시작일': from, '부재 종료일': to, '대신할 관리자': substitute });
  await next(person);
  const said = await person.modalText();
  await closeAll(person);
  await stage.bot.idle();
  return said;
}

const idOf = async ({ userId }: Person) =>
  (await stage.store.db.person.findUniqueOrThrow({ where: { slackId: userId } })).id;
const absenceOf = async (person: Person) =>
  stage.store.db.absence.findFirstOrThrow({
    where: { officerId: await idOf(person) },
    orderBy: { id: 'desc' },
  });
const received = async (person: Person, text: string): Promise<SeenMessage[]> =>
  (await person.dm()).filter((message) => messageText(message).includes(text));
const onDesk = async (text: string): Promise<SeenMessage[]> =>
  (await stage.officer.messages(DESK_CHANNEL)).filter((message) => messageText(message).includes(text));

async function homeOf(person: Person): Promise<string> {
  await person.openHome();
  return person.homeText();
}

/** Asks from the home of somebody who is no officer. */
async function ask(title: string): Promise<void> {
  const { park } = stage;
  await park.openHome();
  await park.press('Q&A 문의', { in: 'home' });
  await openedModal(park);
  await fillAll(park, { 제목: title, '문의 내용': '어떻게 합니까?' });
  await next(park);
  await closeAll(park);
  await stage.bot.idle();
}

/** Hands a question on to whom the choice shows so, and gives what the window said then. */
async function handOn(person: Person, title: string, shown: string): Promise<string> {
  await person.press('담당 넘기기', { in: card(`: ${title} (`) });
  await openedModal(person);
  await person.fill('새 담당자', shown);
  await next(person);
  const said = await person.modalText();
  await closeAll(person);
  await stage.bot.idle();
  return said;
}

const held = async (title: string) =>
  (await stage.store.db.question.findFirstOrThrow({ where: { title } })).assigneeId;

/** The act is answered with these words and changes nothing. */
async function refused(person: Person, act: () => Promise<unknown>, text: string): Promise<void> {
  await settled();
  await stage.bot.idle();
  const before = await contents(stage.store);
  await act();
  const shown = await openedModal(person);
  expect(shown).toContain('처리하지 않았습니다');
  expect(shown).toContain(text);
  await settled();
  expect(await contents(stage.store)).toEqual(before);
  await closeAll(person);
}

const input = (type: string, state: object) => ({ 'form.value': { type, ...state } });
const typed = (from: string, to: string, substitute: string) => ({
  fromOn: input('datepicker', { selected_date: from }),
  toOn: input('datepicker', { selected_date: to }),
  substitute: input('static_select', { selected_option: { value: substitute } }),
  memo: input('plain_text_input', { value: '' }),
});

describe('an absence is set', () => {
  test('days in the wrong order, past or far away are refused at the field; oneself is not offered', async () => {
    const { officer, store } = stage;
    await openWindow(officer);
    await expect(officer.fill('대신할 관리자', '최관리')).rejects.toThrow();
    await fillAll(officer, {
      '부재 시작일': '2026-12-03',
      '부재 종료일': '2026-11-30',
      '대신할 관리자': '정승인',
    });
    expect(await officer.submit()).toBe('errors');
    expect(officer.errors()).toEqual({ '부재 종료일': '시작일보다 앞선 날입니다.' });
    await fillAll(officer, { '부재 시작일': '2026-11-20', '부재 종료일': '2026-11-22' });
    expect(await officer.submit()).toBe('errors');
    const past = '지난 날입니다. 오늘이나 앞으로의 날을 고르십시오.';
    expect(officer.errors()).toEqual({ '부재 시작일': past, '부재 종료일': past });
    await fillAll(officer, { '부재 시작일': '2026-11-30', '부재 종료일': '2062-12-03' });
    expect(await officer.submit()).toBe('errors');
    expect(officer.errors()).toEqual({ '부재 종료일': '1년 안의 날을 고르십시오.' });
    expect(await store.db.absence.count()).toBe(0);
  });

  test('the substitute is told, with a masked name; both homes show what is to come', async () => {
    const { officer, officer2, store } = stage;
    await openWindow(officer);
    await fillAll(officer, {
      '부재 시작일': '2026-11-30',
      '부재 종료일': '2026-12-03',
      '대신할 관리자': '정승인',
      메모: '국외출장 <!channel> 문의는 홍길동',
    });
    await next(officer);
    expect(await officer.modalText()).toContain('2026. 11. 30. ~ 2026. 12. 3. · 대신: 정승인');
    expect(await officer.modalText()).toContain('홈에서 ‘부재 취소’를 누르십시오'); // it has not begun
    const told = await officer2.waitFor('최*리 님의 부재 중에 대신할 관리자로 지정되었습니다');
    expect(messageText(told)).toContain('2026. 11. 30. ~ 2026. 12. 3.');
    for (const hidden of ['최관리', '홍길동']) expect(JSON.stringify(told)).not.toContain(hidden);
    expect(await homeOf(officer)).toContain('부재 예정 2026. 11. 30. ~ 2026. 12. 3. · 대신: 정승인');
    expect(await homeOf(officer2)).toContain('최관리 님을 대신할 예정입니다. (2026. 11. 30. ~ 2026. 12. 3.)');
    const [me, substituteId] = [await idOf(officer), await idOf(officer2)];
    expect(await store.db.audit.findMany({ where: { action: 'absence.set' } })).toMatchObject([
      { actor: me, person: me, data: { fromOn: '2026-11-30', toOn: '2026-12-03', substituteId } },
    ]);
  });

  test('who is away in that time cannot be the substitute; the choice says so', async () => {
    const { officer2 } = stage;
    await openWindow(officer2);
    await fillAll(officer2, {
      '부재 시작일': '2026-12-03',
      '부재 종료일': '2026-12-04',
      '대신할 관리자': '최관리 (부재 11. 30. ~ 12. 3.)',
    });
    expect(await officer2.submit()).toBe('errors');
    expect(officer2.errors()['대신할 관리자']).toContain(
      '그 기간에 부재인 관리자입니다(2026. 11. 30. ~ 2026. 12. 3.).',
    );
    expect(await stage.store.db.absence.count()).toBe(1);
  });

  test('forged: no officer, another one’s absence, oneself or no officer as the substitute', async () => {
    const { kim, officer, officer2 } = stage;
    const { id, revision } = await absenceOf(officer);
    const only = '부재 설정은 표준API 관리자만 할 수 있습니다.';
    await refused(kim, () => forgeClick(kim, 'absence.open'), only);
    await refused(kim, () => forgeClick(kim, 'absence.end', id), only);
    await refused(officer2, () => forgeClick(officer2, 'absence.end', id), '본인의 것이 아닌 부재입니다');
    await stage.bot.idle();
    const before = await contents(stage.store);
    const submit = async (person: Person, metadata: object, substitute: string) =>
      ackText(
        await forgeSubmit(person, {
          callbackId: 'absence.set',
          metadata: metadata as Record<string, unknown>,
          values: typed('2026-12-07', '2026-12-08', substitute),
        }),
      );
    const mine = { absence: id, revision };
    const other = await idOf(officer2);
    expect(await submit(kim, {}, other)).toContain(only);
    for (const nobody of [await idOf(officer), await idOf(kim), 'nobody'])
      expect(await submit(officer, mine, nobody)).toContain('보기에서 하나를 선택하십시오.');
    // A window from before: there was no absence then.
    expect(await submit(officer, { absence: '', revision: 0 }, other)).toContain(
      '그사이 부재 설정이 바뀌었습니다',
    );
    expect(await submit(officer, { absence: id, revision: revision + 1 }, other)).toContain(
      '그사이 부재 설정이 바뀌었습니다',
    );
    expect(await submit(officer2, mine, await idOf(stage.lee))).toContain('그사이 부재 설정이 바뀌었습니다');
    expect(await contents(stage.store)).toEqual(before);
  });
});

describe('while away', () => {
  test('in the morning of the first day the substitute reads it again, the desk who is away, and homes show it', async () => {
    const { officer, officer2, lee } = stage;
    await ask('먼저 올린 문의');
    await ask('이미 맡은 문의');
    await handOn(officer2, '이미 맡은 문의', '최관리');
    expect(await received(officer, 'Q&A 문의 담당이 되었습니다')).toHaveLength(1);
    await morning('2026-11-30');
    const told = await officer2.waitFor('최*리 님의 부재 중에 대신하실 기간입니다');
    expect(messageText(told)).toContain('그 관리자가 맡은 문의 1건이 답변을 기다립니다.');
    const [digest] = await onDesk('검토를 기다리는 신청 1건');
    expect(messageText(digest as SeenMessage)).toContain('오늘 부재: 최*리 (부재 ~12. 3., 대신: 정*인)');
    const mine = await homeOf(officer);
    expect(mine).toContain('부재 중 ~2026. 12. 3. · 대신: 정승인');
    expect(mine).toContain('부재 끝내기');
    const acting = await homeOf(officer2);
    expect(acting).toContain('최관리 님을 대신합니다 (~ 12. 3.)\n메모: 국외출장 <!channel> 문의는 홍길동');
    expect(acting).toContain('대신 볼 문의 1건');
    expect(await homeOf(lee)).toContain('부재: 최관리 (~ 12. 3.) · 대신: 정승인');
    await officer2.press('대신 볼 문의 1건', { in: 'home' });
    const queue = await openedModal(officer2);
    expect(queue).toContain('담당 최*리 (부재 ~12. 3., 대신: 나)');
    expect(queue.indexOf('이미 맡은 문의')).toBeLessThan(queue.indexOf('먼저 올린 문의'));
  });

  test('a question that is handed to who is away reaches the substitute, and both sides read so', async () => {
    const { officer, officer2, lee, park } = stage;
    await ask('부재 중 문의');
    const said = await handOn(lee, '부재 중 문의', '최관리 (부재 ~12. 3., 대신: 정*인)');
    expect(said).toContain('최관리 님은 부재 중입니다(~ 2026. 12. 3.). 대신하는 정승인 님에게 알렸습니다.');
    const told = await officer2.waitFor('최*리 님이 부재 중이어서 대신 맡을 Q&A 문의입니다: 부재 중 문의');
    expect(await received(officer, '부재 중 문의')).toEqual([]);
    const [shown] = await onDesk(': 부재 중 문의 (').then((all) => all.slice(-1));
    expect(messageText(shown ?? told)).toContain('최*리 (부재 ~12. 3., 대신: 정*인)');
    expect(await handOn(officer2, '부재 중 문의', '최관리 (부재 ~12. 3., 대신: 나)')).toContain(
      '그동안 내가 대신합니다.',
    );
    await officer2.press('답변하기', { in: ({ text }) => text.includes('부재 중이어서 대신 맡을') });
    await openedModal(officer2);
    await officer2.fill('답변', '대신 답변합니다');
    await next(officer2);
    await park.waitFor('대신 답변합니다');
    expect(await held('부재 중 문의')).toBe(await idOf(officer)); // it stays in the hands of who is away
  });

  test('what waits too long is told to the desk with who acts', async () => {
    await morning('2026-12-01');
    await morning('2026-12-02');
    const [told] = (await onDesk('답변을 기다리는 문의 2건')).slice(-1);
    expect(messageText(told as SeenMessage)).toContain('담당 최*리 (부재 ~12. 3., 대신: 정*인)');
  });

  test('the substitute gains nothing: what one filed oneself one does not approve', async () => {
    const { officer2, store } = stage;
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'registration' } });
    await store.db.filing.update({ where: { id: filing.id }, data: { applicantId: await idOf(officer2) } });
    await refused(
      officer2,
      () => forgeClick(officer2, 'filing.approve', `${filing.id}:${filing.revision}`),
      '본인이 제출한 신청은 본인이 처리할 수 없습니다',
    );
    await store.db.filing.update({ where: { id: filing.id }, data: { applicantId: filing.applicantId } });
  });

  test('when the substitute is away too, all officers act, and everybody concerned reads so', async () => {
    const { officer, officer2, lee, park } = stage;
    const said = await setAbsence(officer2, '2026-12-02', '2026-12-02', '이정훈');
    expect(said).toContain('이 기간에 최관리 님을 대신하기로 되어 있습니다');
    const words = '최*리 님(부재 2026. 11. 30. ~ 2026. 12. 3.)을 대신할 정*인 님도 부재합니다: 2026. 12. 2.';
    await officer.waitFor(words);
    await officer.waitFor(async () => (await onDesk(words)).length === 1);
    expect(await homeOf(officer)).toContain('대신: 정승인 (오늘 부재이므로 관리자 모두가 봅니다)');
    expect(await homeOf(officer2)).not.toContain('최관리 님을 대신합니다');
    expect(await homeOf(lee)).toContain('정승인 님을 대신합니다 (~ 12. 2.)');
    await ask('아무도 없는 날');
    const handed = await handOn(lee, '아무도 없는 날', '최관리 (부재 ~12. 3., 대신할 정*인도 부재)');
    expect(handed).toContain('대신할 정승인 님도 부재 중이어서 관리자 모두에게 알렸습니다.');
    const [told, ...more] = await onDesk('대신할 관리자도 부재 중이므로 관리자 모두가 볼 문의입니다');
    expect(more).toEqual([]);
    for (const person of [officer, officer2, lee])
      expect(await received(person, '아무도 없는 날')).toEqual([]);
    // What is written under that message is an answer, as it is under the card.
    await lee.say(DESK_CHANNEL, '제가 답변드립니다', [], told?.ts);
    await park.waitFor('제가 답변드립니다');
    expect(await held('아무도 없는 날')).toBe(await idOf(officer));
    await park.press('추가 질문', { in: (message) => messageText(message).includes('제가 답변드립니다') });
    await openedModal(park);
    await park.fill('추가 질문', '하나 더 있습니다');
    await next(park);
    await closeAll(park);
  });
});

describe('it ends', () => {
  test('by itself after its last day; the officer reads what waits', async () => {
    const { officer, officer2, lee } = stage;
    await morning('2026-12-03');
    expect(await homeOf(officer2)).toContain('최관리 님을 대신합니다 (~ 12. 3.)');
    await morning('2026-12-04');
    const told = await officer.waitFor('부재 기간이 끝났습니다: 2026. 11. 30. ~ 2026. 12. 3.');
    expect(messageText(told)).toContain('담당하시는 문의 2건이 답변을 기다립니다.');
    for (const person of [officer, officer2, lee]) expect(await homeOf(person)).not.toMatch(/부재|대신/);
    await ask('돌아온 뒤');
    expect(await handOn(lee, '돌아온 뒤', '최관리')).toContain('최관리 님에게 알렸습니다.');
    await officer.waitFor('Q&A 문의 담당이 되었습니다: 돌아온 뒤');
    expect(await received(officer2, '돌아온 뒤')).toEqual([]);
  });

  test('changed: whoever is no longer named is told, and who is named now', async () => {
    const { officer, officer2, lee, store } = stage;
    await setAbsence(officer, '2026-12-04', '2026-12-11', '정승인');
    expect(await received(officer2, '대신할 관리자로 지정되었습니다: 2026. 12. 4.')).toHaveLength(1);
    expect(await openWindow(officer)).toContain('부재 중 ~2026. 12. 11. · 대신: 정승인');
    await officer.fill('부재 종료일', '2026-12-10');
    await next(officer);
    await closeAll(officer);
    await officer2.waitFor(
      '최*리 님의 부재 설정이 바뀌었습니다. 대신하는 기간: 2026. 12. 4. ~ 2026. 12. 10.',
    );
    await setAbsence(officer, '2026-12-04', '2026-12-10', '이정훈');
    const told = await officer2.waitFor('최*리 님을 더는 대신하지 않아도 됩니다.');
    expect(messageText(told)).toContain('대신할 관리자를 다른 사람으로 바꾸었습니다.');
    await lee.waitFor('대신할 관리자로 지정되었습니다: 2026. 12. 4. ~ 2026. 12. 10.');
    expect(await homeOf(lee)).toContain('최관리 님을 대신합니다 (~ 12. 10.)');
    expect(await store.db.absence.count({ where: { endedAt: null, toOn: { gte: '2026-12-04' } } })).toBe(1);
    // Named on the first day: there is no second message in a later morning.
    await morning('2026-12-07');
    await stage.bot.idle();
    expect(await received(lee, '대신하실 기간입니다')).toEqual([]);
  });

  test('a running one keeps its first day, and no other past day', async () => {
    const { officer } = stage;
    await openWindow(officer);
    await officer.fill('부재 시작일', '2026-12-03');
    expect(await officer.submit()).toBe('errors');
    expect(officer.errors()['부재 시작일']).toContain('지난 날입니다.');
    await officer.fill('부재 시작일', '2026-12-04');
    await next(officer);
  });

  test('early, by its officer', async () => {
    const { officer, lee, store } = stage;
    const { id } = await absenceOf(officer);
    await officer.openHome();
    await officer.press('부재 끝내기', { in: 'home' });
    expect(await openedModal(officer)).toContain('이정훈 님에게 더는 대신하지 않아도 된다고 알렸습니다.');
    const told = await lee.waitFor('최*리 님을 더는 대신하지 않아도 됩니다.');
    expect(messageText(told)).toContain('본인이 부재를 끝냈습니다.');
    expect(await homeOf(officer)).not.toContain('부재');
    expect(await homeOf(lee)).not.toContain('대신');
    await closeAll(officer);
    await refused(officer, () => forgeClick(officer, 'absence.end', id), '이미 끝났거나');
    expect(await store.db.audit.count({ where: { action: 'absence.end', subject: `absence:${id}` } })).toBe(
      1,
    );
  });

  test('with the role of the substitute, and with that of the officer', async () => {
    const { officer, officer2, lee, store } = stage;
    await setAbsence(officer, '2026-12-08', '2026-12-31', '이정훈');
    await setAbsence(lee, '2027-01-04', '2027-01-08', '정승인');
    await changeRole(officer, officer2, '권한 해지', '이정훈');
    const words = '최*리 님의 부재 설정이 끝났습니다. 대신할 이*훈 님이 이제 표준API 관리자가 아닙니다.';
    await officer.waitFor(words);
    await officer.waitFor(async () => (await onDesk(words)).length === 1);
    const told = await officer2.waitFor('이*훈 님을 더는 대신하지 않아도 됩니다.');
    expect(messageText(told)).toContain('그 관리자의 권한이 끝났습니다.');
    expect(await store.db.absence.count({ where: { endedAt: null, toOn: { gte: '2026-12-07' } } })).toBe(0);
    await officer.press('부재 설정', { in: (message) => messageText(message).includes(words) });
    expect(await openedModal(officer)).not.toContain('이정훈');
  });

  test('with the account of the substitute', async () => {
    const { officer, officer2, store, workspace, clock } = stage;
    await setAbsence(officer, '2026-12-08', '2026-12-31', '정승인');
    clock.advance(60_000);
    await workspace.deactivate(officer2.userId);
    await officer.waitFor('대신할 정*인 님이 이제 표준API 관리자가 아닙니다.');
    expect(await absenceOf(officer)).toMatchObject({ endedBy: 'bot', endedAt: clock.now() });
    expect(await homeOf(officer)).not.toContain('부재');
    expect(await store.db.absence.count({ where: { endedAt: null, toOn: { gte: '2026-12-08' } } })).toBe(0);
  });

  test('the audit holds all of it', async () => {
    expect(await verifyAudit(stage.store.db)).toMatchObject({ ok: true });
  });
});
