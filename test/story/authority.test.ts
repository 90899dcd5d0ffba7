import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  fillApplication,
  fillRegistration,
  next,
  openedModal,
} from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** Who may do what is decided at the click, from the database; a payload only says what was pressed. */
let stage: Stage;
let people: Person[];

beforeAll(async () => {
  stage = await setStage({ deskGuests: ['U0LEE000001'] });
  const { kim, lee, officer, officer2 } = stage;
  people = [kim, lee, officer, officer2];
  await becomeUser(stage, kim, '김보람');
  await becomeUser(stage, lee, '이정훈');
});
beforeEach(async () => {
  for (const person of people) await closeAll(person);
});
afterAll(() => stage?.close());

const newest = () =>
  stage.store.db.filing.findFirstOrThrow({
    where: { procedure: 'application' },
    orderBy: { submittedAt: 'desc' },
  });

let count = 0;
/** A new application of this person that waits for an officer. */
async function applied(person: Person): Promise<{ id: string; number: string }> {
  stage.clock.advance(60_000);
  const name = `행정안전부 시스템 ${++count}`;
  await apply(person, { overview: { 시스템명: name } });
  await stage.bot.idle();
  const filing = await newest();
  expect(filing.title).toBe(name);
  return filing;
}

async function refused(person: Person, act: () => Promise<unknown>, text: string | RegExp): Promise<void> {
  await stage.bot.idle();
  const before = await contents(stage.store);
  await act();
  const shown = await openedModal(person);
  expect(shown).toContain('처리하지 않았습니다');
  expect(shown).toMatch(text);
  await stage.bot.idle();
  expect(await contents(stage.store)).toEqual(before);
  await closeAll(person);
}

/** What a button of a message carries. */
function buttonValue(blocks: unknown, actionId: string): string {
  const all = (blocks as { elements?: { action_id?: string; value?: string }[] }[]).flatMap(
    (block) => block.elements ?? [],
  );
  return all.find((element) => element.action_id === actionId)?.value ?? '';
}

const reason = { reason: { 'form.value': { type: 'plain_text_input', value: '확인했습니다' } } };

