import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { application } from '../answers.ts';
import { agree, becomeUser, closeAll, fillAll, next, openedModal } from './acts.ts';
import { ackText, forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** Payloads that no Slack sends: wrong types, signs that cannot be stored, fields of another step. */
let stage: Stage;
const logged: { level: number; msg: string; err?: { type?: string } }[] = [];
beforeAll(async () => {
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  stage = await setStage({ log });
  await becomeUser(stage, stage.kim, '김보람');
});
beforeEach(async () => {
  await closeAll(stage.kim);
  await stage.store.db.draft.deleteMany();
  logged.length = 0;
});
afterAll(() => stage?.close());

const errors = () => logged.filter(({ level }) => level >= 50);

/** Opens the application at its first step. @returns the draft's id and which step is which */
async function opened(): Promise<string> {
  const { kim } = stage;
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await openedModal(kim);
  return (JSON.parse(String((await kim.modal())?.private_metadata)) as { draft: string }).draft;
}

/** The number of the step that the window shows. */
async function shownStep(): Promise<number> {
  return Number((JSON.parse(String((await stage.kim.modal())?.private_metadata)) as { step: string }).step);
}

const typed = (value: unknown) => ({ 'form.value': { type: 'plain_text_input', value } });
const odd: unknown[] = [7, true, null, {}, [], { value: 'x' }, ['x'], { toString: null }, '\u0000', '\ud800'];

test('wrong types in a window are refused in words, and no error is logged', async () => {
  const { kim } = stage;
  const draft = await opened();
  await agree(kim);
  const step = String(await shownStep());
  const keys = ['value', 'selected_option', 'selected_options', 'selected_date', 'selected_user', 'files'];
  for (const one of odd) {
    const state = Object.fromEntries(keys.map((key) => [key, one]));
    for (const values of [
      { systemName: { 'form.value': { type: 'x', ...state } }, task: { 'form.value': one }, reason: one },
      one as Record<string, unknown>,
    ]) {
      const ack = await forgeSubmit(kim, { callbackId: 'form.step', metadata: { draft, step }, values });
      expect(ackText(ack)).toMatch(/입력하십시오|선택하십시오/);
      expect(ackText(ack)).not.toContain('처리하지 못했습니다');
    }
  }
  expect(errors()).toEqual([]);
});

test('payloads that cannot be read at all are not heard', async () => {
  const { kim } = stage;
  for (const one of odd.filter((each) => typeof each !== 'string')) {
    const view = { id: one, type: one, callback_id: one, private_metadata: one, state: one, blocks: one };
    await kim.raw('interactive', { type: 'view_submission', view });
    await kim.raw('interactive', { type: 'view_submission', view: one });
    await kim.raw('interactive', {
      type: 'view_submission',
      user: one,
      view: { id: 'V1', callback_id: 'form.step' },
    });
    await kim.raw('interactive', { type: 'block_actions', actions: one });
    await kim.raw('interactive', {
      type: 'block_actions',
      actions: [{ action_id: one, type: one, value: one }],
    });
    await kim.raw('interactive', { type: 'block_actions', actions: [one] });
    await kim.raw('interactive', { type: 'block_suggestion', action_id: one, value: one });
    await kim.raw('interactive', { type: one });
    await kim.raw('slash_commands', { command: '/bogeup', text: one, user_id: one });
    await kim.raw('events_api', { type: 'message', channel_type: 'im', user: one ?? 7, text: one, ts: one });
    await kim.raw('events_api', { type: 'app_mention', user: one ?? 7, text: one, files: one });
    await kim.raw('events_api', { type: 'event_callback', event: one ?? 7 });
  }
  await stage.bot.idle();
  expect(errors()).toEqual([]);
  await kim.openHome(); // it lives
  expect(await kim.homeText()).toContain('이용신청서 작성');
});

test('signs that cannot be stored are taken out of what is searched, pressed and commanded', async () => {
  const { kim } = stage;
  const query = '행정\u0000안전\ud800부';
  const found = await kim.raw('interactive', {
    type: 'block_suggestion',
    action_id: 'form.search.agency',
    block_id: 'agency',
    value: query,
  });
  expect(JSON.stringify(found)).toContain('행정안전부');
  await forgeClick(kim, 'system.detail', '\u0000\ud800');
  expect(await openedModal(kim)).toContain('처리하지 않았습니다');
  await kim.command(`/bogeup ${query}`);
  await stage.bot.idle();
  expect(errors()).toEqual([]);
});

test('a window writes the fields of its own step, and undoes nothing of another', async () => {
  const { kim, store } = stage;
  const draft = await opened();
  await agree(kim);
  const overview = await shownStep();
  await fillAll(kim, application.overview);
  await next(kim);
  const environment = String(await shownStep());
  const saved = async () =>
    (await store.db.draft.findUniqueOrThrow({ where: { id: draft } })).answers as Record<string, unknown>;
  const before = await saved();
  // The window of the step after, with what an old window of the step before held, and the summary likewise.
  const values = { systemName: typed('지난 이름'), task: typed(''), was: typed('JEUS 8') };
  for (const step of [environment, '99'])
    await forgeSubmit(kim, { callbackId: 'form.step', metadata: { draft, step }, values });
  expect(await saved()).toEqual({ ...before, was: 'JEUS 8' });
  await forgeSubmit(kim, {
    callbackId: 'form.step',
    metadata: { draft, step: String(overview) },
    values: { systemName: typed('새 이름'), was: typed('') },
  });
  expect(await saved()).toMatchObject({ systemName: '새 이름', was: 'JEUS 8' });
});
