import type { App } from '@slack/bolt';

/** For how long clicks that are being answered hold back what nobody waits for. */
export const PEOPLE_FIRST_MS = 2000;

/** Counts the clicks that are being answered, so that work for which nobody waits comes after them. */
export class Clicks {
  #open = 0;
  readonly #resting = new Set<() => void>();

  /** Counts whatever Slack reports to this app. */
  countIn(app: Pick<App, 'processEvent'>): void {
    const hear = app.processEvent.bind(app);
    app.processEvent = async (event) => {
      this.#open++;
      try {
        return await hear(event);
      } finally {
        this.#open--;
        if (this.#open === 0) for (const go of this.#resting) go();
      }
    };
  }

  /** Resolves when no click is being answered, at the latest after so many ms where they are given. */
  rest(mostMs?: number): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        this.#resting.delete(go);
        resolve();
      };
      const timer = mostMs === undefined ? undefined : setTimeout(go, mostMs);
      this.#resting.add(go);
    });
  }
}
