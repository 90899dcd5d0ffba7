import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import { WebClient } from '@slack/web-api';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/core/refusal.ts';
import { actions, button, modal, plain, section } from '../../../src/messenger/blocks.ts';
import type { Click, Outcome } from '../../../src/messenger/click.ts';

import { noteView } from '../../../src/messenger/refusal-view.ts';
import type { InTurn } from '../../../src/messenger/slack/few-at-once.ts';
import { PATIENCE_MS } from '../../../src/messenger/slack/front.ts';
import { createMessenger, type SlackMessenger } from '../../../src/messenger/slack/messenger.ts';
import { refill } from '../../../src/messenger/slack/refill.ts';
import type { Person } from '../../../src/sandbox/person.ts';
import { startWorkspace, type Workspace } from '../../../src/sandbox/workspace.ts';
import type { Known } from '../../../src/store/known.ts';

/** A form, and what its submission does, decided by each test. */
const KIM = 'U0KIM000001';
const PATIENCE = 150;

let workspace: Workspace;
let app: App;
let messenger: SlackMessenger;
let kim: Person;
let logged: { msg: string; incident?: string; err?: { message: string } }[];
let submitted: () => Promise<Outcome>;
let clicked: (click: Click) => Promise<void>;
let seen: unknown[];
let works: number;
const inTurn: InTurn = (work) => {
  works++;
  return work();
};

function formView() {
  const input = (id: string, label: string, element: object) =>
    ({ type: 'input', block_id: id, label: plain(label), element }) as KnownBlock;
  const options = ['행정망', '인터넷망'].map((text) => ({ text: plain(text), value: text }));
  return modal({
    callbackId: 'form',
    title: '양식',
    submit: '보내기',
    metadata: { draft: 'd1' },
    blocks: [
      input('reason', '사유', { type: 'plain_text_input', action_id: 'v', initial_value: '처음' }),
      input('net', '망 구분', { type: 'radio_buttons', action_id: 'v', options }),
      input('many', '여러 가지', { type: 'checkboxes', action_id: 'v', options, initial_options: options }),
      input('on', '날짜', { type: 'datepicker', action_id: 'v' }),
      actions(button('act', '누르기')),
    ],
  });
}

beforeEach(async () => {
  workspace = await startWorkspace({
    port: 0,
    people: [{ id: KIM, name: '김보람' }],
    channels: [],
    bot: {
      name: '보급봇',
      userId: 'U0BOT000001',
      commands: ['/open', '/late', '/deep'].map((command) => ({ command, usage: '', description: '양식' })),
      scopes: ['chat:write', 'commands', 'im:write', 'im:history'],
    },
  });
  const clientOptions = { slackApiUrl: workspace.apiUrl, logLevel: LogLevel.ERROR };
  app = new App({
    token: workspace.botToken,
    receiver: new SocketModeReceiver({
      appToken: workspace.appToken,
      installerOptions: { clientOptions },
      logLevel: LogLevel.ERROR,
    }),
    logLevel: LogLevel.ERROR,
    clientOptions,
  });
  logged = [];
  seen = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const whoIs = async (slackId: string) => ({ id: 'p1', slackId, officer: false }) as Known;
  works = 0;
  const client = new WebClient(workspace.botToken, { ...clientOptions, retryConfig: { retries: 0 } });
  messenger = createMessenger({ app, client, whoIs, whoSubmits: whoIs, inTurn, log, patience: PATIENCE });
  messenger.onCommand('/open', ({ show }) => show(formView()));
  messenger.onAction('act', (click) => clicked(click));
  messenger.onSubmit('form', ({ view }) => {
    seen.push(Object.fromEntries(Object.entries(view.values).map(([id, byAction]) => [id, byAction.v])));
    return submitted();
  });
  await app.start();
  kim = workspace.person(KIM);
  await kim.command('/open');
  await kim.waitFor(() => kim.modal());
});
afterEach(async () => {
  await app.stop();
  await workspace.close();
});

async function fillIn(): Promise<void> {
  await kim.fill('사유', '직인이 보이지 않습니다.');
  await kim.fill('망 구분', '인터넷망');
  await kim.fill('여러 가지', ['행정망']);
  await kim.fill('날짜', '2026-12-01');
}

/** What the form was submitted with, in its own words. */
const asTyped = {
  reason: { value: '직인이 보이지 않습니다.' },
  net: { selected_option: { value: '인터넷망' } },
  many: { selected_options: [{ value: '행정망' }] },
  on: { selected_date: '2026-12-01' },
};

const slowly = async () => new Promise((resolve) => setTimeout(resolve, PATIENCE * 3));

