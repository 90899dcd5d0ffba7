import { type Clock, newHex } from './clock.ts';

const FORGET_MS = 60_000;

type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

/** trigger_ids: each good for one modal, within `lifeMs` of the click. */
export class Triggers {
  readonly #known = new Map<string, { userId: string; at: number; used: boolean }>();
  readonly #clock: Clock;
  readonly #lifeMs: number;

  constructor(clock: Clock, lifeMs = 3000) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  create(userId: string): string {
    const at = this.#clock.now().getTime();
    for (const [id, trigger] of this.#known) {
      if (at - trigger.at < FORGET_MS) break;
      this.#known.delete(id);
    }
    const id = `${at}.${Math.floor(Math.random() * 1e10)}.${newHex(16)}`;
    this.#known.set(id, { userId, at, used: false });
    return id;
  }

  /** The person of the trigger, which becomes invalid by this call; or Slack's error code when it is not valid. */
  take(id: unknown): { userId: string } | { error: TriggerError } {
    const trigger = typeof id === 'string' ? this.#known.get(id) : undefined;
    if (!trigger) return { error: 'invalid_trigger_id' };
    if (trigger.used) return { error: 'exchanged_trigger_id' };
    if (this.#clock.now().getTime() - trigger.at > this.#lifeMs) return { error: 'expired_trigger_id' };
    trigger.used = true;
    return { userId: trigger.userId };
  }
}
