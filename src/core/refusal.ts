import type { ModalView } from '@slack/types';

/**
 * A refusal in the person's words: what is wrong, and what to do next. Thrown inside an operation, it rolls the whole
 * operation back; the messenger shows it to the person.
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

/** A refusal until the person answers a question; the messenger shows the question instead of the refusal. */
export class QuestionFirst extends Refusal {
  readonly view: ModalView;
  /** Whether the question replaces the window that was submitted. */
  readonly inPlace: boolean;
  constructor(what: string, next: string, view: ModalView, { inPlace = false } = {}) {
    super(what, next);
    this.name = 'QuestionFirst';
    this.view = view;
    this.inPlace = inPlace;
  }
}
