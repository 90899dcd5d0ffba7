import type { App, BlockAction, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { QuestionFirst, Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/typed-text.ts';
import type { Known } from '../../store/known.ts';
import { fallback, LIMIT, MENU_VIEW, plain } from '../blocks.ts';
import type { Click, Command, OpenView, Outcome, Submission } from '../click.ts';
import type { Messenger } from '../messenger.ts';
import { noteView, refusalView, troubleView, waitingView } from '../refusal-view.ts';
import { hearReadable } from './readable.ts';
import { refill } from './refill.ts';
import { Routes } from './routes.ts';
import { createScreens } from './screens.ts';
import { Turns } from './turns.ts';

const ANY = /^/;

type Find = (typed: string, who: Known) => Promise<{ text: string; value: string }[]>;

interface MessengerParts {
  app: App;
  /** For people who wait: bounded retries, its own queue. */
  client: WebClient;
  whoIs: (slackId: string) => Promise<Known>;
  log: Logger;
  /** Milliseconds until a submission is answered with a waiting view; Slack gives 3,000. */
  patience?: number;
}

/**
 * The one boundary between Bolt and the rooms: acknowledges in time, resolves who it is, turns a Refusal into a view
 * and anything unexpected into a number that the log can be searched for.
 */
export function createMessenger({
  app,
  client,
  whoIs,
  log,
  patience = 2000,
}: MessengerParts): SlackMessenger {
  /** What is shown of an error; what nobody foresaw is logged under the number that it shows. */
  const failed = (error: unknown, what: string): ModalView => {
    if (error instanceof QuestionFirst) return error.view;
    if (error instanceof Refusal) return refusalView(error);
    const incident = crypto.randomUUID().slice(0, 8);
    log.error({ err: error, what, incident }, 'a listener failed');
    return troubleView(incident);
  };

  /** Shows the failure where the person is; when that is too late as well, writes to them. */
  async function apologise(
    error: unknown,
    what: string,
    slackId: string,
    show: (view: ModalView) => Promise<void>,
  ) {
    const view = failed(error, what);
    try {
      await show(view);
    } catch (cause) {
      log.warn({ err: cause, what }, 'a refusal could not be shown');
      const text =
        error instanceof Refusal
          ? [error.message, error.next].filter(Boolean).join(' ')
          : '화면을 열지 못했습니다. 단추를 다시 눌러 주십시오.';
      await write(slackId, text);
    }
  }

  /** A trigger is good for three seconds and once: the window that it opened can be redrawn for longer. */
  async function showLater(
    work: Promise<ModalView>,
    what: string,
    open: (view: ModalView) => Promise<{ view?: { id?: string } }>,
  ): Promise<void> {
    const first = await Promise.race([work, sleep(patience / 2)]);
    const opened = await open(first ?? waitingView());
    if (first) return;
    const view = await work.catch((error: unknown) => failed(error, what));
    await client.views.update({ view_id: opened.view?.id ?? '', view });
  }

  async function write(slackId: string, text: string): Promise<void> {
    const { channel } = await client.conversations.open({ users: slackId });
    if (channel?.id) await client.chat.postMessage({ channel: channel.id, text: fallback(text) });
  }

  hearReadable(app, log);
  const actions = new Routes<(click: Click) => Promise<void>>();
  const submissions = new Routes<(submission: Submission) => Promise<Outcome>>();
  const searches = new Routes<Find>();
  const nobody = (what: string) => log.error({ what }, 'nobody listens to this');

  function onAction(actionId: string, handle: (click: Click) => Promise<void>): void {
    actions.add(actionId, handle);
  }

  /** Elements that a view shows several of: their ids are this one, a dot and a `rest` of their own. */
  function onActionsUnder(actionId: string, handle: (click: Click, rest: string) => Promise<void>): void {
    actions.addUnder(actionId, (click) => handle(click, click.actionId.slice(actionId.length + 1)));
  }

  /** Presses that are being answered: the second of a double click is the same press, and opens no second window. */
  const pressed = new Set<string>();
  /** What is done in one modal; of a home its choices, for its buttons open windows and must not wait. */
  const turns = new Turns();

  app.action<BlockAction>(ANY, async ({ ack, body, action }) => {
    const handle = actions.find(action.action_id);
    if (!handle) return nobody(action.action_id);
    await ack();
    const press = pressOf(body, action);
    if (press && pressed.has(press)) return;
    if (press) pressed.add(press);
    const answer = () => answerClick(handle, body, action);
    try {
      if (body.view && (body.view.type === 'modal' || !press)) await turns.take(body.view.id, answer);
      else await answer();
    } finally {
      if (press) pressed.delete(press);
    }
  });

  async function answerClick(
    handle: (click: Click) => Promise<void>,
    body: BlockAction,
    action: BlockAction['actions'][number],
  ): Promise<void> {
    const inModal = body.view?.type === 'modal';
    const menu = body.view?.callback_id === MENU_VIEW ? body.view.id : null;
    const open = (view: ModalView) => {
      const { trigger_id } = body;
      if (menu) return client.views.update({ view_id: menu, view });
      return inModal ? client.views.push({ trigger_id, view }) : client.views.open({ trigger_id, view });
    };
    const show = async (view: ModalView) => void (await open(view));
    try {
      await handle({
        who: await whoIs(body.user.id),
        place: body.channel?.id ? `slack:${body.channel.id}` : `slack:${body.view?.type ?? 'unknown'}`,
        actionId: action.action_id,
        value: clickedValue(action),
        view: body.view ? openView(body.view) : null,
        message: body.channel && body.message ? { channel: body.channel.id, ts: body.message.ts } : null,
        show,
        showLater: (work) => showLater(work, action.action_id, open),
        redraw: async (view) => {
          if (body.view) await client.views.update({ view_id: body.view.id, view });
        },
        publishHome: async (view) => {
          await client.views.publish({ user_id: body.user.id, view });
        },
      });
    } catch (error) {
      await apologise(error, action.action_id, body.user.id, show);
    }
  }

  function onCommand(name: string, handle: (command: Command) => Promise<void>): void {
    app.command(name, async ({ ack, command, respond }) => {
      await ack();
      const open = (view: ModalView) => client.views.open({ trigger_id: command.trigger_id, view });
      const show = async (view: ModalView) => void (await open(view));
      try {
        await handle({
          who: await whoIs(command.user_id),
          place: `slack:${command.channel_id}`,
          actionId: name,
          value: visibleText(command.text).trim(),
          view: null,
          message: null,
          show,
          showLater: (work) => showLater(work, name, open),
          redraw: show,
          publishHome: async (view) => {
            await client.views.publish({ user_id: command.user_id, view });
          },
          reply: async (text, blocks) => {
            await respond({ response_type: 'ephemeral', text: fallback(text), blocks });
          },
        });
      } catch (error) {
        await apologise(error, name, command.user_id, show);
      }
    });
  }

  function onSubmit(callbackId: string, handle: (submission: Submission) => Promise<Outcome>): void {
    submissions.add(callbackId, handle);
  }

  app.view({ callback_id: ANY, type: 'view_submission' }, async ({ ack, body, view }) => {
    const callbackId = view.callback_id;
    const handle = submissions.find(callbackId);
    if (!handle) return nobody(callbackId);
    const work = (async (): Promise<Outcome | Failure> => {
      try {
        return await turns.take(view.id, async () =>
          handle({ who: await whoIs(body.user.id), place: 'slack:modal', view: openView(view) }),
        );
      } catch (error) {
        if (error instanceof QuestionFirst && error.inPlace) return { update: error.view };
        const said = error instanceof Refusal ? error.message : '제출한 내용을 처리하지 못했습니다.';
        return { failure: failed(error, callbackId), said };
      }
    })();
    const first = await Promise.race([work, sleep(patience)]);
    if (first) {
      await ack(answerOf(first, view));
      return;
    }
    await ack({ response_action: 'update', view: waitingView() });
    const outcome = await work;
    try {
      await client.views.update({ view_id: view.id, view: lateView(outcome, view) });
    } catch (error) {
      log.warn({ err: error, what: callbackId }, 'an outcome could not be shown'); // the window was closed
      const said = 'said' in outcome ? outcome.said : '제출한 내용에 고칠 것이 있습니다.';
      if ('failure' in outcome || 'errors' in outcome) {
        await write(body.user.id, `${said} 창을 다시 열어 확인하십시오.`);
      }
    }
  });

  function onOptions(actionId: string, find: Find): void {
    searches.add(actionId, find);
  }

  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: ANY },
    async ({ ack, body, payload }) => {
      const actionId = payload.action_id;
      const find = searches.find(actionId);
      if (!find) return nobody(actionId);
      const search = async () => find(payload.value, await whoIs(body.user.id));
      const found = await search().catch((error: unknown) => {
        log.error({ err: error, what: actionId }, 'a search failed');
        return [];
      });
      await ack({
        options: found.slice(0, 100).map(({ text, value }) => ({ text: plain(text, LIMIT.option), value })),
      });
    },
  );

  const screens = createScreens(app, client);
  return { app, client, log, failed, onAction, onActionsUnder, onCommand, onSubmit, onOptions, ...screens };
}

