import type { ModalView } from '@slack/types';

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

/** Refused until something is chosen; the messenger shows the question instead of the refusal. */
export class QuestionFirst extends Refusal {
  readonly view: ModalView;
  /** Whether the question takes the place of a window that was submitted. */
  readonly inPlace: boolean;
  constructor(what: string, next: string, view: ModalView, { inPlace = false } = {}) {
    super(what, next);
    this.name = 'QuestionFirst';
    this.view = view;
    this.inPlace = inPlace;
  }
}
