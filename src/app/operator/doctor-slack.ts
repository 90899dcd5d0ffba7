import { WebClient } from '@slack/web-api';
import type { SlackConnection } from '../config.ts';
import { botScopes } from './local-workspace.ts';
import { explain } from './trouble.ts';

/** What the doctor asks of Slack; each says what is well, or throws what is not. */
export function openSlackChecks(slack: SlackConnection) {
  const client = new WebClient(slack.botToken, {
    ...(slack.apiUrl ? { slackApiUrl: slack.apiUrl } : {}),
    retryConfig: { retries: 0 },
    timeout: 10_000,
  });
  return {
    checkSlack: () => checkSlack(client),
    checkChannel: () => checkChannel(client, slack.adminChannel, 'ADMIN_CHANNEL'),
    checkQuestions: () => checkQuestions(client, slack),
  };
}

async function checkSlack(client: WebClient): Promise<string> {
  const { team, user, response_metadata } = await client.auth.test();
  const granted = response_metadata?.scopes;
  const missing = botScopes().filter((scope) => granted && !granted.includes(scope));
  if (missing.length > 0)
    throw new Error(
      `the app lacks the scopes ${missing.join(', ')}. Install it again from manifests/manifest.json.`,
    );
  return `${team} as ${user}`;
}

async function checkQuestions(client: WebClient, slack: SlackConnection): Promise<string> {
  return slack.questionsChannel
    ? checkChannel(client, slack.questionsChannel, 'QUESTIONS_CHANNEL')
    : 'the officers’ channel (QUESTIONS_CHANNEL is not set)';
}

async function checkChannel(
  client: WebClient,
  channel: string | null,
  setting: 'ADMIN_CHANNEL' | 'QUESTIONS_CHANNEL',
): Promise<string> {
  if (!channel) throw new Error(`${setting} is not set. Set it to the id of the officers’ channel.`);
  try {
    const { channel: found } = await client.conversations.info({ channel });
    if (found?.is_member === false) throw new Error(`the bot is not in #${found.name}. Invite it: /invite.`);
    return `#${found?.name ?? channel}`;
  } catch (error) {
    if (!explain(error)?.includes('channel_not_found')) throw error;
    throw new Error(`${channel} is not a channel that the bot can see. Check ${setting} and invite the bot.`);
  }
}