describe('a view that takes longer than its trigger lives', () => {
  const shows = (text: string) => kim.waitFor(async () => (await kim.modalText()).includes(text));

  it('is waited for in a window, and takes its place', async () => {
    clicked = ({ showLater }) => showLater(slowly().then(() => noteView('통계', ['올해 12건'])));
    await kim.press('누르기', { in: 'modal' });
    await shows('확인하고 있습니다');
    await shows('올해 12건');
  });

  it('refused or failed late, says so in that window', async () => {
    clicked = ({ showLater }) =>
      showLater(
        slowly().then(() => {
          throw new Refusal('볼 수 없습니다.', '다시 여십시오.');
        }),
      );
    await kim.press('누르기', { in: 'modal' });
    await shows('볼 수 없습니다');
  });
});

describe('several acts in one window', () => {
  it('are answered one after the other, however long the first takes', async () => {
    const order: string[] = [];
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    clicked = async ({ view }) => {
      const typed = String(Object.values(view?.values.reason ?? {})[0]?.value);
      order.push(`begins: ${typed}`);
      if (typed === '처음') await held;
      order.push(`ends: ${typed}`);
    };
    submitted = async () => {
      order.push('submitted');
      return { close: 'all' };
    };
    await kim.press('누르기', { in: 'modal' });
    await fillIn();
    await kim.fill('사유', '다음');
    await kim.press('누르기', { in: 'modal' });
    await kim.submit(); // it is answered with a waiting window
    expect(order).toEqual(['begins: 처음']);
    goOn();
    await kim.waitFor(() => order.includes('submitted'));
    expect(order).toEqual(['begins: 처음', 'ends: 처음', 'begins: 다음', 'ends: 다음', 'submitted']);
  });
});

describe('a submission that takes longer than Slack waits', () => {
  async function submitSlowly(outcome: () => Outcome): Promise<void> {
    submitted = async () => {
      await slowly();
      return outcome();
    };
    await fillIn();
    expect(await kim.submit()).toBe('updated');
    expect(await kim.modalText()).toContain('처리하고 있습니다');
  }
  const shows = (text: string) => kim.waitFor(async () => (await kim.modalText()).includes(text));

  it('shows that it is being worked on, and then the outcome', async () => {
    await submitSlowly(() => ({ update: noteView('제출했습니다', ['접수번호 2026-000001']) }));
    await shows('접수번호 2026-000001');
  });

  it('says so when the outcome is that nothing is left to show', async () => {
    await submitSlowly(() => ({ close: 'all' }));
    await shows('처리했습니다');
  });

  it('draws what is wrong into the form', async () => {
    await submitSlowly(() => ({
      errors: { reason: '짧습니다.' },
      late: () => noteView('고치기', ['✖ 짧습니다.']),
    }));
    await shows('✖ 짧습니다.');
  });

  it('refused, gives the form back with everything that was typed', async () => {
    await submitSlowly(() => {
      throw new Refusal('최*리 님이 먼저 처리했습니다.', '카드를 확인하십시오.');
    });
    await shows('최*리 님이 먼저 처리했습니다.');
    expect(await kim.modalText()).toContain('▶ 카드를 확인하십시오.');
    expect(logged).toEqual([]);
    submitted = async () => ({ close: 'all' });
    expect(await kim.submit()).toBe('closed');
    expect(seen).toMatchObject([asTyped, asTyped]);
  });

  it('refused, gives back what was emptied as empty, and a choice that was begun with as it was changed', () => {
    const view = {
      ...formView(),
      state: { values: { reason: { v: { value: null } }, many: { v: { selected_options: [] } } } },
    };
    const [, , reason, , many] = refill(view as never, [section('안 됩니다.')]).blocks as {
      element: object;
    }[];
    expect(reason?.element).not.toHaveProperty('initial_value');
    expect(many?.element).not.toHaveProperty('initial_options');
  });

  it('writes to a person who closed the window and was refused', async () => {
    await submitSlowly(() => {
      throw new Refusal('안 됩니다.');
    });
    await kim.close();
    await kim.waitFor('안 됩니다. 창을 다시 열어 확인하십시오.');
    expect(await kim.modal()).toBeNull();
  });

  it('is acknowledged in Slack’s three seconds with the patience that the bot has', async () => {
    const anybody = async () => ({ id: 'p1' }) as Known;
    const patient = createMessenger({
      ...messenger,
      whoIs: anybody,
      whoSubmits: anybody,
      inTurn,
      patience: PATIENCE_MS,
    });
    patient.onSubmit('late', async () => {
      await new Promise((resolve) => setTimeout(resolve, 3500));
      return { update: noteView('끝', ['다 되었습니다.']) };
    });
    await kim.close();
    messenger.onCommand('/late', ({ show }) =>
      show(
        modal({
          callbackId: 'late',
          title: '늦는 양식',
          submit: '보내기',
          blocks: formView().blocks.slice(0, 1) as KnownBlock[],
        }),
      ),
    );
    await kim.command('/late');
    await shows('늦는 양식');
    expect(await kim.submit()).toBe('updated');
    await kim.waitFor(async () => (await kim.modalText()).includes('다 되었습니다.'));
  });
});

