import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './api-client.ts';
import { OFFICER, OFFICIAL, plain, type Running, run } from './bolt-app.ts';
import { remotePerson } from './remote-person.ts';

const option = (text: string, value: string) => ({ text: plain(text), value });
const PAIR = [option('내부망', 'in'), option('외부망', 'out')];
const FIELDS: [label: string, element: object][] = [
  ['시스템명', { type: 'plain_text_input', min_length: 2, max_length: 10 }],
  ['이용인원', { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '100' }],
  ['전자우편', { type: 'email_text_input' }],
  ['주소', { type: 'url_text_input' }],
  ['개시예정일', { type: 'datepicker' }],
  ['시각', { type: 'timepicker' }],
  ['일시', { type: 'datetimepicker' }],
  ['망 구분', { type: 'radio_buttons', options: PAIR }],
  ['개발언어', { type: 'checkboxes', options: PAIR }],
  ['운영체제', { type: 'static_select', option_groups: [{ label: plain('리눅스'), options: PAIR }] }],
  ['적용분야', { type: 'multi_static_select', options: PAIR, max_selected_items: 1 }],
  ['이용기관', { type: 'external_select', min_query_length: 1 }],
  ['부담당자', { type: 'users_select' }],
  ['채널', { type: 'conversations_select' }],
  ['설명', { type: 'rich_text_input' }],
  ['공문', { type: 'file_input' }],
];

const VIEW = {
  type: 'modal',
  callback_id: 'all',
  title: plain('전부'),
  submit: plain('제출'),
  blocks: FIELDS.map(([label, element], i) => ({
    type: 'input',
    block_id: `b${i}`,
    label: plain(label),
    optional: true,
    dispatch_action: label === '망 구분',
    element: { ...element, action_id: 'a' },
  })),
} as unknown as ModalView;

const GOOD: Record<string, Parameters<ReturnType<Running['workspace']['person']>['fill']>[1]> = {
  시스템명: '민원24',
  이용인원: 30,
  전자우편: 'kim@korea.kr',
  주소: 'https://minwon.go.kr',
  개시예정일: '2026-04-01',
  시각: '09:30',
  일시: new Date('2026-04-01T00:00:00Z'),
  '망 구분': '외부망',
  개발언어: ['내부망', '외부망'],
  운영체제: '내부망',
  적용분야: ['외부망'],
  이용기관: '서울',
  부담당자: '이관리',
  채널: '전체',
  설명: '굵은 글',
  공문: { name: '공문.hwp', bytes: Buffer.from('hwp') },
};

const states: Record<string, Record<string, Record<string, unknown>>>[] = [];
const dispatched: unknown[] = [];
const overflowed: unknown[] = [];

function listen(app: App): void {
  app.shortcut('open', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: VIEW });
  });
  app.options('a', async ({ ack, payload }) => {
    await ack({ options: [option('부산광역시', '2'), option(`${payload.value}특별시`, '1')] });
  });
  app.action('a', async ({ ack, body }) => {
    await ack();
    if (body.type === 'block_actions') dispatched.push(body.actions[0], body.view?.state.values.b0?.a?.value);
  });
  app.view('all', async ({ ack, view }) => {
    states.push(view.state.values as never);
    await ack();
  });
  app.action('more', async ({ ack, action }) => {
    await ack();
    if (action.type === 'overflow') overflowed.push(action.selected_option.value);
  });
}

