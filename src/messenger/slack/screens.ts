import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { chosenFile } from '../entered.ts';
import type { Messenger } from '../messenger.ts';
import { replaceMessage } from './send.ts';
import { takeBack } from './take-back.ts';

type Screens = Pick<
  Messenger,
  | 'onHomeOpened'
  | 'onMessagesOpened'
  | 'onInvited'
  | 'redrawWindow'
  | 'replaceMessage'
  | 'takeBack'
  | 'findFile'
>;

/** What rooms do on screens outside of a click: they name views, messages and files by their ids. */
export function createScreens(app: App, client: WebClient): Screens {
  return {
    onHomeOpened: (handle) =>
      app.event('app_home_opened', async ({ event }) => {
        if (event.tab === 'home') handle(event.user);
      }),
    onMessagesOpened: (handle) =>
      app.event('app_home_opened', async ({ event }) => {
        if (event.tab === 'messages') await handle(event.user);
      }),
    onInvited: (answer) =>
      app.event('member_joined_channel', async ({ event, context, say }) => {
        if (event.user === context.botUserId) await say(answer(event.channel));
      }),
    redrawWindow: async (viewId, view) => void (await client.views.update({ view_id: viewId, view })),
    replaceMessage: async (place, notice) => void (await replaceMessage(client, place, notice)),
    takeBack: (row) => takeBack(client, row),
    findFile: async (id) => {
      const { file } = await client.files.info({ file: id }).catch(() => ({ file: undefined }));
      return file ? { file: chosenFile({ ...file, id }), sentBy: file.user ?? null } : null;
    },
  };
}
