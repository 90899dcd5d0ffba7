/**
 * Handlers by the id of what was clicked. Bolt would ask every listener about every event, some 250 of them; it has one
 * listener for each kind of payload, and this finds the handler.
 */
export class Routes<H> {
  readonly #exact = new Map<string, H>();
  readonly #under = new Map<string, H>();

  add(id: string, handler: H): void {
    put(this.#exact, id, handler);
  }

  /** For ids of this one, a dot and a rest. */
  addUnder(id: string, handler: H): void {
    put(this.#under, id, handler);
  }

  /** The handler of this very id, else of the longest that it stands under; undefined: nobody listens. */
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

/** @throws Error when two rooms listen to one id: one of them would never hear of it */
function put<H>(handlers: Map<string, H>, id: string, handler: H): void {
  if (handlers.has(id)) throw new Error(`two listeners for ${id}`);
  handlers.set(id, handler);
}