describe('the same window again', () => {
  test('a submission sent twice is one filing, and the second is told so', async () => {
    const { kim, store } = stage;
    stage.clock.advance(60_000);
    await fillApplication(kim);
    const view = await kim.modal();
    const again = { callbackId: 'form.submit', metadata: String(view?.private_metadata) };
    await next(kim, 'closed');
    await kim.waitFor('제출했습니다. 이용신청서');
    await stage.bot.idle();
    const before = await contents(store);
    const ack = await forgeSubmit(kim, again);
    expect(ackText(ack)).toContain('이미 제출했거나 삭제한 작성분입니다');
    expect(ackText(ack)).toContain('홈의 목록에서 신청 내역을 확인하십시오');
    await stage.bot.idle();
    expect(await contents(store)).toEqual(before);
  });

  test('two submissions at the same moment are one filing', async () => {
    const { kim, store } = stage;
    stage.clock.advance(60_000);
    await fillApplication(kim, { overview: { 시스템명: '행정안전부 동시제출' } });
    const view = await kim.modal();
    const again = { callbackId: 'form.submit', metadata: String(view?.private_metadata) };
    const acks = await Promise.all([forgeSubmit(kim, again), forgeSubmit(kim, again)]);
    const texts = acks.map(ackText).sort();
    expect(texts.filter((text) => text.includes('clear'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('이미 제출했'))).toHaveLength(1);
    expect(await store.db.filing.count({ where: { title: '행정안전부 동시제출' } })).toBe(1);
    expect(await store.db.system.count({ where: { name: '행정안전부 동시제출' } })).toBe(1);
  });

  test('a decision sent twice is one decision', async () => {
    const { kim, officer, store } = stage;
    const filing = await applied(kim);
    const decision = {
      callbackId: 'filing.decision',
      metadata: { filing: filing.id, verb: 'filing.reject' },
      values: reason,
    };
    expect(ackText(await forgeSubmit(officer, decision))).toContain('반려 처리했습니다');
    expect(ackText(await forgeSubmit(officer, decision))).toMatch(/최\*리 님이 먼저 처리했습니다\. \(반려/);
    expect(await store.db.audit.count({ where: { action: 'filing.reject' } })).toBe(1);
  });
});

describe('a press that arrives too late to open a window', () => {
  test('is answered by a message', async () => {
    const { kim } = stage;
    await forgeClick(kim, 'application.begin', '', { trigger_id: '1.2.expired' });
    await kim.waitFor('화면을 열지 못했습니다. 단추를 다시 눌러 주십시오.');
    expect(await kim.modal()).toBeNull();
  });

  test('a refusal arrives all the same, with what to do', async () => {
    const { park } = stage;
    await forgeClick(park, 'application.begin', '', { trigger_id: '1.2.expired' });
    const { text } = await park.waitFor('사용자 등록이 되어 있지 않습니다.');
    expect(text).toContain('‘사용자 등록’을 먼저 하십시오');
    expect(text).not.toContain('다시 눌러');
  });
});

describe('officers', () => {
  test('two at once: one decides, the other reads who was first and when', async () => {
    const { kim, officer, officer2, store } = stage;
    const filing = await applied(kim);
    const before = await store.db.licence.count();
    await Promise.all([
      officer.press('승인', { in: card('이용신청 검토중') }),
      officer2.press('승인', { in: card('이용신청 검토중') }),
    ]);
    await stage.bot.idle();
    const second = await officer.waitFor(async () => {
      if (await officer.modal()) return officer;
      return (await officer2.modal()) ? officer2 : null;
    });
    const first = second === officer ? '정*인' : '최*리';
    expect(await second.modalText()).toMatch(
      new RegExp(`${first.replace('*', '\\*')} 님이 먼저 처리했습니다\\. \\(검토완료, 2026`),
    );
    expect(await store.db.licence.count()).toBe(before + 1);
    expect(
      await store.db.audit.count({ where: { action: 'filing.approve', subject: `filing:${filing.id}` } }),
    ).toBe(1);
  });

  test('a stale button of a decided filing says who decided', async () => {
    const { kim, officer2 } = stage;
    const filing = await applied(kim);
    await approveApplication(stage, kim);
    await stage.bot.idle();
    for (const verb of ['filing.approve', 'filing.return', 'filing.reject'])
      await refused(officer2, () => forgeClick(officer2, verb, filing.id), /최\*리 님이 먼저 처리했습니다/);
    await refused(
      officer2,
      () => forgeClick(officer2, 'filing.reopen', filing.id),
      /승인취소할 수 없는 신청/,
    );
  });

  test('what was submitted again after the button was drawn is not decided unread', async () => {
    const { kim, officer, store } = stage;
    const filing = await applied(kim);
    await officer.press('보완요청', { in: card('이용신청 검토중') });
    await openedModal(officer);
    const stale = (await officer.messages('표준api-관리')).findLast((message) =>
      JSON.stringify(message.blocks).includes(filing.id),
    );
    const value = buttonValue(stale?.blocks, 'filing.approve');
    await kim.openHome();
    await kim.press('수정', { in: 'home' });
    expect(await openedModal(kim)).toContain('제출하기 전에 확인');
    await next(kim);
    await stage.bot.idle();
    await officer.fill('보완요청 사유', '공문이 다릅니다.');
    expect(await officer.submit()).toBe('pushed');
    expect(await officer.modalText()).toContain('고쳐서 다시 제출했습니다');
    await closeAll(officer);
    await refused(officer, () => forgeClick(officer, 'filing.approve', value), /고쳐서 다시 제출했습니다/);
    expect(await store.db.filing.findUnique({ where: { id: filing.id } })).toMatchObject({
      state: 'SUBMITTED',
      revision: 2,
    });
  });

  test('nobody decides what they submitted', async () => {
    const { officer, officer2, store } = stage;
    await officer.command('/bogeup 신청');
    await fillRegistration(officer, '최관리');
    await officer2.press('승인', { in: card('사용자 등록 검토중') });
    await officer.waitFor('사용자 등록이 승인되었습니다');
    const filing = await applied(officer);
    await officer.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer)).toContain('본인이 제출한 신청은 본인이 처리할 수 없습니다');
    await closeAll(officer);
    for (const verb of ['filing.approve', 'filing.return', 'filing.reject'])
      await refused(
        officer,
        () => forgeClick(officer, verb, filing.id),
        '다른 관리자에게 처리를 요청하십시오',
      );
    const ack = await forgeSubmit(officer, {
      callbackId: 'filing.decision',
      metadata: { filing: filing.id, verb: 'filing.reject' },
      values: reason,
    });
    expect(ackText(ack)).toContain('본인이 제출한 신청은 본인이 처리할 수 없습니다');
    await officer2.press('승인', { in: card('이용신청 검토중') });
    await officer.waitFor('임시라이선스를 보내 드립니다');
    expect(await store.db.filing.findUnique({ where: { id: filing.id } })).toMatchObject({
      state: 'APPROVED',
    });
  });

  test('an officer whose role was ended is refused at the buttons that are still there', async () => {
    const { kim, officer2, store } = stage;
    const filing = await applied(kim);
    await officer2.press('반려', { in: card('이용신청 검토중') });
    await officer2.fill('반려 사유', '열어 둔 창');
    const { id } = await store.db.person.findFirstOrThrow({ where: { slackId: officer2.userId } });
    const ended = { endedAt: stage.clock.now(), endedBy: 'test' };
    await store.db.grant.updateMany({ where: { personId: id }, data: ended });
    expect(await officer2.submit()).toBe('pushed');
    expect(await officer2.modalText()).toContain('표준API 관리자만 할 수 있습니다');
    await closeAll(officer2);
    for (const label of ['승인', '보완요청', '반려', '검토'])
      await refused(officer2, () => officer2.press(label, { in: card('이용신청 검토중') }), /관리자.*만/);
    await refused(
      officer2,
      () => forgeClick(officer2, 'filing.attachment.letter', `${filing.id}:letter`),
      /관리자.*만/,
    );
    await officer2.openHome();
    expect(await officer2.homeText()).not.toContain('검토 대기');
    await store.db.grant.updateMany({ where: { personId: id }, data: { endedAt: null, endedBy: null } });
  });
});

