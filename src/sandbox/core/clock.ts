import { randomInt } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Random characters: Node keeps a stock of random numbers, so that this asks the system seldom. */
function random(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** A random id in Slack's style, such as `V07XK2M9QAB`. */
export function newId(prefix: string, length = 10): string {
  return prefix + random(ALPHABET, length);
}

export function newHex(bytes: number): string {
  return random('0123456789abcdef', bytes * 2);
}

/** Wall time and Slack's message time stamps, which never repeat even when the wall clock stands still. */
export class Clock {
  readonly now: () => Date;
  #lastMicros = 0;

  constructor(now: () => Date) {
    this.now = now;
  }

  /** Keeps later stamps above one that was given out before a restart. */
  startAfter(ts: string): void {
    this.#lastMicros = Math.max(this.#lastMicros, Math.round(Number(ts) * 1e6));
  }

  /** `seconds.microseconds`, strictly increasing. */
  ts(): string {
    this.#lastMicros = Math.max(this.#lastMicros + 1, this.now().getTime() * 1000);
    const seconds = Math.floor(this.#lastMicros / 1e6);
    return `${seconds}.${String(this.#lastMicros % 1e6).padStart(6, '0')}`;
  }

  seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }
}
