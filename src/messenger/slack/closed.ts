import type { App } from '@slack/bolt';
import type { Messenger } from '../messenger.ts';
import { Routes } from './routes.ts';

/** Listens to windows that a person closes; Slack reports only those that ask for it. */
export function listenToClosed(app: App): Messenger['onClosed'] {
  const routes = new Routes<(slackId: string) => void>();
  app.view({ callback_id: /^/, type: 'view_closed' }, async ({ ack, body, view }) => {
    await ack();
    routes.find(view.callback_id)?.(body.user.id);
  });
  return (callbackId, handle) => routes.add(callbackId, handle);
}
