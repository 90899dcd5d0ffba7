import { newHex, newId } from './clock.ts';
import type { Journal } from './journal.ts';
import { compact, type Dict } from './json.ts';
import type { State } from './state.ts';
import type { Identity, WorkspaceOptions } from './types.ts';

/** One event, interaction or command that Slack sends to the app. */
export interface Envelope {
  type: 'events_api' | 'interactive' | 'slash_commands';
  payload: Dict;
  /** Whether the acknowledgement may carry an answer. */
  acceptsResponse: boolean;
  /** For events only: how often it was sent before, and why it is sent again. */
  retry?: { attempt: number; reason: string };
}

export interface Ack {
  ok: boolean;
  /** The answer in the acknowledgement; empty when there is none. */
  body: Dict;
  /** Why there was no acknowledgement, as one of Slack's retry reasons. */
  reason?: 'no_connection' | 'timeout' | 'http_error' | 'connection_failed';
  /** The app asked not to get the event again. */
  noRetry?: boolean;
}

/** How the app is reached: Socket Mode or signed HTTP. */
export interface Transport {
  connected(): boolean;
  send(envelope: Envelope): Promise<Ack>;
  close(): Promise<void>;
}

interface PendingEvent {
  id: string;
  body: Dict;
  /** Milliseconds since 1970. */
  since: number;
  attempt: number;
  reason: string;
}

const RETRY_DELAYS_MS = [0, 60_000, 300_000];

/** An event older than this is not sent any more, since Slack would have given it up. */
const GIVE_UP_MS = 6 * 60_000;

/** Sends events (repeated until acknowledged), interactions and commands (once) to the app. */
export class Delivery {
  readonly #transport: Transport;
  readonly #journal: Journal;
  readonly #state: State;
  readonly #identity: Identity;
  readonly #delays: readonly number[];
  readonly #waiting = new Map<string, PendingEvent>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(
    transport: Transport,
    journal: Journal,
    state: State,
    identity: Identity,
    options: WorkspaceOptions,
  ) {
    this.#transport = transport;
    this.#journal = journal;
    this.#state = state;
    this.#identity = identity;
    this.#delays = options.retryDelaysMs ?? RETRY_DELAYS_MS;
    for (const [id, pending] of journal.load('event')) this.#waiting.set(id, pending as PendingEvent);
  }

  get connected(): boolean {
    return this.#transport.connected();
  }

  /** Sends an Events API event. Resolves after the first attempt; repetitions follow by themselves. */
  async event(event: Dict): Promise<Ack> {
    const now = this.#state.clock.now().getTime();
    const id = newId('Ev');
    const pending = { id, body: this.#wrap(id, event), since: now, attempt: 0, reason: '' };
    this.#journal.put('event', id, pending);
    return this.#attempt(pending);
  }

  /** Sends an interaction payload; `acceptsResponse` as Slack sets it for the kind. */
  interact(payload: Dict, acceptsResponse: boolean): Promise<Ack> {
    return this.#transport.send({ type: 'interactive', payload, acceptsResponse });
  }

  command(payload: Dict): Promise<Ack> {
    return this.#transport.send({ type: 'slash_commands', payload, acceptsResponse: true });
  }

  /** Sends any payload as if it came from Slack. */
  raw(type: Envelope['type'], payload: Dict): Promise<Ack> {
    if (type !== 'events_api') return this.#transport.send({ type, payload, acceptsResponse: true });
    const body = payload.type === 'event_callback' ? payload : this.#wrap(newId('Ev'), payload);
    return this.#transport.send({
      type,
      payload: body,
      acceptsResponse: false,
      retry: { attempt: 0, reason: '' },
    });
  }

  /** Sends the events that have waited for a connection; to be called when there is one. */
  flush(): void {
    const now = this.#state.clock.now().getTime();
    for (const pending of [...this.#waiting.values()]) {
      this.#waiting.delete(pending.id);
      if (now - pending.since > GIVE_UP_MS) this.#journal.remove('event', pending.id);
      else void this.#attempt(pending);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#transport.close();
  }

  async #attempt(pending: PendingEvent): Promise<Ack> {
    if (this.#closed || !this.#transport.connected()) {
      this.#waiting.set(pending.id, pending);
      return { ok: false, body: {}, reason: 'no_connection' };
    }
    const ack = await this.#transport.send({
      type: 'events_api',
      payload: pending.body,
      acceptsResponse: false,
      retry: { attempt: pending.attempt, reason: pending.reason },
    });
    const delay = this.#delays[pending.attempt];
    if (ack.ok || ack.noRetry || delay === undefined) this.#journal.remove('event', pending.id);
    else this.#later(delay, { ...pending, attempt: pending.attempt + 1, reason: ack.reason ?? 'timeout' });
    return ack;
  }

  #later(delay: number, pending: PendingEvent): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(pending);
    }, delay);
    timer.unref();
    this.#timers.add(timer);
  }

  #wrap(id: string, event: Dict): Dict {
    const { teamId, appId, botUserId, verificationToken } = this.#identity;
    return {
      token: verificationToken,
      team_id: teamId,
      api_app_id: appId,
      event: compact(event),
      type: 'event_callback',
      event_id: id,
      event_time: this.#state.clock.seconds(),
      authorizations: [
        {
          enterprise_id: null,
          team_id: teamId,
          user_id: botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${newHex(12)}`,
    };
  }
}
