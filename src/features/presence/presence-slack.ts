import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { SlackMessenger } from '../../messenger/slack/messenger.ts';
import { OFFERED } from '../../records/filings/states.ts';
import { whoIs } from '../../records/people/who.ts';
import { type Account, noteAccount } from '../../records/presence/presence.ts';
import type { Known } from '../../store/known.ts';
import type { Ground } from '../../store/operation.ts';

/** The account as `users.info` reports it; null when Slack does not answer. An unknown account counts as not active. */
export function askAccount(client: WebClient, slackId: string): Promise<Account | null> {
  return askOnce(client, slackId).catch(() => null);
}

const slackErrorOf = (error: unknown) => (error as { data?: { error?: string } }).data?.error;

/** @throws the error of the call, for example WebAPIRateLimitedError */
async function askOnce(client: WebClient, slackId: string): Promise<Account> {
  try {
    const { user } = await client.users.info({ user: slackId });
    return { slackId, name: user?.real_name ?? null, active: user?.deleted !== true };
  } catch (error) {
    if (slackErrorOf(error) === 'user_not_found') return { slackId, name: null, active: false };
    throw error;
  }
}

/** Asks, and repeats the call as long as Slack limits the rate. It runs in the background. @throws as askOnce, but for that */
async function askPatiently(client: WebClient, slackId: string): Promise<Account> {
  for (;;) {
    try {
      return await askOnce(client, slackId);
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError)) throw error;
      await sleep(error.retryAfter * 1000, undefined, { ref: false }); // the timer does not keep the process alive
    }
  }
}

/** Like `whoIs`, but asks Slack about a deactivated person: they may be active again, and the event was missed. */
export async function whoIsNow(ground: Ground, client: WebClient, slackId: string): Promise<Known> {
  const who = await whoIs(ground.db, slackId);
  if (who.deactivatedAt === null) return who;
  const account = await askAccount(client, slackId);
  if (!account?.active) return who;
  await noteAccount(ground, account);
  return whoIs(ground.db, slackId);
}

/** Follows deactivations: at once by `user_change`, and by a check at the start and daily for missed events. */
export function registerPresence({ app, log }: SlackMessenger, ground: Ground, client: WebClient) {
  // Events are handled one after the other, so that the last of several about a person decides.
  let noted: Promise<void> = Promise.resolve();
  app.event('user_change', ({ event }) => {
    const { id, deleted, real_name } = event.user;
    const account = { slackId: id, name: real_name ?? null, active: deleted !== true };
    const done = noted.then(() => noteAccount(ground, account));
    noted = done.catch(() => undefined);
    return done;
  });

  async function look(): Promise<void> {
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
    const errors: unknown[] = [];
    let hidden = 0;
    for (const slackId of people.flatMap((person) => person.slackId ?? [])) {
      const account = await askPatiently(client, slackId).catch((error: unknown) => {
        if (slackErrorOf(error) === 'user_not_visible') hidden++;
        else errors.push(error);
      });
      if (account) await noteAccount(ground, account);
    }
    const unanswered = errors.length + hidden;
    log[unanswered > 0 ? 'warn' : 'info']({ people: people.length, unanswered }, 'accounts looked at');
    if (errors.length > 0)
      throw new Error(`Slack did not answer about ${errors.length} of ${people.length} accounts`, {
        cause: errors.at(-1),
      });
  }

  let looking: Promise<void> | undefined;
  /**
   * Asks Slack about everybody who has a role, is a contact, or is named in an offer that waits for them. A call while
   * another runs waits for its end. @throws when Slack did not answer about all of them; whom it hides from this bot (a
   * guest of another workspace) it will not show tomorrow either
   */
  return function checkAccounts(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}
