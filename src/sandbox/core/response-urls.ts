import { type Clock, newHex } from './clock.ts';
import { ApiRefusal } from './refusal.ts';

const LIFE_MS = 30 * 60_000;
const MAX_USES = 5;

export interface ResponseUrl {
  userId: string;
  channel: string;
  /** The message with the clicked element; none for a command. */
  originalTs?: string;
}

/** response_urls: each accepts five answers within half an hour, without a token. */
export class ResponseUrls {
  readonly #known = new Map<string, { target: ResponseUrl; at: number; uses: number }>();
  readonly #clock: Clock;
  readonly #url: string;

  /** @param url the address of the workspace, without a trailing slash */
  constructor(clock: Clock, url: string) {
    this.#clock = clock;
    this.#url = url;
  }

  create(kind: 'actions' | 'commands', target: ResponseUrl): string {
    const at = this.#clock.now().getTime();
    for (const [id, known] of this.#known) {
      if (at - known.at <= LIFE_MS) break;
      this.#known.delete(id);
    }
    const id = newHex(20);
    this.#known.set(id, { target, at, uses: 0 });
    return `${this.#url}/${kind}/${id}`;
  }

  /** Counts one of the five answers. @throws ApiRefusal expired_url, used_url */
  take(id: string): ResponseUrl {
    const known = this.#known.get(id);
    if (!known || this.#clock.now().getTime() - known.at > LIFE_MS) throw new ApiRefusal('expired_url');
    if (known.uses >= MAX_USES) throw new ApiRefusal('used_url');
    known.uses += 1;
    return known.target;
  }
}
