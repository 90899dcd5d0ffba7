/**
 * Finds the handler for an id. Bolt would ask each of some 250 listeners about every event; so Bolt has one listener
 * for each kind of payload, which looks its handler up here.
 */
export class Routes<H> {
  readonly #exact = new Map<string, H>();
  readonly #under = new Map<string, H>();

  add(id: string, handler: H): void {
    put(this.#exact, id, handler);
  }

  /** Adds a handler for all ids that begin with this one and a dot. */
  addUnder(id: string, handler: H): void {
    put(this.#under, id, handler);
  }

  /** The handler for exactly this id, else for its longest registered beginning; undefined: there is none. */
  find(id: string): H | undefined {
    const exact = this.#exact.get(id);
    if (exact) return exact;
    for (let dot = id.lastIndexOf('.'); dot > 0; dot = id.lastIndexOf('.', dot - 1)) {
      const under = this.#under.get(id.slice(0, dot));
      if (under) return under;
    }
    return undefined;
  }
}

/** @throws Error when two rooms register the same id: one of them would never be called */
function put<H>(handlers: Map<string, H>, id: string, handler: H): void {
  if (handlers.has(id)) throw new Error(`two listeners for ${id}`);
  handlers.set(id, handler);
}
