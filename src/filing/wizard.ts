import type { KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  context,
  divider,
  header,
  lines,
  modal,
  section,
  title,
} from '../messenger/blocks.ts';
import type { Change } from '../messenger/forms/answers.ts';
import type { Step } from '../messenger/forms/form.ts';
import { type FormViewOptions, stepBlocks, stepLines } from '../messenger/forms/form-view.ts';
import type { Draft } from '../store/client/client.ts';
import { ASK_HELP, HELP_DONE } from './helper-ids.ts';
import { cameBy, endsInDocument, type Fillable } from './procedure.ts';
import { shownSteps, walkedSteps } from './wizard-steps.ts';

/** Callback and action ids of the form in steps. */
export const STEP = 'form.step';
export const SUBMIT = 'form.submit';
export const GO_TO = 'form.goto';

export interface WizardOptions extends FormViewOptions {
  /** Text at the top of the first view. */
  note?: string;
  /** A helper fills it: own steps are not shown, and nothing is submitted. */
  helper?: boolean;
  /** The system that it is about; shown above everything. */
  about?: string;
  /** The procedure's note above the step. */
  stepNote?: string;
  /** For the summary: what it changes in registered data. */
  changes?: Change[] | null;
  /** A step that was opened from the summary leads back to it. */
  fromSummary?: boolean;
}

/** The draft's form at this step: one of its steps, or the summary after the last. */
export function wizardView(
  procedure: Fillable,
  draft: Draft,
  step: number,
  options: WizardOptions,
): ModalView {
  return step < procedure.form.steps.length
    ? stepView(procedure, draft, step, options)
    : summaryView(procedure, draft, options);
}

const OTHER_DECIDES = '제출하면 다른 관리자가 검토합니다.';
/** An officer enters what came by mail or with a 공문. */
const fromPaper = (procedure: Fillable) =>
  `받은 ${cameBy(procedure)}에 적힌 그대로 입력하십시오. ${OTHER_DECIDES}`;

function stepView(procedure: Fillable, draft: Draft, step: number, options: WizardOptions): ModalView {
  const { steps, brief } = procedure.form;
  const walked = walkedSteps(procedure, options);
  const place = walked.indexOf(step);
  const previous = walked.findLast((index) => index < step);
  const ends = brief && step === walked.at(-1);
  const submit = ends ? endings.filing.submit : options.fromSummary ? '확인' : '다음';
  return modal({
    callbackId: STEP,
    notifyOnClose: true,
    title: procedure.document,
    submit,
    metadata: {
      draft: draft.id,
      step: String(step),
      ...(draft.step === step ? {} : { reached: String(draft.step) }),
      ...(options.fromSummary ? { from: 'summary' } : {}),
      ...(options.replacing?.length ? { replacing: options.replacing.join(',') } : {}),
    },
    blocks: [
      ...(options.about ? [context(options.about)] : []),
      ...(walked.length > 1 && place >= 0
        ? [
            header(`${place + 1}. ${titleOf(steps[step], options)}`),
            context(`전체 ${walked.length}단계 가운데 ${place + 1}단계`),
          ]
        : [header(titleOf(steps[step], options))]),
      ...(options.paper && step === 0 ? [section(fromPaper(procedure))] : []),
      ...(options.note ? [section(options.note)] : []),
      ...(options.stepNote ? [section(options.stepNote)] : []),
      ...knownBlocks(procedure, walked, place, options),
      ...cautionOf(steps[step], options),
      ...stepBlocks(procedure.form, step, options),
      ...(previous !== undefined && !options.fromSummary
        ? [actions(button(GO_TO, '이전 단계', { value: String(previous) }))]
        : []),
      ...(ends
        ? [context('입력한 내용을 확인하고 ‘제출’을 누르십시오.')]
        : [context(`‘${submit}’을 누르면 저장됩니다. 창을 닫아도 저장된 내용은 남아 있습니다.`)]),
    ],
  });
}

