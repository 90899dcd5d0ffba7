/** A working day: a home that was opened before is opened anew before it is read. */
const OPEN_MS = 12 * 60 * 60 * 1000;

interface OpenHomesParts {
  now: () => Date;
  /** Which of these people may see the desk, by messenger account. */
  officersAmong: (slackIds: string[]) => Promise<string[]>;
  refresh: (slackId: string) => void;
  failed: (error: unknown) => void;
  /** How long changes are gathered, in ms: Slack takes some hundred views a minute. */
  pause: number;
}

/**
 * Homes that stand open: Slack says when one is opened and never when it is left. Officers' ones are shown again when
 * something came to the desk, once for all that came within the pause; one that was turned to a page or filtered is
 * left as it is until it is opened anew.
 */
export class OpenHomes {
  readonly #parts: OpenHomesParts;
  readonly #openedAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: OpenHomesParts) {
    this.#parts = parts;
  }

  opened(slackId: string): void {
    this.#openedAt.set(slackId, this.#parts.now().getTime());
  }

  turned(slackId: string): void {
    this.#openedAt.delete(slackId);
  }

  deskChanged(): void {
    if (this.#timer || this.#openedAt.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#refresh().catch(this.#parts.failed);
    }, this.#parts.pause);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#openedAt.clear();
  }

  async #refresh(): Promise<void> {
    const since = this.#parts.now().getTime() - OPEN_MS;
    for (const [slackId, at] of this.#openedAt) if (at < since) this.#openedAt.delete(slackId);
    for (const slackId of await this.#parts.officersAmong([...this.#openedAt.keys()]))
      this.#parts.refresh(slackId);
  }
}