it('works on whatever a person does in the way that it was given', async () => {
  expect(works).toBe(1); // the command that opened the form
  messenger.onShortcut('begin', async () => undefined);
  messenger.onMessageShortcut('ask', async () => undefined);
  messenger.onOptions('find', async () => [{ text: '행정안전부', value: '1741000' }]);
  await kim.raw('interactive', { type: 'shortcut', callback_id: 'begin' });
  await kim.raw('interactive', {
    type: 'message_action',
    callback_id: 'ask',
    channel: { id: 'C1' },
    message: { ts: '1.1' },
  });
  await kim.raw('interactive', {
    type: 'block_suggestion',
    action_id: 'find',
    block_id: 'b',
    value: '행',
  });
  await kim.waitFor(() => works === 4, 5000);
  works = 0;
  clicked = async () => undefined;
  submitted = async () => ({ errors: { reason: '짧습니다.' }, late: () => formView() });
  await kim.press('누르기');
  await fillIn();
  await kim.submit();
  await kim.waitFor(() => works === 2);
});

describe('a database that answers late', () => {
  it('refuses no submission: the waiting view is shown, then the outcome', async () => {
    const tooLate = () => Promise.reject(new Refusal('지금은 자료를 읽을 수 없어 처리하지 못했습니다.'));
    const whoSubmits = async () => slowly().then(() => ({ id: 'p1' }) as Known);
    const late = createMessenger({ ...messenger, whoIs: tooLate, whoSubmits, inTurn, patience: PATIENCE });
    late.onSubmit('late', async ({ who }) => ({ update: noteView('끝', [`${who.id}의 일을 마쳤습니다.`]) }));
    await kim.close();
    const blocks = formView().blocks.slice(0, 1) as KnownBlock[];
    const view = modal({ callbackId: 'late', title: '늦는 양식', submit: '보내기', blocks });
    messenger.onCommand('/late', ({ show }) => show(view));
    await kim.command('/late');
    await kim.waitFor(async () => (await kim.modalText()).includes('늦는 양식'));
    expect(await kim.submit()).toBe('updated');
    await kim.waitFor(async () => (await kim.modalText()).includes('p1의 일을 마쳤습니다.'));
  });
});

describe('a submission that is refused in time', () => {
  it('lies on top of the form, which keeps what was typed', async () => {
    submitted = async () => {
      throw new Refusal('이미 제출했습니다.', '홈의 목록을 확인하십시오.');
    };
    await fillIn();
    expect(await kim.submit()).toBe('pushed');
    expect(await kim.modalText()).toContain('이미 제출했습니다.');
    expect(await kim.modalText()).toContain('▶ 홈의 목록을 확인하십시오.');
    await kim.close();
    submitted = async () => ({ close: 'all' });
    expect(await kim.submit()).toBe('closed');
    expect(seen).toMatchObject([asTyped, asTyped]);
    expect(logged).toEqual([]);
  });

  it('stands in the form itself where Slack’s three windows are used up', async () => {
    const inner = (callbackId: string) =>
      modal({ callbackId, title: callbackId, submit: '다음', blocks: [] });
    messenger.onAction('deeper', ({ show }) => show({ ...formView(), title: plain('셋째') }));
    messenger.onAction('act2', ({ show }) =>
      show({ ...inner('둘째'), blocks: [actions(button('deeper', '더 깊이'))] }),
    );
    await kim.close();
    messenger.onCommand('/deep', ({ show }) =>
      show({ ...inner('첫째'), blocks: [actions(button('act2', '깊이'))] }),
    );
    await kim.command('/deep');
    await kim.press('깊이');
    await kim.press('더 깊이');
    await kim.waitFor(async () => (await kim.modalText()).includes('셋째'));
    await fillIn();
    submitted = async () => {
      throw new Refusal('안 됩니다.');
    };
    expect(await kim.submit()).toBe('updated');
    expect(await kim.modalText()).toContain('안 됩니다.');
    submitted = async () => ({ close: 'all' });
    expect(await kim.submit()).toBe('closed');
    expect(seen).toMatchObject([asTyped, asTyped]);
  });
});

