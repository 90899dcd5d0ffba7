import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { call, client } from './api-client.ts';
import { OFFICER, OFFICIAL, options, plain, socketApp } from './bolt-app.ts';

/** Trigger ids, as the bot gets them. */
async function trigger(workspace: Workspace): Promise<string> {
  const person = workspace.person(OFFICIAL);
  await person.shortcut('any');
  return person.waitFor(() => triggers.shift());
}

const triggers: string[] = [];

function modal(title: string, more: object = {}) {
  return { type: 'modal', title: plain(title), blocks: [{ type: 'divider' }], ...more };
}

function asking(blocks: object[], more: object = {}) {
  return modal('묻기', { submit: plain('보내기'), blocks, ...more });
}

function text(blockId: string, initial?: string) {
  const element = {
    type: 'plain_text_input',
    action_id: 'text',
    ...(initial ? { initial_value: initial } : {}),
  };
  return { type: 'input', block_id: blockId, label: plain(blockId), element };
}

describe('the rules of views', () => {
  let workspace: Workspace;
  let now: Date;
  let app: ReturnType<typeof socketApp>;

  beforeEach(async () => {
    now = new Date('2026-03-02T09:00:00+09:00');
    workspace = await startWorkspace(options({ now: () => now }));
    app = socketApp(workspace);
    app.shortcut('any', async ({ ack, shortcut }) => {
      await ack();
      triggers.push(shortcut.trigger_id);
    });
    await app.start();
  });

  afterEach(async () => {
    await app.stop();
    await workspace.close();
  });

  it('a trigger opens one view, within three seconds', async () => {
    const first = await trigger(workspace);
    expect(await call(workspace, 'views.open', { trigger_id: first, view: modal('하나') })).toMatchObject({
      ok: true,
      view: { type: 'modal', title: { text: '하나' }, previous_view_id: null },
    });
    const again = await call(workspace, 'views.open', { trigger_id: first, view: modal('둘') });
    expect(again.error).toBe('exchanged_trigger_id');
    const late = await trigger(workspace);
    now = new Date(now.getTime() + 3001);
    expect(await call(workspace, 'views.open', { trigger_id: late, view: modal('셋') })).toMatchObject({
      error: 'expired_trigger_id',
    });
    const forged = await call(workspace, 'views.open', { trigger_id: '1.2.x', view: modal('넷') });
    expect(forged.error).toBe('invalid_trigger_id');
  });

  it('three views lie on one another, not four; and none on nothing', async () => {
    const push = async () =>
      call(workspace, 'views.push', { trigger_id: await trigger(workspace), view: modal('위') });
    expect((await push()).error).toBe('not_found');
    await call(workspace, 'views.open', { trigger_id: await trigger(workspace), view: modal('밑') });
    expect((await push()).ok).toBe(true);
    expect((await push()).ok).toBe(true);
    expect((await push()).error).toBe('push_limit_reached');
  });

  it('an outdated hash is a conflict', async () => {
    const opened = await client(workspace).views.open({
      trigger_id: await trigger(workspace),
      view: asking([text('a')]) as never,
    });
    const { id = '', hash = '' } = opened.view ?? {};
    const update = (given: string) =>
      call(workspace, 'views.update', { view_id: id, hash: given, view: asking([text('a')]) });
    expect((await update(hash)).ok).toBe(true);
    expect((await update(hash)).error).toBe('hash_conflict');
    expect((await call(workspace, 'views.update', { view_id: 'V0', view: modal('x') })).error).toBe(
      'not_found',
    );
  });

  it('an update keeps what was typed where the ids are the same, and starts anew where they are not', async () => {
    const kim = workspace.person(OFFICIAL);
    const dispatching = { ...text('a'), dispatch_action: true };
    const opened = await client(workspace).views.open({
      trigger_id: await trigger(workspace),
      view: asking([dispatching, text('b')]) as never,
    });
    app.action('text', async ({ ack }) => ack());
    await kim.fill('b', '둘');
    await kim.fill('a', '하나');
    await call(workspace, 'views.update', {
      view_id: opened.view?.id,
      view: asking([text('a', '처음 값'), text('b2', '강제 값')]),
    });
    const { values } = (await kim.modal())?.state ?? { values: {} };
    expect(values).toEqual({
      a: { text: { type: 'plain_text_input', value: '하나' } },
      b2: { text: { type: 'plain_text_input', value: '강제 값' } },
    });
  });

  it('an external_id is used once, and finds its view', async () => {
    const view = modal('이름', { external_id: 'filing-7' });
    await call(workspace, 'views.open', { trigger_id: await trigger(workspace), view });
    const second = await call(workspace, 'views.push', { trigger_id: await trigger(workspace), view });
    expect(second.error).toBe('duplicate_external_id');
    const updated = await call(workspace, 'views.update', {
      external_id: 'filing-7',
      view: modal('새 이름', { external_id: 'filing-7' }),
    });
    expect(updated).toMatchObject({ ok: true, view: { title: { text: '새 이름' } } });
  });

  it('a view of more than 250 KB is too large', async () => {
    const options_ = Array.from({ length: 100 }, (_, i) => ({
      text: plain('가'.repeat(75)),
      value: `${i}`.padEnd(150, '나'),
    }));
    const select = (n: number) => ({
      type: 'input',
      label: plain('고르기'),
      element: { type: 'static_select', action_id: `s${n}`, options: options_ },
    });
    const view = asking([select(1), select(2), select(3), select(4)]);
    expect((await call(workspace, 'views.open', { trigger_id: 'x', view })).error).toBe('view_too_large');
  });

  it('a home tab is published for anybody, and a person sees only their own', async () => {
    const view = { type: 'home', blocks: [{ type: 'divider' }] };
    const published = await call(workspace, 'views.publish', { user_id: OFFICIAL, view });
    expect(published).toMatchObject({ ok: true, view: { type: 'home' } });
    expect(await workspace.person(OFFICER).home()).toBeNull();
    const { hash } = published.view as { hash: string };
    expect((await call(workspace, 'views.publish', { user_id: OFFICIAL, hash, view })).ok).toBe(true);
    expect((await call(workspace, 'views.publish', { user_id: OFFICIAL, hash, view })).error).toBe(
      'hash_conflict',
    );
    const asModal = await call(workspace, 'views.publish', { user_id: OFFICIAL, view: modal('창') });
    expect(asModal.error).toBe('invalid_arguments');
  });

  it('a modal belongs to its person', async () => {
    await call(workspace, 'views.open', { trigger_id: await trigger(workspace), view: modal('내 창') });
    const mine = await workspace.person(OFFICIAL).modal();
    const response = await fetch(`${workspace.url}/control/act/close`, {
      method: 'POST',
      headers: { 'x-workspace-user': OFFICER },
      body: JSON.stringify({ view_id: mine?.id }),
    });
    expect(response.status).toBe(409);
    expect(await workspace.person(OFFICIAL).modalText()).toContain('내 창');
  });
});
