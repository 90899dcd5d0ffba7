import type { KnownBlock, ModalView } from '@slack/types';
import { seoulDay } from '../../core/calendar.ts';
import { modal } from '../blocks.ts';
import type { OpenView, Outcome } from '../click.ts';
import { type Intake, takeFiles } from '../intake.ts';
import { parseAnswers } from './answers.ts';
import type { Answers, AnswersOf, Fields, Form } from './form.ts';
import { readState, stepBlocks } from './form-view.ts';

/** A form in a single window, without a draft and without conditional fields. */
export interface FormWindow<F extends Fields = Fields> {
  callbackId: string;
  title: string;
  submit: string;
  form: Form<F>;
  metadata?: Record<string, string>;
  /** Blocks above the fields. */
  above?: KnownBlock[];
  /** Gives the name for the code in a search field. */
  nameOf?: (code: string) => string;
}

/** The window with these answers filled in, and with errors under their fields. */
export function formWindow<F extends Fields>(
  { callbackId, title, submit, form, metadata = {}, above = [], nameOf = String }: FormWindow<F>,
  answers: Answers = {},
  problems: Record<string, string> = {},
): ModalView {
  const blocks = stepBlocks(form, 0, { answers, problems, nameOf });
  return modal({ callbackId, title, submit, close: '취소', metadata, blocks: [...above, ...blocks] });
}

type Read<F extends Fields> = { ok: true; answers: AnswersOf<F> } | { ok: false; outcome: Outcome };

/** Reads the submitted answers; files are checked and stored. `kept` holds stored files that may stay. */
export async function readWindow<F extends Fields>(
  intake: Intake,
  window: FormWindow<F>,
  view: OpenView,
  kept: Answers = {},
): Promise<Read<F>> {
  const { typed, files: chosen } = readState(window.form, 0, view.values);
  const { refs, refused } = await takeFiles(intake, chosen);
  return answered(window, { ...kept, ...typed, ...refs }, intake.now(), refused);
}

/** Reads the submitted answers of a window without a file field. */
export function readTyped<F extends Fields>(window: FormWindow<F>, view: OpenView, now: Date): Read<F> {
  return answered(window, readState(window.form, 0, view.values).typed, now);
}

function answered<F extends Fields>(
  window: FormWindow<F>,
  given: Answers,
  now: Date,
  refused: Record<string, string> = {},
): Read<F> {
  const parsed = parseAnswers(window.form, given, { today: seoulDay(now), channel: 'ONLINE' });
  const errors = { ...parsed.errors, ...refused };
  if (Object.keys(errors).length === 0) return { ok: true, answers: parsed.answers };
  return { ok: false, outcome: { errors, late: () => formWindow(window, given, errors) } };
}
