/**
 * Redraws the homes of people whose data has changed, after the answer to the click. Each person's home is drawn one at
 * a time, and changes that come meanwhile are drawn together.
 */
export class Homes {
  readonly #publish: (slackId: string) => Promise<void>;
  readonly #running = new Map<string, Promise<void>>();
  readonly #changed = new Set<string>();

  /** @param publish must never reject: the change itself succeeded, and opening the home draws it again anyway */
  constructor(publish: (slackId: string) => Promise<void>) {
    this.#publish = publish;
  }

  /** @param slackId empty for a person without an account, who has no home */
  refresh(slackId: string): void {
    if (slackId === '') return;
    this.#changed.add(slackId);
    if (this.#running.has(slackId)) return;
    this.#running.set(slackId, this.#publishAll(slackId));
  }

  /** Resolves when no home is waiting to be drawn. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #publishAll(slackId: string): Promise<void> {
    await new Promise(setImmediate); // the answer to the click is sent first
    while (this.#changed.delete(slackId)) await this.#publish(slackId);
    this.#running.delete(slackId);
  }
}
