/** How long a home counts as open: after a working day people open it again before they read it. */
const OPEN_MS = 12 * 60 * 60 * 1000;

interface OpenHomesParts {
  now: () => Date;
  /** Which of these accounts belong to people who see the officers' part of the home. */
  officersAmong: (slackIds: string[]) => Promise<string[]>;
  refresh: (slackId: string) => void;
  failed: (error: unknown) => void;
  /** How long changes are collected before homes are redrawn, in ms: Slack takes some hundred views a minute. */
  pause: number;
}

/**
 * Homes that are open: Slack reports when a home is opened, but not when it is left. Officers' homes are redrawn when
 * the desk changes, once for all changes within the pause. A home on which a page or a filter was chosen is not redrawn
 * until it is opened again.
 */
export class OpenHomes {
  readonly #parts: OpenHomesParts;
  readonly #openedAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  /** When the newest message at the desk was sent that the homes show. */
  #toldAt: number;

  constructor(parts: OpenHomesParts) {
    this.#parts = parts;
    this.#toldAt = parts.now().getTime();
  }

  get areNone(): boolean {
    return this.#openedAt.size === 0;
  }

  opened(slackId: string): void {
    this.#openedAt.set(slackId, this.#parts.now().getTime());
  }

  turned(slackId: string): void {
    this.#openedAt.delete(slackId);
  }

  /** The newest message at the desk was sent at this time, from this process or from another one. */
  deskToldAt(at: Date): void {
    if (at.getTime() > this.#toldAt) this.deskChanged(at);
  }

  deskChanged(at: Date): void {
    this.#toldAt = Math.max(this.#toldAt, at.getTime());
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
