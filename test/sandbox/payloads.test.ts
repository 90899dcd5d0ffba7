import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { call } from './api-client.ts';
import { OFFICER, OFFICIAL, options, plain } from './bolt-app.ts';

type Json = Record<string, unknown>;

const DESK = 'C0DESK00001';

function sample(name: string): Json {
  const text = readFileSync(new URL(`../samples/slack/${name}.json`, import.meta.url), 'utf8');
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'string' ? Object.fromEntries(new URLSearchParams(parsed)) : (parsed as Json);
}

/** Keys that only Enterprise Grid, Slack Connect or the content of the sample itself bring. */
const NOT_OURS =
  /enterprise|\.thumb_|\.original_|client_msg_id|\.blocks\[|\.values\.|response_url\b|response_urls|media_display/;

/** Every key of the sample with its type, as `view.state.values:object`. */
function shape(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.length > 0 ? shape(value[0], `${path}[0]`) : [`${path}:array`];
  if (value === null) return [`${path}:any`];
  if (typeof value !== 'object') return [`${path}:${typeof value}`];
  const inner = Object.entries(value as Json).flatMap(([key, each]) => shape(each, `${path}.${key}`));
  return inner.length > 0 ? inner : [`${path}:object`];
}

/** What Slack's sample has and ours has not, or has with another type. */
function missing(ours: unknown, theirs: unknown): string[] {
  const have = new Set(shape(ours));
  const paths = new Set([...have].map((line) => line.replace(/:[a-z]+$/, '')));
  const hasBelow = (path: string) => [...paths].some((each) => each.startsWith(path));
  return shape(theirs)
    .filter((line) => !NOT_OURS.test(line))
    .filter((line) => {
      const [path = '', type] = line.split(':');
      if (type === 'any' || type === 'array' || type === 'object') return !hasBelow(path);
      return !have.has(line) && !have.has(`${path}:any`);
    });
}

describe('payloads against Slack’s own samples', () => {
  let workspace: Workspace;
  let socket: WebSocket;
  const envelopes: Json[] = [];

  beforeAll(async () => {
    workspace = await startWorkspace(options());
    const { url } = await call(workspace, 'apps.connections.open', {}, workspace.appToken);
    socket = new WebSocket(String(url));
    socket.on('message', (data) => {
      const envelope = JSON.parse(String(data)) as Json;
      envelopes.push(envelope);
      const acked = envelope.accepts_response_payload ? { payload: { options: [] } } : {};
      if (envelope.envelope_id) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, ...acked }));
    });
    await new Promise((resolve) => socket.once('message', resolve));
  });
  afterAll(async () => {
    socket.close();
    await workspace.close();
  });

  const last = (type: string) =>
    envelopes.findLast(({ payload }) => (payload as Json | undefined)?.type === type)?.payload as Json;

  async function openModal(): Promise<void> {
    await workspace.person(OFFICIAL).shortcut('any');
    const view = {
      type: 'modal',
      callback_id: 'view-id',
      title: plain('신청'),
      submit: plain('제출'),
      close: plain('닫기'),
      private_metadata: '17',
      notify_on_close: true,
      blocks: [
        { type: 'input', label: plain('이름'), element: { type: 'plain_text_input', action_id: 'a' } },
        { type: 'input', label: plain('기관'), element: { type: 'external_select', action_id: 'es_a' } },
      ],
    };
    const opened = await call(workspace, 'views.open', { trigger_id: last('shortcut').trigger_id, view });
    expect(opened.ok).toBe(true);
  }

  it('the comparison itself sees what is missing or of another type', () => {
    expect(missing({ a: { b: 1 } }, { a: { b: 1, c: 'x' }, d: [] })).toEqual(['.a.c:string', '.d:array']);
    expect(missing({ a: '1' }, { a: 1 })).toEqual(['.a:number']);
    expect(missing({ a: null, b: [{}] }, { a: 'x', b: [] })).toEqual([]);
  });

  it('hello, events and their envelope', async () => {
    expect(missing(envelopes[0], sample('socket_hello'))).toEqual([]);
    await workspace.person(OFFICIAL).say('전체', '@보급봇 안녕하십니까');
    const mention = envelopes.find(
      ({ payload }) => ((payload as Json)?.event as Json)?.type === 'app_mention',
    );
    expect(missing(mention, sample('socket_events_api'))).toEqual([]);
    const files = [{ name: 'file.png', bytes: Buffer.from('png') }];
    await workspace.person(OFFICIAL).say('전체', 'Hi there!', files);
    const shared = envelopes.find(
      ({ payload }) => ((payload as Json)?.event as Json)?.subtype === 'file_share',
    );
    const theirs = sample('boltpy_message_file_share_event_payload');
    const notInEvents = missing(shared?.payload, theirs).filter(
      (line) => !line.startsWith('.event.display_as_bot'),
    );
    expect(notInEvents).toEqual([]);
  });

  it('block_actions of a message and of a home tab', async () => {
    const element = {
      type: 'button',
      action_id: 'a',
      block_id: 'b',
      text: plain('Click Me!'),
      value: 'v',
      style: 'primary',
    };
    const { block_id: _block, ...button } = element;
    const blocks = [{ type: 'actions', block_id: 'b', elements: [button] }];
    await call(workspace, 'chat.postMessage', { channel: DESK, text: 'x', blocks });
    await workspace.person(OFFICER).press('Click Me!');
    const envelope = envelopes.at(-1);
    expect(missing(envelope, sample('socket_interactive'))).toEqual([]);
    expect(missing(envelope?.payload, sample('boltpy_block_actions_body'))).toEqual([]);
    expect(envelope).toMatchObject({ type: 'interactive', accepts_response_payload: false });
    await call(workspace, 'views.publish', { user_id: OFFICIAL, view: { type: 'home', blocks } });
    await workspace.person(OFFICIAL).press('Click Me!', { in: 'home' });
    const inHome = last('block_actions');
    expect(missing(inHome, sample('java_BlockActionTest_realPayload_0'))).toEqual([]);
    for (const key of ['channel', 'message', 'response_url']) expect(inHome).not.toHaveProperty(key);
  });

  it('view_submission, view_closed, block_suggestion and shortcuts', async () => {
    await openModal();
    const kim = workspace.person(OFFICIAL);
    await expect(kim.suggestions('기관', 'search word')).resolves.toEqual([]);
    expect(missing(last('block_suggestion'), sample('boltpy_block_suggestion_body'))).toEqual([]);
    expect(last('block_suggestion')).not.toHaveProperty('trigger_id');
    await kim.fill('이름', 'test');
    const body = { view_id: (await kim.modal())?.id };
    expect(body.view_id).toMatch(/^V/);
    await kim.close();
    expect(missing(last('view_closed'), sample('boltpy_view_closed_body'))).toEqual([]);
    expect(missing(last('view_closed'), sample('java_ViewClosedTest_realPayload_0'))).toEqual([]);
    expect(missing(last('shortcut'), sample('boltpy_shortcut_global_shortcut_body'))).toEqual([]);
    expect(missing(last('shortcut'), sample('java_GlobalShortcutTest_realPayload_0'))).toEqual([]);
  });

  it('view_submission', async () => {
    await workspace.person(OFFICIAL).shortcut('any');
    const input = {
      type: 'input',
      block_id: 'hspI',
      label: plain('Label'),
      element: { type: 'plain_text_input', action_id: 'maBWU' },
    };
    const view = {
      type: 'modal',
      callback_id: 'view-id',
      title: plain('My App'),
      submit: plain('Submit'),
      close: plain('Cancel'),
      blocks: [input],
    };
    await call(workspace, 'views.open', { trigger_id: last('shortcut').trigger_id, view });
    const kim = workspace.person(OFFICIAL);
    await kim.fill('Label', 'test');
    await kim.submit();
    const ours = last('view_submission');
    for (const name of ['boltpy_view_submission_body', 'java_ViewSubmissionTest_realPayload_0']) {
      expect(missing(ours, sample(name))).toEqual([]);
    }
    const theirs = (sample('boltpy_view_submission_body').view as Json).state;
    expect((ours.view as Json).state).toEqual(theirs);
    expect(envelopes.at(-1)).toMatchObject({ accepts_response_payload: true });
  });

  it('slash commands', async () => {
    await workspace
      .person(OFFICIAL)
      .command('/bogeup 현황', '전체')
      .catch(() => undefined);
    const envelope = envelopes.at(-1);
    expect(missing(envelope, sample('socket_slash_commands'))).toEqual([]);
    expect(missing(envelope?.payload, sample('boltpy_slash_command_slash_command_body'))).toEqual([]);
  });

  it('message shortcuts', async () => {
    const ts = await workspace.person(OFFICER).say(DESK, '이 글');
    await fetch(`${workspace.url}/control/act/shortcut`, {
      method: 'POST',
      headers: { 'x-workspace-user': OFFICER },
      body: JSON.stringify({
        callback_id: 'x',
        container: { type: 'message', channel_id: DESK, message_ts: ts },
      }),
    });
    expect(missing(last('message_action'), sample('boltpy_shortcut_message_shortcut_body'))).toEqual([]);
  });
});
