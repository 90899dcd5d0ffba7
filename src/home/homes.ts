/**
 * Homes that something has changed under: shown again after the answer to the click, one at a time for each person, and
 * once for however many changes come meanwhile.
 */
export class Homes {
  readonly #publish: (slackId: string) => Promise<void>;
  readonly #running = new Map<string, Promise<void>>();
  readonly #changed = new Set<string>();

  /** @param publish never rejects: what was done is done, and a home is shown anew when it is opened */
  constructor(publish: (slackId: string) => Promise<void>) {
    this.#publish = publish;
  }

  /** @param slackId empty: somebody without an account, and without a home */
  refresh(slackId: string): void {
    if (slackId === '') return;
    this.#changed.add(slackId);
    if (this.#running.has(slackId)) return;
    this.#running.set(slackId, this.#publishAll(slackId));
  }

  /** Resolves when no home is waiting to be shown. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #publishAll(slackId: string): Promise<void> {
    await new Promise(setImmediate); // the answer goes first
    while (this.#changed.delete(slackId)) await this.#publish(slackId);
    this.#running.delete(slackId);
  }
}
