/**
 * A refusal in the person's words: what is wrong, and what to do next. Thrown inside an operation it undoes all of
 * it; the messenger shows it where the person is.
 */
export class Refusal extends Error {
  /** What to do next. */
  readonly next: string | null;
  constructor(what: string, next: string | null = null) {
    super(what);
    this.name = 'Refusal';
    this.next = next;
  }
}
