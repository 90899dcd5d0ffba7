import type { App } from '@slack/bolt';
import { LIMIT, plain } from '../blocks.ts';
import type { Messenger } from '../messenger.ts';
import type { Front } from './front.ts';
import { Routes } from './routes.ts';

/** Gives search fields their options while a person types. */
export function listenToSearches(app: App, front: Front): Messenger['onOptions'] {
  const routes = new Routes<Parameters<Messenger['onOptions']>[1]>();
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: /^/ },
    async ({ ack, body, payload }) => {
      const actionId = payload.action_id;
      const find = routes.find(actionId);
      if (!find) return front.nobody(actionId);
      const search = async () => find(payload.value, await front.whoIs(body.user.id));
      const found = await front.inTurn(search).catch((error: unknown) => {
        front.log.error({ err: error, what: actionId }, 'a search failed');
        return [];
      });
      await ack({
        options: found.slice(0, 100).map(({ text, value }) => ({ text: plain(text, LIMIT.option), value })),
      });
    },
  );
  return (actionId, find) => routes.add(actionId, find);
}