describe('a double click', () => {
  it('is one press while the first is being answered; afterwards it is another', async () => {
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const clicks: string[] = [];
    clicked = async ({ show, view }) => {
      clicks.push(String(view?.values.reason?.v?.value));
      await answered;
      await show(noteView('창', ['하나']));
    };
    let last = false;
    messenger.onAction('last', async () => {
      last = true;
    });
    await Promise.all([kim.press('누르기'), kim.press('누르기')]);
    await kim.fill('사유', '그사이에 고침'); // what was typed in between is another press
    await kim.press('누르기');
    await kim.raw('interactive', {
      type: 'block_actions',
      container: { type: 'message' },
      actions: [{ type: 'button', action_id: 'last', block_id: 'b', value: '' }],
    });
    await kim.waitFor(() => last); // comes after all of them
    answer();
    await kim.waitFor(() => clicks.length === 2);
    expect(clicks).toEqual(['처음', '그사이에 고침']);
    await kim.waitFor(async () => (await kim.modalText()).includes('하나'));
  });
});

describe('elements of which a view shows several', () => {
  it('are told apart by what comes after the dot of their id', async () => {
    const pressed: string[] = [];
    messenger.onActionsUnder('page.turn', async (_click, rest) => void pressed.push(rest));
    messenger.onAction('page.turned', async () => void pressed.push('another'));
    messenger.onAction('pageXturn.no', async () => void pressed.push('no dot'));
    const ids = { 앞: 'page.turn.back', 뒤: 'page.turn.to.next', 다른: 'page.turned', 점: 'pageXturn.no' };
    const buttons = Object.entries(ids).map(([label, id]) => button(id, label));
    await kim.close();
    messenger.onCommand('/deep', ({ show }) =>
      show(modal({ callbackId: 'pages', title: '쪽', blocks: [actions(...buttons)] })),
    );
    await kim.command('/deep');
    for (const label of Object.keys(ids)) await kim.press(label);
    await kim.waitFor(() => pressed.length >= 4);
    expect(pressed).toEqual(['back', 'to.next', 'another', 'no dot']);
  });
});

describe('what nobody foresaw', () => {
  /** The number on the screen leads to the error in the log. */
  async function expectTrouble(message: string): Promise<void> {
    const text = await kim.waitFor(async () => {
      const shown = await kim.modalText();
      return shown.includes('오류 번호') ? shown : null;
    });
    const number = /오류 번호: ([0-9a-f]{8})/.exec(text)?.[1];
    expect(logged).toMatchObject([{ msg: 'a listener failed', incident: number, err: { message } }]);
    expect(text).not.toContain(message);
  }

  it('in a submission shows a number, logs it, and keeps what was typed', async () => {
    submitted = async () => {
      throw new TypeError('undefined is not a function');
    };
    await fillIn();
    expect(await kim.submit()).toBe('pushed');
    await expectTrouble('undefined is not a function');
    await kim.close();
    submitted = async () => ({ close: 'all' });
    await kim.submit();
    expect(seen).toMatchObject([asTyped, asTyped]);
  });

  it('in a submission that took long does the same', async () => {
    submitted = async () => {
      await slowly();
      throw new TypeError('too late');
    };
    await fillIn();
    expect(await kim.submit()).toBe('updated');
    await expectTrouble('too late');
    submitted = async () => ({ close: 'all' });
    expect(await kim.submit()).toBe('closed');
    expect(seen).toMatchObject([asTyped, asTyped]);
  });

  it('behind a button lies on top of the window', async () => {
    clicked = async () => {
      throw new TypeError('no such thing');
    };
    await kim.press('누르기');
    await expectTrouble('no such thing');
  });

  it('or a refusal, when it is too late to open a window, is written to the person', async () => {
    clicked = async () => {
      await new Promise((resolve) => setTimeout(resolve, 3200)); // the trigger lives three seconds
      throw new Refusal('최*리 님이 먼저 처리했습니다.', '카드를 확인하십시오.');
    };
    await kim.press('누르기');
    await kim.waitFor('리 님이 먼저 처리했습니다. 카드를 확인하십시오.');
  });

  it('in a search finds nothing and is logged', async () => {
    messenger.onOptions('find', async () => {
      throw new Error('the directory is away');
    });
    const answer = await kim.raw('interactive', {
      type: 'block_suggestion',
      action_id: 'find',
      block_id: 'b',
      value: '행',
      user: { id: KIM },
      team: { id: 'T1' },
    });
    expect(answer).toMatchObject({ ok: true, body: { options: [] } });
    expect(logged).toMatchObject([{ msg: 'a search failed', err: { message: 'the directory is away' } }]);
  });
});
