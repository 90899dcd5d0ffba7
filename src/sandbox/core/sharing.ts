import { newId } from './clock.ts';
import type { Journal } from './journal.ts';
import type { Message } from './types.ts';

/** Slack shares an upload after it has answered, never at once. */
const SHARE_MS = 15;

type Draft = Omit<Message, 'ts'>;

/** Messages of completed uploads that have yet to appear. The journal keeps them, so that a crash only delays them. */
export class Sharing {
  readonly #journal: Journal;
  readonly #promised: Map<string, unknown>;

  constructor(journal: Journal) {
    this.#journal = journal;
    this.#promised = journal.load('share');
  }

  /** Posts the messages that a killed process left. */
  resume(post: (draft: Draft) => void): void {
    for (const [id, draft] of this.#promised) this.#share(id, draft as Draft, post);
    this.#promised.clear();
  }

  later(draft: Draft, post: (draft: Draft) => void, ms = SHARE_MS): void {
    const id = newId('S');
    this.#journal.put('share', id, draft);
    setTimeout(() => this.#share(id, draft, post), ms).unref();
  }

  #share(id: string, draft: Draft, post: (draft: Draft) => void): void {
    this.#journal.remove('share', id);
    post(draft);
  }
}
