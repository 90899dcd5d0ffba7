import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { SlackMessenger } from '../../messenger/slack/messenger.ts';
import { OFFERED } from '../../records/filings/states.ts';
import { whoIs } from '../../records/people/who.ts';
import { type Account, noteAccount } from '../../records/presence/presence.ts';
import type { Known } from '../../store/known.ts';
import type { Ground } from '../../store/operation.ts';

/** What `users.info` says; null when Slack cannot be asked now. An account that is not found is gone. */
export function askAccount(client: WebClient, slackId: string): Promise<Account | null> {
  return askOnce(client, slackId).catch(() => null);
}

/** @throws what kept Slack from answering, WebAPIRateLimitedError for one */
async function askOnce(client: WebClient, slackId: string): Promise<Account> {
  try {
    const { user } = await client.users.info({ user: slackId });
    return { slackId, name: user?.real_name ?? null, active: user?.deleted !== true };
  } catch (error) {
    const code = (error as { data?: { error?: string } }).data?.error;
    if (code === 'user_not_found') return { slackId, name: null, active: false };
    throw error;
  }
}

/** Asks again as long as Slack says later; nobody waits for this. */
async function askPatiently(client: WebClient, slackId: string): Promise<Account | null> {
  for (;;) {
    try {
      return await askOnce(client, slackId);
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError)) return null;
      await sleep(error.retryAfter * 1000, undefined, { ref: false }); // keeps no process alive
    }
  }
}

/** The person of `whoIs`. Somebody who counts as gone may be back, and the news of it missed: the messenger is asked. */
export async function whoIsNow(ground: Ground, client: WebClient, slackId: string): Promise<Known> {
  const who = await whoIs(ground.db, slackId);
  if (who.deactivatedAt === null) return who;
  const account = await askAccount(client, slackId);
  if (!account?.active) return who;
  await noteAccount(ground, account);
  return whoIs(ground.db, slackId);
}

/** Follows deactivations: at once by `user_change`, and by a look at the start and daily for what was missed. */
export function registerPresence({ app, log }: SlackMessenger, ground: Ground, client: WebClient) {
  // One after the other: of a return and a leave that come together the later one has to win.
  let noted: Promise<void> = Promise.resolve();
  app.event('user_change', ({ event }) => {
    const { id, deleted, real_name } = event.user;
    const account = { slackId: id, name: real_name ?? null, active: deleted !== true };
    const done = noted.then(() => noteAccount(ground, account));
    noted = done.catch(() => undefined);
    return done;
  });

  /** Everybody with a role or a system, or who is to accept something: whoever can do something, or whose going leaves something behind. */
  return async function checkAccounts(): Promise<void> {
    const offers = await ground.db.filing.findMany({
      where: { state: OFFERED },
      select: { namedId: true },
    });
    const people = await ground.db.person.findMany({
      where: {
        slackId: { not: null },
        deactivatedAt: null,
        OR: [
          { grants: { some: { endedAt: null } } },
          { contactOf: { some: { retiredAt: null } } },
          { id: { in: offers.flatMap(({ namedId }) => namedId ?? []) } },
        ],
      },
      select: { slackId: true },
    });
    let unanswered = 0;
    for (const { slackId } of people) {
      const account = slackId ? await askPatiently(client, slackId) : null;
      if (account) await noteAccount(ground, account);
      else unanswered++;
    }
    log[unanswered > 0 ? 'warn' : 'info']({ people: people.length, unanswered }, 'accounts looked at');
  };
}
