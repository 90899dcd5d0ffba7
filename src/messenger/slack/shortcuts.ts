import type { App, GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Click } from '../click.ts';
import type { Messenger } from '../messenger.ts';
import type { Front } from './front.ts';

/** Listens to the entries in Slack's menus: next to the message box, and behind the three dots of a message. */
export function listenToShortcuts(
  app: App,
  front: Front,
): Pick<Messenger, 'onShortcut' | 'onMessageShortcut'> {
  return {
    onShortcut: (callbackId, handle) => {
      app.shortcut<GlobalShortcut>(
        { type: 'shortcut', callback_id: callbackId },
        async ({ ack, shortcut }) => {
          await ack();
          await begin(front, { ...shortcut, userId: shortcut.user.id, channelId: null }, handle);
        },
      );
    },
    onMessageShortcut: (callbackId, handle) => {
      app.shortcut<MessageShortcut>(
        { type: 'message_action', callback_id: callbackId },
        async ({ ack, shortcut }) => {
          await ack();
          const { user, channel, message } = shortcut;
          await begin(front, { ...shortcut, userId: user.id, channelId: channel.id }, (click) =>
            handle(click, message.text ?? ''),
          );
        },
      );
    },
  };
}

interface Begun {
  callback_id: string;
  trigger_id: string;
  userId: string;
  channelId: string | null;
}

async function begin(
  front: Front,
  { callback_id: callbackId, trigger_id, userId, channelId }: Begun,
  handle: (click: Click) => Promise<void>,
): Promise<void> {
  const open = (view: ModalView) => front.client.views.open({ trigger_id, view });
  const show = async (view: ModalView) => void (await open(view));
  const answer = async () =>
    handle({
      who: await front.whoIs(userId),
      place: channelId ? `slack:${channelId}` : 'slack:shortcut',
      actionId: callbackId,
      blockId: '',
      value: '',
      view: null,
      message: null,
      show,
      showLater: (work) => front.showLater(work, callbackId, open),
      redraw: show,
      publishHome: (view) => front.publishHome(userId, view),
    });
  await front.inTurn(() =>
    answer().catch((error: unknown) => front.apologise(error, callbackId, userId, open)),
  );
}
