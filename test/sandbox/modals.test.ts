import type { App } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OFFICIAL, plain, type Running, run } from './bolt-app.ts';

const seen: string[] = [];

function input(blockId: string, label: string, more: object = {}) {
  const element = { type: 'plain_text_input' as const, action_id: 'text' };
  return { type: 'input' as const, block_id: blockId, label: plain(label), element, ...more };
}

function form(title: string, blocks: object[], more: object = {}) {
  return {
    type: 'modal' as const,
    title: plain(title),
    submit: plain('다음'),
    blocks: blocks as never[],
    ...more,
  };
}

/** Each is as long as it may be; together they are more than a view may be. */
const heavy = Array.from({ length: 30 }, () => ({
  type: 'section' as const,
  text: plain('가'.repeat(3000)),
}));

function listen(app: App): void {
  app.event('app_home_opened', async ({ event, client }) => {
    const button = { type: 'button' as const, action_id: 'apply', text: plain('이용신청서 작성') };
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'actions', elements: [button] }] },
    });
  });
  app.action('apply', async ({ ack, body, client }) => {
    await ack();
    if (!('trigger_id' in body)) throw new Error('no trigger');
    const view = form('이용신청', [input('name', '시스템명')], {
      callback_id: 'first',
      external_id: 'only-one',
      notify_on_close: true,
    });
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
  app.view({ callback_id: 'first', type: 'view_submission' }, async ({ ack, view }) => {
    const name = view.state.values.name?.text?.value;
    if (name === '틀림') await ack({ response_action: 'errors', errors: { name: '시스템명이 틀렸습니다.' } });
    else if (name === '모름') await ack({ response_action: 'errors', errors: { nowhere: '없는 칸입니다.' } });
    else if (name === '큰창')
      await ack({ response_action: 'update', view: form('가'.repeat(25), [input('a', '가')]) });
    else if (name === '침묵') return;
    else if (name === '읽기만')
      await ack({
        response_action: 'push',
        view: { type: 'modal', title: plain('안내'), callback_id: 'second', blocks: [{ type: 'divider' }] },
      });
    else if (name === '무거움')
      await ack({
        response_action: 'update',
        view: form('두 번째', [input('a', '가'), ...heavy]),
      });
    else if (name === '같은이름')
      await ack({
        response_action: 'push',
        view: form('확인', [input('memo', '메모')], { external_id: 'only-one' }),
      });
    else if (name === '위에')
      await ack({ response_action: 'push', view: form('확인', [input('memo', '메모')]) });
    else {
      const blocks = [input('name', '시스템명'), input('memo', '비고', { optional: true })];
      await ack({
        response_action: 'update',
        view: form('두 번째', blocks, { callback_id: 'second', external_id: 'only-one' }),
      });
    }
  });
  app.view('second', async ({ ack, view }) => {
    seen.push(String(view.state.values.name?.text?.value));
    await ack();
  });
  app.view({ callback_id: 'first', type: 'view_closed' }, async ({ ack, body }) => {
    seen.push(`closed ${'is_cleared' in body ? String(body.is_cleared) : '?'}`);
    await ack();
  });
}

describe('modals through a real Bolt app', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run(listen, { ackTimeoutMs: 1000 });
  });
  afterAll(() => running.stop());

  it('opens from the home tab, updates to a second step with what was typed, and closes', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.openHome();
    await kim.press('이용신청서 작성');
    await kim.fill('시스템명', '민원24');
    expect(await kim.submit()).toBe('updated');
    expect(await kim.modalText()).toContain('두 번째');
    const view = await kim.modal();
    expect(view?.state.values.name?.text).toEqual({ type: 'plain_text_input', value: '민원24' });
    expect(await kim.submit()).toBe('closed');
    expect(await kim.modal()).toBeNull();
    expect(seen.at(-1)).toBe('민원24');
  });

  it('shows errors by label and keeps the modal', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.press('이용신청서 작성');
    await kim.fill('시스템명', '틀림');
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()).toEqual({ 시스템명: '시스템명이 틀렸습니다.' });
    await kim.fill('시스템명', null);
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()).toEqual({ 시스템명: '필수 항목입니다. 값을 입력하십시오.' });
    await kim.close();
    expect(seen.at(-1)).toBe('closed false');
  });

  it.each(['모름', '큰창', '침묵', '무거움', '같은이름'])(
    'a bad answer (%s) is trouble for the person, no API error',
    async (name) => {
      const kim = running.workspace.person(OFFICIAL);
      await kim.press('이용신청서 작성');
      await kim.fill('시스템명', name);
      expect(await kim.submit()).toBe('trouble');
      expect(await kim.modalText()).toContain('이용신청');
      await kim.close();
    },
  );

  it('a window without a submit button is not submitted', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.press('이용신청서 작성');
    await kim.fill('시스템명', '읽기만');
    expect(await kim.submit()).toBe('pushed');
    await expect(kim.submit()).rejects.toThrow('element_not_found');
    await kim.close({ all: true });
  });

  it('pushes on top, and the window’s X closes and reports the whole stack', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.press('이용신청서 작성');
    await kim.fill('시스템명', '위에');
    expect(await kim.submit()).toBe('pushed');
    const top = await kim.modal();
    expect(top?.previous_view_id).toBe(top?.root_view_id);
    await kim.close({ all: true });
    expect(await kim.modal()).toBeNull();
    expect(seen.at(-1)).toBe('closed true');
  });
});