function titleOf(step: Step | undefined, { paper }: WizardOptions): string {
  return (paper && step?.paperTitle) || step?.title || '';
}

const cautionOf = (step: Step | undefined, { paper }: WizardOptions): KnownBlock[] =>
  step?.caution && !paper ? [context(step.caution)] : [];

/** Known answers, shown between two steps, with a button to correct them. */
function knownBlocks(
  { form }: Fillable,
  walked: readonly number[],
  place: number,
  options: WizardOptions,
): KnownBlock[] {
  if (options.helper || options.paper || options.fromSummary) return [];
  const known = form.steps.flatMap(({ known: is }, index) =>
    is && place >= 0 && index < (walked[place] ?? 0) && index > (walked[place - 1] ?? -1) ? [index] : [],
  );
  return known.flatMap((index) => [
    title(form.steps[index]?.title ?? '', button(GO_TO, '고치기', { value: String(index) })),
    lines(stepLines(form, index, options.answers, options.nameOf)),
    ...cautionOf(form.steps[index], options),
    divider,
  ]);
}

const endings = {
  filing: {
    submit: '제출',
    head: '제출하기 전에 확인',
    text: '입력한 내용을 확인하십시오. 고칠 것이 있으면 ‘고치기’를, 맞으면 아래의 ‘제출’을 누르십시오.',
  },
  document: {
    submit: '문서 받기',
    head: '문서로 받기 전에 확인',
    text: '입력한 내용을 확인하십시오. 고칠 것이 있으면 ‘고치기’를, 맞으면 아래의 ‘문서 받기’를 누르십시오.',
  },
  /** A helper submits nothing. */
  helper: {
    submit: null,
    head: '알리기 전에 확인',
    text: '채운 내용을 확인하십시오. 맞으면 ‘작성 완료 알림’을 누르십시오. 제출은 담당공무원이 합니다.',
  },
} as const;

/** Everything on one screen before the submission. */
function summaryView(procedure: Fillable, draft: Draft, options: WizardOptions): ModalView {
  const { form, document } = procedure;
  const { helper = false } = options;
  const isDocument = endsInDocument(procedure);
  const { submit, head, text } = endings[helper ? 'helper' : isDocument ? 'document' : 'filing'];
  const walked = walkedSteps(procedure, options);
  const helpable = procedure.helpable === true && !options.paper;
  return modal({
    callbackId: SUBMIT,
    notifyOnClose: true,
    title: document,
    ...(submit ? { submit } : {}),
    metadata: { draft: draft.id, step: String(form.steps.length) },
    blocks: [
      ...(options.about ? [context(options.about)] : []),
      header(head),
      section(text),
      ...(options.stepNote ? [section(options.stepNote)] : []),
      ...(helpable
        ? [
            actions(
              helper
                ? button(HELP_DONE, '작성 완료 알림', { value: draft.id, style: 'primary' })
                : button(ASK_HELP, '작성 도움 요청', { value: `draft:${draft.id}` }),
            ),
          ]
        : []),
      ...(options.changes ? [divider, ...changeBlocks('바뀌는 항목', options.changes)] : []),
      ...shownSteps(procedure, helper).flatMap((index) => {
        const place = walked.indexOf(index);
        const number = place < 0 ? '' : `${place + 1}. `;
        const rows = stepLines(form, index, options.answers, options.nameOf);
        return [
          divider,
          title(
            `${number}${titleOf(form.steps[index], options)}`,
            button(GO_TO, '고치기', { value: String(index) }),
          ),
          ...(rows.length > 0 ? [lines(rows)] : []),
        ];
      }),
    ],
  });
}

/** Old → new, under this heading. */
export function changeBlocks(heading: string, changes: readonly Change[]): KnownBlock[] {
  if (changes.length === 0) return [section(`${heading}: 없음`)];
  const rows = changes.map(({ label, before, after }) => ({ label, text: `${before}  →  ${after}` }));
  return [title(`${heading} (${changes.length}건)`), lines(rows)];
}