describe('people who are no officers', () => {
  test('a guest in the officers’ channel sees the card and may press nothing', async () => {
    const { kim, lee } = stage;
    await applied(kim);
    for (const label of ['승인', '보완요청', '반려', '검토'])
      await refused(lee, () => lee.press(label, { in: card('이용신청 검토중') }), /관리자.*만/);
  });

  test('an applicant may not correct, withdraw, look at or fetch what is not theirs', async () => {
    const { kim, lee, store } = stage;
    const { id } = await applied(kim);
    const { systemId } = await store.db.filing.findUniqueOrThrow({ where: { id } });
    const presses: [string, string][] = [
      ['filing.resubmit', id],
      ['filing.withdraw', id],
      ['filing.detail', id],
      ['system.detail', systemId ?? ''],
      ['licence.download', systemId ?? ''],
      ['resultReport.begin', systemId ?? ''],
    ];
    for (const [action, value] of presses)
      await refused(lee, () => forgeClick(lee, action, value), /본인이 제출한 신청만|담당하는 시스템/);
  });

  test('a window with the draft of somebody else is refused and changes nothing', async () => {
    const { kim, lee, store } = stage;
    await kim.openHome();
    await kim.press('이용신청서 작성');
    await openedModal(kim);
    const draft = await store.db.draft.findFirstOrThrow({ where: { procedure: 'application' } });
    await closeAll(kim);
    await stage.bot.idle();
    const before = await contents(store);
    for (const callbackId of ['form.step', 'form.submit']) {
      const ack = await forgeSubmit(lee, { callbackId, metadata: { draft: draft.id, step: '0' } });
      expect(ackText(ack)).toContain('이미 제출했거나 삭제한 작성분입니다');
    }
    expect(await contents(store)).toEqual(before);
  });
});

describe('windows whose content was changed on the way', () => {
  test.each([
    ['an unknown filing', { filing: 'no-such-filing', verb: 'filing.reject' }, '신청을 찾을 수 없습니다'],
    ['no filing', { filing: '', verb: 'filing.reject' }, '신청을 찾을 수 없습니다'],
    ['a verb that has no window', { verb: 'filing.approve' }, '알 수 없는 처리입니다'],
    ['the applicant’s verb', { verb: 'filing.withdraw' }, '알 수 없는 처리입니다'],
    ['a name of every object', { verb: 'constructor' }, '알 수 없는 처리입니다'],
    ['a step that this procedure has not', { verb: 'filing.reopen' }, '승인취소할 수 없는 신청'],
    ['no JSON', 'not json', '알 수 없는 처리입니다'],
    ['JSON of another kind', '[1,2]', '알 수 없는 처리입니다'],
  ])('%s', async (_what, metadata, answer) => {
    const { officer, store } = stage;
    const { id } = await newest();
    await stage.bot.idle();
    const before = await contents(store);
    const ack = await forgeSubmit(officer, {
      callbackId: 'filing.decision',
      metadata: typeof metadata === 'string' ? metadata : { filing: id, ...metadata },
      values: reason,
    });
    expect(ackText(ack)).toContain(answer);
    await stage.bot.idle();
    expect(await contents(store)).toEqual(before);
  });

  test('a step far outside of the form is the summary, and an unfinished form is not taken', async () => {
    const { lee, store } = stage;
    await lee.openHome();
    await lee.press('이용신청서 작성');
    await openedModal(lee);
    const metadata = String((await lee.modal())?.private_metadata);
    const filings = await store.db.filing.count();
    const ack = await forgeSubmit(lee, { callbackId: 'form.submit', metadata });
    expect(ackText(ack)).toContain('고칠 항목이 남아 있습니다: 약관 동의');
    for (const step of ['99', '-1', 'NaN', '1e400']) {
      const { draft } = JSON.parse(metadata) as { draft: string };
      const answer = await forgeSubmit(lee, { callbackId: 'form.step', metadata: { draft, step } });
      expect(answer.ok).toBe(true);
      expect(ackText(answer)).not.toContain('처리하지 못했습니다');
    }
    expect(await store.db.filing.count()).toBe(filings);
  });
});
