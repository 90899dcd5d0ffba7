import type { Dict } from './json.ts';

type Listener = (event: Dict) => void;

/** Passes events on to the people who may see them: to the streams of the page, and to tests that wait. */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>();

  subscribe(userId: string, listener: Listener): () => void {
    const own = this.#listeners.get(userId) ?? new Set<Listener>();
    this.#listeners.set(userId, own.add(listener));
    return () => own.delete(listener);
  }

  /** Sends each listening person among `users` the event that `eventFor` makes for them; null: no event. */
  tell(users: Iterable<string>, eventFor: (userId: string) => Dict | null): void {
    for (const userId of new Set(users)) {
      const own = this.#listeners.get(userId);
      if (!own || own.size === 0) continue;
      const event = eventFor(userId);
      if (event) for (const listener of [...own]) listener(event);
    }
  }

  tellAll(event: Dict): void {
    this.tell(this.#listeners.keys(), () => event);
  }
}
