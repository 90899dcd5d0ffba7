import type { ModalView } from '@slack/types';
import type { Decision } from '../filing/decide.ts';

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

/**
 * Refused for want of the officer's one-time code. The messenger asks for it instead of showing the refusal; once it
 * is given, the decision is carried out without another press.
 */
export class StepUpNeeded extends Refusal {
  readonly lacks: 'CODE' | 'ENROLMENT';
  readonly decision: Decision;
  /** What is about to be decided, in the person's words. */
  readonly what: string;
  constructor(lacks: 'CODE' | 'ENROLMENT', decision: Decision, what: string) {
    super('일회용 비밀번호를 확인해야 하는 처리입니다.', '단추를 다시 눌러 일회용 비밀번호를 입력하십시오.');
    this.name = 'StepUpNeeded';
    this.lacks = lacks;
    this.decision = decision;
    this.what = what;
  }
}

/** Refused until something is chosen; the messenger shows the question instead of the refusal. */
export class QuestionFirst extends Refusal {
  readonly view: ModalView;
  constructor(what: string, next: string, view: ModalView) {
    super(what, next);
    this.name = 'QuestionFirst';
    this.view = view;
  }
}
