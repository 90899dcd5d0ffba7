// The baseline of the benchmark, in its own process: a Bolt app that shows what it is given, fetches the files that
// people choose, and keeps nothing.
import { App, SocketModeReceiver } from '@slack/bolt';
import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import type { SlackConnection } from '../src/app/config.ts';
import { serve } from './child.ts';
import type { Shown } from './shown.ts';

const { connection, shown } = JSON.parse(process.argv[2] ?? '{}') as {
  connection: Extract<SlackConnection, { mode: 'socket' }>;
  shown: Shown;
};
const home = shown.home as HomeView;
const windows = shown.windows as ModalView[];
const clientOptions = connection.apiUrl ? { slackApiUrl: connection.apiUrl } : {};
const receiver = new SocketModeReceiver({
  appToken: connection.appToken,
  installerOptions: { clientOptions },
});
const app = new App({ token: connection.botToken, receiver, clientOptions });
/** Which window a person has open, by their account. */
const at = new Map<string, number>();
app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: home });
});
app.action({ type: 'block_actions' }, async ({ ack, body, client }) => {
  await ack();
  const [view] = windows;
  if (body.view?.type !== 'home' || !view) return;
  at.set(body.user.id, 0);
  await client.views.open({ trigger_id: body.trigger_id, view });
});
app.view({ type: 'view_submission' }, async ({ ack, body, client }) => {
  const chosen = Object.values(body.view.state.values).flatMap((fields) => Object.values(fields));
  for (const file of chosen.flatMap((field) => field.files ?? [])) await fetchFile(file);
  const next = (at.get(body.user.id) ?? 0) + 1;
  at.set(body.user.id, next);
  const view = windows[next];
  if (view) return ack({ response_action: 'update', view });
  await ack({ response_action: 'clear' });
  await client.views.publish({ user_id: body.user.id, view: home });
  for (const { to, text, blocks } of shown.messages) {
    const channel = (to === 'desk' && connection.adminChannel) || body.user.id;
    await client.chat.postMessage({ channel, text, blocks: blocks as KnownBlock[] });
  }
});
await app.start();
serve(async () => undefined);

async function fetchFile(file: { url_private_download?: string }): Promise<void> {
  const headers = { authorization: `Bearer ${connection.botToken}` };
  await (await fetch(file.url_private_download ?? '', { headers })).arrayBuffer();
}
