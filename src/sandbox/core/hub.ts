import type { Dict } from './json.ts';

type Listener = (event: Dict) => void;

/** Fans out what happens to the people who may see it: the page's streams and the tests' waiting hands. */
export class Hub {
  readonly #listeners = new Map<string, Set<Listener>>();

  subscribe(userId: string, listener: Listener): () => void {
    const own = this.#listeners.get(userId) ?? new Set<Listener>();
    this.#listeners.set(userId, own.add(listener));
    return () => own.delete(listener);
  }

  /** Makes the event for each watching person among `users`; null leaves that person out. */
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
