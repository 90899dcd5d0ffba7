import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { apply, becomeUser, closeAll, openedModal } from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/**
 * Somebody who is not registered presses what they should not see: each press is answered with what is missing, and
 * no table changes.
 */
let stage: Stage;
let filing: { id: string; systemId: string };
let draftId: string;

beforeAll(async () => {
  stage = await setStage();
  const { kim, lee, store } = stage;
  await becomeUser(stage, kim, '김보람');
  await apply(kim);
  const found = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
  filing = { id: found.id, systemId: found.systemId ?? '' };
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await openedModal(kim);
  draftId = (await store.db.draft.findFirstOrThrow()).id;
  await lee.openHome(); // known by the account alone
  await stage.bot.idle();
});
afterAll(() => stage?.close());

async function unchanged(act: () => Promise<unknown>): Promise<void> {
  await stage.bot.idle();
  const before = await contents(stage.store);
  await act();
  await stage.bot.idle();
  expect(await contents(stage.store)).toEqual(before);
}

async function refusedWith(person: Person, act: () => Promise<unknown>, text: string): Promise<void> {
  await closeAll(person);
  await unchanged(async () => {
    await act();
    const shown = await openedModal(person);
    expect(shown).toContain('처리하지 않았습니다');
    expect(shown).toContain(text);
  });
}

const REGISTER_FIRST = '사용자 등록이 되어 있지 않습니다';

/** Action, what its value is made of, what the answer must say. */
const presses: [action: string, value: () => string, answer: string][] = [
  ['application.begin', () => '', REGISTER_FIRST],
  ['resultReport.begin', () => '', REGISTER_FIRST],
  ['resultReport.begin', () => filing.systemId, REGISTER_FIRST],
  ['resultReport.begin', () => 'no-such-system', REGISTER_FIRST],
  ['filing.resubmit', () => filing.id, '본인이 제출한 신청만'],
  ['filing.withdraw', () => filing.id, '본인이 제출한 신청만'],
  ['filing.detail', () => filing.id, '본인이 제출한 신청만'],
  ['system.detail', () => filing.systemId, '담당하는 시스템만'],
  ['licence.download', () => filing.systemId, '담당하는 시스템의 라이선스만'],
  ['filing.review', () => filing.id, '신청 내용은 표준API 관리자'],
  ['filing.approve', () => filing.id, '표준API 관리자만'],
  ['filing.return', () => filing.id, '표준API 관리자만'],
  ['filing.reject', () => filing.id, '표준API 관리자만'],
  ['filing.reopen', () => filing.id, '표준API 관리자만'],
  ['filing.attachment.letter', () => `${filing.id}:letter`, '표준API 관리자만'],
];

describe('an unregistered person who presses a forged or stale button', () => {
  test.each(presses)('%s is refused', async (action, value, answer) => {
    const { lee } = stage;
    await refusedWith(lee, () => forgeClick(lee, action, value()), answer);
  });

  test.each(presses.filter(([, value]) => value.toString().includes('filing')))(
    '%s of a filing or system that does not exist is refused',
    async (action) => {
      const { lee } = stage;
      await refusedWith(lee, () => forgeClick(lee, action, 'no-such-thing'), '');
    },
  );

  test('the answer says what to do next', async () => {
    const { lee } = stage;
    await refusedWith(lee, () => forgeClick(lee, 'application.begin'), '‘사용자 등록’을 먼저 하십시오');
  });
});

describe('an unregistered person who submits a forged window', () => {
  const words = {
    reason: { 'form.value': { type: 'plain_text_input', value: '그냥' } },
  };

  test.each(['form.step', 'form.submit'])('%s with the draft of somebody else', async (callbackId) => {
    await unchanged(async () => {
      const ack = await forgeSubmit(stage.lee, { callbackId, metadata: { draft: draftId, step: '0' } });
      expect(ackText(ack)).toContain('이미 제출했거나 삭제한 작성분입니다');
    });
  });

  test.each(['filing.return', 'filing.reject', 'filing.reopen'])('the decision %s', async (verb) => {
    await unchanged(async () => {
      const ack = await forgeSubmit(stage.lee, {
        callbackId: 'filing.decision',
        metadata: { filing: filing.id, verb },
        values: words,
      });
      expect(ackText(ack)).toContain('표준API 관리자만');
    });
  });

  test.each([
    ['form.change', '이미 제출했거나 삭제한 작성분입니다'],
    ['form.goto', '이미 제출했거나 삭제한 작성분입니다'],
    ['filing.remarkFields', '표준API 관리자만'],
  ])('%s in their own window with the ids of somebody else', async (action, answer) => {
    const { lee } = stage;
    await closeAll(lee);
    await lee.press('사용자 등록', { in: 'home' });
    await openedModal(lee);
    const private_metadata = JSON.stringify({ draft: draftId, step: '0', filing: filing.id });
    await unchanged(async () => {
      await forgeClick(lee, action, '0', { view: { ...(await lee.modal()), private_metadata } });
      await lee.waitFor(async () => (await lee.modalText()).includes('처리하지 않았습니다'));
      expect(await lee.modalText()).toContain(answer);
    });
  });
});

test('what a registered person needs is still theirs: the refusals above were not for everybody', async () => {
  const { kim } = stage;
  await closeAll(kim);
  await forgeClick(kim, 'system.detail', filing.systemId);
  expect(await openedModal(kim)).toContain('행정안전부 민원관리시스템');
});
