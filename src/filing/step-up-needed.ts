import { QuestionFirst } from '../core/refusal.ts';
import type { CodeRequest } from './decision.ts';
import { stepUpView } from './step-up-views.ts';

/**
 * A refusal until the officer gives a one-time code. The window asks for the code instead of showing the refusal.
 * Once it is given, the decision is carried out without another press.
 */
export class StepUpNeeded extends QuestionFirst {
  constructor(lacks: 'CODE' | 'ENROLMENT', request: CodeRequest) {
    super(
      '일회용 비밀번호를 확인해야 하는 처리입니다.',
      '단추를 다시 눌러 일회용 비밀번호를 입력하십시오.',
      stepUpView(lacks, request),
      // The window of the code keeps the decision with its words.
      { inPlace: true },
    );
    this.name = 'StepUpNeeded';
  }
}