/** The port, with what listeners of Slack's own events need. */
export interface SlackMessenger extends Messenger {
  app: App;
  client: WebClient;
  failed: (error: unknown, what: string) => ModalView;
}

/** A refusal or trouble, as a view and in a sentence. */
interface Failure {
  failure: ModalView;
  said: string;
}

function answerOf(outcome: Outcome | Failure, view: ViewOutput): ViewResponseAction {
  if ('errors' in outcome) return { response_action: 'errors', errors: outcome.errors };
  if ('update' in outcome) return { response_action: 'update', view: outcome.update };
  if ('close' in outcome) return { response_action: 'clear' };
  // On top, so that what was typed stays underneath; Slack stacks three.
  const isThird = view.previous_view_id !== null && view.previous_view_id !== view.root_view_id;
  return isThird
    ? { response_action: 'update', view: refill(view, outcome.failure.blocks as KnownBlock[]) }
    : { response_action: 'push', view: outcome.failure };
}

/** What takes the place of the waiting view. */
function lateView(outcome: Outcome | Failure, view: ViewOutput): ModalView {
  if ('errors' in outcome) return outcome.late();
  if ('update' in outcome) return outcome.update;
  if ('failure' in outcome) return refill(view, outcome.failure.blocks as KnownBlock[]);
  return noteView('처리했습니다', ['이 창을 닫으십시오.']);
}

/** What tells a press from another one: who, where, on what, and what was typed with it. null: no press, a choice. */
function pressOf(
  { user, view, channel, message }: BlockAction,
  action: BlockAction['actions'][number],
): string | null {
  if (action.type !== 'button' && action.type !== 'overflow') return null;
  const place = view ? [view.id, view.state?.values] : [channel?.id, message?.ts];
  return JSON.stringify([user.id, action.action_id, clickedValue(action), ...place]);
}

function clickedValue(action: BlockAction['actions'][number]): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action && action.selected_option) return action.selected_option.value ?? '';
  return '';
}

function openView(view: ViewOutput): OpenView {
  return {
    id: view.id,
    callbackId: view.callback_id,
    metadata: readMetadata(view.private_metadata),
    values: view.state?.values ?? {},
  };
}

function readMetadata(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text || '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
  } catch {
    return {};
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
