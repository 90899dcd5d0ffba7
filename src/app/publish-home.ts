import { whoIsNow } from '../features/presence/presence-slack.ts';
import type { Filings } from '../filing/procedure.ts';
import { homeView } from '../home/home.ts';
import type { Clients } from '../messenger/slack/clients.ts';

/** Draws a person's home anew. @throws the error with which Slack refused it */
export async function publishHome(filings: Filings, client: Clients['bulk'], slackId: string): Promise<void> {
  const view = await homeView(filings, await whoIsNow(filings, client, slackId));
  await client.views.publish({ user_id: slackId, view });
}
