import type { App, BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { MENU_VIEW } from '../blocks.ts';
import type { Click } from '../click.ts';
import type { Messenger } from '../messenger.ts';
import type { Front } from './front.ts';
import { openView } from './open-view.ts';
import { Routes } from './routes.ts';
import type { Turns } from './turns.ts';

type Action = BlockAction['actions'][number];
type Handle = (click: Click) => Promise<void>;

/**
 * Listens to clicks. A double click counts once, so that it opens no second window.
 * @param turns keeps the acts in one modal in order. On the home only selections wait for their turn: its buttons open
 * windows, which must not wait
 */
export function listenToActions(
  app: App,
  front: Front,
  turns: Turns,
): Pick<Messenger, 'onAction' | 'onActionsUnder'> {
  const routes = new Routes<Handle>();
  /** The presses of buttons that are being handled. */
  const pressed = new Set<string>();
  app.action<BlockAction>(/^/, async ({ ack, body, action }) => {
    const handle = routes.find(action.action_id);
    if (!handle) return front.nobody(action.action_id);
    await ack();
    const press = pressOf(body, action);
    if (press && pressed.has(press)) return;
    if (press) pressed.add(press);
    const answer = () => front.inTurn(() => answerClick(front, handle, body, action));
    try {
      if (body.view && (body.view.type === 'modal' || !press)) await turns.take(body.view.id, answer);
      else await answer();
    } finally {
      if (press) pressed.delete(press);
    }
  });
  return {
    onAction: (actionId, handle) => routes.add(actionId, handle),
    onActionsUnder: (actionId, handle) =>
      routes.addUnder(actionId, (click) => handle(click, click.actionId.slice(actionId.length + 1))),
  };
}

async function answerClick(front: Front, handle: Handle, body: BlockAction, action: Action): Promise<void> {
  const { client } = front;
  const inModal = body.view?.type === 'modal';
  const menu = body.view?.callback_id === MENU_VIEW ? body.view.id : null;
  const open = (view: ModalView) => {
    const { trigger_id } = body;
    if (menu) return client.views.update({ view_id: menu, view });
    return inModal ? client.views.push({ trigger_id, view }) : client.views.open({ trigger_id, view });
  };
  try {
    await handle({
      who: await front.whoIs(body.user.id),
      place: body.channel?.id ? `slack:${body.channel.id}` : `slack:${body.view?.type ?? 'unknown'}`,
      actionId: action.action_id,
      blockId: action.block_id,
      value: clickedValue(action),
      view: body.view ? openView(body.view) : null,
      message: body.channel && body.message ? { channel: body.channel.id, ts: body.message.ts } : null,
      show: async (view) => void (await open(view)),
      showLater: (work) => front.showLater(work, action.action_id, open),
      redraw: async (view) => {
        if (body.view) await client.views.update({ view_id: body.view.id, view });
      },
      publishHome: (view) => front.publishHome(body.user.id, view),
    });
  } catch (error) {
    await front.apologise(error, action.action_id, body.user.id, open);
  }
}

/** Identifies a press by person, place, button and typed values; null: the act is a selection, not a press. */
function pressOf({ user, view, channel, message }: BlockAction, action: Action): string | null {
  if (action.type !== 'button' && action.type !== 'overflow') return null;
  const place = view ? [view.id, view.state?.values] : [channel?.id, message?.ts];
  return JSON.stringify([user.id, action.action_id, clickedValue(action), ...place]);
}

function clickedValue(action: Action): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action && action.selected_option) return action.selected_option.value ?? '';
  return '';
}
