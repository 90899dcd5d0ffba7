import type { WebClient } from '@slack/web-api';
import type { Person } from '../../store/client/client.ts';
import { DESK, QUESTIONS } from '../../store/outbox.ts';
import type { Db } from '../../store/store.ts';

interface ChannelParts {
  db: Db;
  client: WebClient;
  deskChannel: string | null;
  /** The channel for questions; null: the officers' desk. */
  questionsChannel?: string | null;
  paceMs: number;
}

const BURST = 3;

/** Finds the channel of a recipient, remembers it, and keeps to Slack's limit of messages per channel. */
export class Channels {
  readonly #parts: ChannelParts;
  readonly #conversations = new Map<string, string>();
  readonly #nextFree = new Map<string, number>();

  constructor(parts: ChannelParts) {
    this.#parts = parts;
  }

  /** The channel of a recipient. @returns null when there is none */
  async of(recipient: string): Promise<string | null> {
    const { db, client, deskChannel, questionsChannel = null } = this.#parts;
    if (recipient === DESK) return deskChannel;
    if (recipient === QUESTIONS) return questionsChannel ?? deskChannel;
    const known = this.#conversations.get(recipient);
    if (known) return known;
    const [person] = await db.$queryRaw<Pick<Person, 'slackId'>[]>`
      SELECT "slackId" FROM "Person" WHERE id = ${recipient}`;
    if (!person?.slackId) return null;
    const { channel } = await client.conversations.open({ users: person.slackId });
    if (channel?.id) this.#conversations.set(recipient, channel.id);
    return channel?.id ?? null;
  }

  /** Waits for the channel's turn: BURST messages at once, then one per paceMs. */
  async turn(channel: string): Promise<void> {
    const { paceMs } = this.#parts;
    const earliest = Math.max(this.#nextFree.get(channel) ?? 0, performance.now() - BURST * paceMs);
    this.#nextFree.set(channel, earliest + paceMs);
    const wait = earliest - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