describe('a person’s hands', () => {
  let running: Running;
  beforeAll(async () => {
    running = await run(listen);
  });
  afterAll(() => running.stop());

  it.each(['in process', 'over HTTP'])(
    'fill every kind of field by what is written there, %s',
    async (how) => {
      const { workspace } = running;
      const kim = how === 'in process' ? workspace.person(OFFICIAL) : remotePerson(workspace.url, OFFICIAL);
      await kim.shortcut('open');
      for (const [label, value] of Object.entries(GOOD)) await kim.fill(label, value);
      expect(dispatched.slice(-2)).toEqual([
        expect.objectContaining({
          type: 'radio_buttons',
          selected_option: expect.objectContaining({ value: 'out' }),
        }),
        '민원24',
      ]);
      expect(await kim.submit()).toBe('closed');
      const values = FIELDS.map((_field, i) => {
        const { type: _type, ...value } = states.at(-1)?.[`b${i}`]?.a ?? {};
        return Object.values(value)[0];
      });
      const chosen = (value: string) => expect.objectContaining({ value });
      expect(values).toEqual([
        '민원24',
        '30',
        'kim@korea.kr',
        'https://minwon.go.kr',
        '2026-04-01',
        '09:30',
        1_775_001_600,
        chosen('out'),
        [chosen('in'), chosen('out')],
        chosen('in'),
        [chosen('out')],
        chosen('1'),
        OFFICER,
        'C0ALL000001',
        expect.objectContaining({ type: 'rich_text' }),
        [expect.objectContaining({ name: '공문.hwp', url_private: expect.stringContaining('/files-pri/') })],
      ]);
    },
  );

  it('are told in Korean what Slack’s client would refuse', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.shortcut('open');
    const bad = {
      시스템명: '가',
      이용인원: '1.5',
      전자우편: 'kim@',
      주소: 'minwon',
      적용분야: ['내부망', '외부망'],
    };
    for (const [label, value] of Object.entries(bad)) await kim.fill(label, value);
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()).toEqual({
      시스템명: '2자 이상 입력하십시오.',
      이용인원: '정수를 입력하십시오.',
      전자우편: '전자우편 주소를 확인하십시오.',
      주소: '주소를 http:// 또는 https://로 시작하여 입력하십시오.',
      적용분야: '1개까지 선택할 수 있습니다.',
    });
    await kim.fill('시스템명', '가'.repeat(11));
    await kim.fill('이용인원', 101);
    await kim.submit();
    expect(kim.errors()).toMatchObject({
      시스템명: '10자 이하로 입력하십시오. (지금 11자)',
      이용인원: '100 이하의 수를 입력하십시오.',
    });
    await kim.close();
  });

  it('say what is on the screen when something is not', async () => {
    const kim = running.workspace.person(OFFICIAL);
    await kim.shortcut('open');
    await expect(kim.fill('운영체제', '윈도우')).rejects.toThrow(
      "'윈도우' 선택지가 없습니다. 있는 선택지: 내부망, 외부망",
    );
    await kim.close();
    const blocks = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'x', text: plain(':memo: 작성 ') }] },
    ];
    await call(running.workspace, 'views.publish', { user_id: OFFICIAL, view: { type: 'home', blocks } });
    await expect(kim.press('없는 단추', { in: 'home', wait: 50 })).rejects.toThrow('보이는 단추: 작성');
  });

  it('press entries of an overflow menu, and the one meant of several', async () => {
    const { workspace } = running;
    const more = { type: 'overflow', action_id: 'more', options: PAIR };
    for (const n of [1, 2]) {
      const options = PAIR.map((each) => ({ ...each, value: `${each.value}${n}` }));
      const blocks = [{ type: 'section', text: plain(`${n}번`), accessory: { ...more, options } }];
      await call(workspace, 'chat.postMessage', { channel: OFFICIAL, text: `${n}번`, blocks });
    }
    const kim = workspace.person(OFFICIAL);
    await kim.press('외부망');
    await kim.press('외부망', { in: ({ text }) => text === '1번' });
    expect(overflowed).toEqual(['out2', 'out1']);
  });

  it('may do with what they see as they like: the workspace keeps its own', async () => {
    const { workspace } = running;
    const blocks = [{ type: 'section', text: plain('처음') }];
    await call(workspace, 'views.publish', { user_id: OFFICER, view: { type: 'home', blocks } });
    const lee = workspace.person(OFFICER);
    await lee.shortcut('open');
    const { ts } = await call(workspace, 'chat.postMessage', { channel: OFFICER, text: '처음', blocks });
    const seen = [await lee.home(), await lee.modal(), ...(await lee.dm()), await lee.waitFor('처음')];
    for (const { blocks } of seen as { blocks: object[] }[])
      for (const block of blocks.splice(0, 1)) Object.assign(block, { type: 'divider' });
    expect(await lee.homeText()).toBe('처음');
    expect(await lee.modalText()).toContain('시스템명');
    expect((await lee.dm()).find((message) => message.ts === ts)?.blocks).toMatchObject(blocks);
    await lee.close();
  });

  it('forge payloads that reach the bot as if from Slack', async () => {
    const kim = running.workspace.person(OFFICIAL);
    const forged = { type: 'view_submission', view: { callback_id: 'all', state: { values: { b0: {} } } } };
    expect(await kim.raw('interactive', forged)).toEqual({ ok: true, body: {} });
    expect(states.at(-1)).toEqual({ b0: {} });
  });

  it('a stream tells the page what happens, each person only their own', async () => {
    const { workspace } = running;
    const listenTo = async (user: string) => {
      const response = await fetch(`${workspace.url}/control/stream?user=${user}`);
      const events: string[] = [];
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      void (async () => {
        for (;;) {
          const part = await reader?.read();
          if (!part || part.done) return;
          events.push(...part.value.split('\n\n').filter((each) => each.startsWith('data: ')));
        }
      })();
      return { events, stop: () => reader?.cancel() };
    };
    const [mine, theirs] = [await listenTo(OFFICIAL), await listenTo(OFFICER)];
    const { ts } = await call(workspace, 'chat.postMessage', { channel: OFFICIAL, text: '알림' });
    await call(workspace, 'chat.update', { channel: 'D0KIM000001', ts, text: '고친 알림' });
    await call(workspace, 'chat.delete', { channel: 'D0KIM000001', ts });
    const types = (lines: string[]) =>
      lines.map((line) => (JSON.parse(line.slice(6)) as { type: string }).type);
    await running.workspace.person(OFFICIAL).waitFor(() => mine.events.length >= 4);
    expect(types(mine.events)).toEqual(['connected', 'message', 'message_changed', 'message_deleted']);
    expect(types(theirs.events)).toEqual(['connected']);
    await Promise.all([mine.stop(), theirs.stop()]);
  });
});
