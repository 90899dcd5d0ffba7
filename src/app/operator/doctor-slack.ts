import { LogLevel, WebClient } from '@slack/web-api';
import type { SlackConnection } from '../config.ts';
import { botScopes } from '../demo/local-workspace.ts';
import type { Identity } from '../own-bot.ts';
import { Risk } from './doctor-check.ts';
import type { Drawn } from './drawn.ts';
import { explain } from './trouble.ts';

/** The doctor's checks of Slack. Each returns what is right, or throws what is wrong. */
export function openSlackChecks(slack: SlackConnection) {
  const options = {
    ...(slack.apiUrl ? { slackApiUrl: slack.apiUrl } : {}),
    retryConfig: { retries: 0 },
    timeout: 10_000,
  };
  const client = new WebClient(slack.botToken, options);
  return {
    /** The workspace and the bot of the token; nothing when Slack does not say. `checkBot` says why. */
    identity: async (): Promise<Identity> => {
      const { team_id, bot_id } = await client.auth.test().catch(() => ({}) as Identity);
      return { team_id, bot_id };
    },
    checkBot: () => checkSlack(client),
    checkSocket: (appToken: string) => checkSocket(new WebClient(appToken, options)),
    checkOfficers: () => checkOfficers(client, slack.officers),
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

async function checkSocket(client: WebClient): Promise<string> {
  try {
    await client.apps.connections.open();
  } catch (error) {
    if (!explain(error)?.includes('does not know the token')) throw error;
    throw new Error(
      'Slack does not know SLACK_APP_TOKEN. Copy it again from “App-Level Tokens” on “Basic Information”.',
    );
  }
  return 'SLACK_APP_TOKEN may connect';
}

/** Checks that each officer is an active person of the workspace and not a bot. */
async function checkOfficers(client: WebClient, ids: readonly string[]): Promise<string> {
  if (ids.length === 0)
    throw new Error('OFFICERS is empty. Name at least two, since nobody decides a filing of their own.');
  const wrong: string[] = [];
  for (const user of ids) {
    try {
      const { user: found } = await client.users.info({ user });
      if (found?.deleted) wrong.push(`${user} has left the workspace`);
      else if (found?.is_bot) wrong.push(`${user} is a bot`);
    } catch (error) {
      if (!explain(error)?.includes('user_not_found')) throw error;
      wrong.push(`${user} is nobody of the workspace`);
    }
  }
  if (wrong.length > 0) throw new Error(`${wrong.join('; ')}. Correct OFFICERS.`);
  if (new Set(ids).size > 1) return `${ids.length} from the settings`;
  throw new Risk('OFFICERS names one. Name at least two, since nobody decides a filing of their own.');
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
  if (!channel)
    throw new Risk(
      `${setting} is not set: officers get no review cards. Set it to the id of the officers’ channel.`,
    );
  try {
    const { channel: found } = await client.conversations.info({ channel });
    if (found?.is_member === false) throw new Error(`the bot is not in #${found.name}. Invite it: /invite.`);
    return `#${found?.name ?? channel}`;
  } catch (error) {
    if (!explain(error)?.includes('channel_not_found')) throw error;
    throw new Error(`${channel} is not a channel that the bot can see. Check ${setting} and invite the bot.`);
  }
}

interface Judgement {
  error?: string;
  errors?: { message?: string; pointer?: string }[];
}

/**
 * Asks Slack why it would refuse a window or a message; null: it would take it.
 * @throws Risk where Slack cannot judge
 */
export function openJudge({ botToken, apiUrl }: SlackConnection): (one: Drawn) => Promise<string | null> {
  const client = new WebClient(botToken, {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    retryConfig: { retries: 10, factor: 1 }, // Slack limits the rate of this method and says how long to wait
    timeout: 30_000,
    logLevel: LogLevel.ERROR,
  });
  return async (one) => {
    try {
      await client.blocks.validate(
        'view' in one ? { view: one.view } : { message: { blocks: one.message.blocks } },
      );
      return null;
    } catch (error) {
      const { data } = error as { data?: Judgement };
      if (data?.error === 'unknown_method')
        throw new Risk('Slack at SLACK_API_URL does not know blocks.validate, so nothing was judged.');
      if (!/^invalid_(blocks|message|view)$/.test(data?.error ?? '')) throw error;
      return (data?.errors ?? []).map(({ message, pointer }) => `${message} at ${pointer}`).join(', ');
    }
  };
}
