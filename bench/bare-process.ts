// The baseline of the benchmark, in its own process: a Bolt app that shows a home, opens a window and acknowledges.
import { App, SocketModeReceiver } from '@slack/bolt';
import type { SlackConnection } from '../src/app/config.ts';
import { serve } from './child.ts';

const { connection } = JSON.parse(process.argv[2] ?? '{}') as {
  connection: Extract<SlackConnection, { mode: 'socket' }>;
};
const clientOptions = connection.apiUrl ? { slackApiUrl: connection.apiUrl } : {};
const receiver = new SocketModeReceiver({
  appToken: connection.appToken,
  installerOptions: { clientOptions },
});
const app = new App({ token: connection.botToken, receiver, clientOptions });
const label = { type: 'plain_text' as const, text: '열기' };
const view = {
  type: 'modal' as const,
  callback_id: 'bare',
  title: label,
  submit: label,
  blocks: [{ type: 'section' as const, text: label }],
};
app.event('app_home_opened', async ({ event, client }) => {
  const blocks = [
    { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'open', text: label }] },
  ];
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
});
app.action({ type: 'block_actions', action_id: 'open' }, async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view });
});
app.view('bare', ({ ack }) => ack({ response_action: 'update', view }));
await app.start();
serve(async () => undefined);
