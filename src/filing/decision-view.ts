import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { visibleText } from '../core/typed-text.ts';
import { context, cut, type Labelled, LIMIT, lines, modal, plain } from '../messenger/blocks.ts';
import { FORM_VALUE, type StateValues } from '../messenger/entered.ts';
import { applies, getField, isAskedOn } from '../messenger/forms/answers.ts';
import type { Answers, Form } from '../messenger/forms/form.ts';
import { inputBlock } from '../messenger/input-block.ts';
import type { Filing } from '../store/client/client.ts';
import type { Approval } from './approval.ts';
import { aboutBlocks, approvalBlocks, backToReview } from './approval-view.ts';
import { decisionTarget } from './card.ts';
import { REJECTION } from './phrases-view.ts';
import type { AnyProcedure } from './procedure.ts';
import { steps } from './steps.ts';

export const DECISION = 'filing.decision';
export const REMARK_FIELDS = 'filing.remarkFields';
/** Action id, followed by the target of the phrase: `reason`, or `remark:` and a field. The value is the phrase. */
export const USE_PHRASE = 'filing.usePhrase';
const REASON = 'reason';
const REMARK = 'remark:';
/** With more remarks than this there are not enough blocks for a choice of phrases above each. */
const ROOM = 30;
const MAX_TEXT = 500;
/** The longest present answer that is shown above its remark. */
const MAX_PRESENT = 300;

/** A text that officers often write. `label`: the field it is offered for; '' for all. */
interface PhraseChoice {
  id: string;
  text: string;
  label: string;
}

/**
 * The texts typed so far, and how often a phrase was inserted into each. Slack keeps a typed text as long as its
 * block id stays the same, so an inserted phrase needs a new id.
 */
export interface Typed {
  texts: Record<string, string>;
  versions: Record<string, number>;
}
const NOTHING: Typed = { texts: {}, versions: {} };

export type WordedVerb = 'filing.return' | 'filing.reject' | 'filing.reopen' | 'filing.approve';

const questions: Record<Exclude<WordedVerb, 'filing.approve'>, { intro: string; reason: string }> = {
  'filing.return': {
    intro: '고칠 항목을 고르고 무엇을 어떻게 고쳐야 하는지 적으십시오. 신청자에게 그대로 전달됩니다.',
    reason: '보완요청 사유',
  },
  'filing.reject': {
    intro: '반려하면 신청자가 새로 신청해야 합니다. 고쳐서 다시 낼 수 있으면 보완요청을 하십시오.',
    reason: '반려 사유',
  },
  'filing.reopen': {
    intro:
      '승인을 취소하여 신청자가 적용결과표를 고칠 수 있게 합니다. 다시 승인할 때까지 지금 라이선스는 그대로 쓸 수 있습니다.',
    reason: '승인취소 사유',
  },
};

export interface DecisionOptions {
  /** What the filing is about; shown above everything else. */
  about?: readonly Labelled[];
  /** The present answer of a field, as far as this officer may read it here. */
  present?: (name: string) => string;
  outcome?: AnyProcedure['outcome'];
  /** The fields that the applicant has to correct. */
  chosen?: string[];
  /** What an approval does, and what the checks point out. */
  approval?: Approval | null;
  typed?: Typed;
  phrases?: readonly PhraseChoice[];
  /** Whether it was opened from the review, and so leads back to it. */
  fromReview?: boolean;
}

/** The window that asks an officer for the words of a decision; for 보완요청 also for the fields and a remark on each. */
export function decisionView(
  verb: WordedVerb,
  filing: Filing,
  form: Form,
  answers: Answers,
  options: DecisionOptions = {},
): ModalView {
  const { about = [], outcome, approval, typed = NOTHING, phrases = [], fromReview = false } = options;
  const { intro, reason, placeholder } = wordsFor(verb, outcome);
  return modal({
    callbackId: DECISION,
    title: steps[verb].label,
    submit: steps[verb].label,
    close: '취소',
    metadata: {
      filing: decisionTarget(filing),
      verb,
      versions: JSON.stringify(typed.versions),
      ...(fromReview ? { from: 'review' } : {}),
    },
    blocks: [
      ...aboutBlocks(filing, about),
      context(intro),
      ...(approval ? approvalBlocks(approval) : []),
      ...(verb === 'filing.return' ? remarkBlocks(filing, form, answers, options) : []),
      ...(verb === 'filing.return' ? phraseSelect(REASON, '', typed, phrases) : []),
      ...(verb === 'filing.reject' ? phraseSelect(REASON, REJECTION, typed, phrases) : []),
      textInput(REASON, reason, placeholder, typed),
      ...(fromReview ? [backToReview(filing)] : []),
    ],
  });
}

function wordsFor(
  verb: WordedVerb,
  outcome: AnyProcedure['outcome'],
): { intro: string; reason: string; placeholder: string } {
  if (verb !== 'filing.approve') {
    return {
      ...questions[verb],
      placeholder: '신청자가 읽고 바로 알 수 있게 적으십시오. 이름, 연락처 같은 개인정보는 적지 마십시오.',
    };
  }
  if (!outcome) throw new Error('this approval asks for no words');
  return { intro: outcome.intro, reason: outcome.label, placeholder: outcome.placeholder };
}

function remarkBlocks(
  { channel }: Filing,
  form: Form,
  answers: Answers,
  { chosen = [], typed = NOTHING, phrases = [], present }: DecisionOptions,
): KnownBlock[] {
  const options = form.steps
    .flatMap((step) => step.fields)
    .filter(
      (name) => applies(form, name, answers) && (isAskedOn(getField(form, name), channel) || answers[name]),
    )
    .map((name) => ({ text: plain(getField(form, name).label, LIMIT.option), value: name }));
  const picked = options.filter((option) => chosen.includes(option.value));
  return [
    {
      type: 'input',
      block_id: 'fields',
      dispatch_action: true,
      optional: true,
      label: plain('고칠 항목'),
      element: {
        type: 'multi_static_select',
        action_id: REMARK_FIELDS,
        placeholder: plain('항목을 고르십시오'),
        options: options.slice(0, 100),
        ...(picked.length > 0 ? { initial_options: picked } : {}),
      },
    },
    ...picked.flatMap(({ text, value }) => [
      ...(present && picked.length <= ROOM
        ? [lines([{ label: `${text.text} (제출한 내용)`, text: cut(present(value), MAX_PRESENT) }])]
        : []),
      ...(picked.length > ROOM ? [] : phraseSelect(`${REMARK}${value}`, text.text, typed, phrases)),
      textInput(
        `${REMARK}${value}`,
        text.text,
        '예: 직인이 보이지 않습니다. 다시 스캔하여 올리십시오.',
        typed,
      ),
    ]),
  ];
}

/** A select that inserts a phrase into the text below it; nothing where no phrase fits. */
function phraseSelect(
  target: string,
  label: string,
  typed: Typed,
  phrases: readonly PhraseChoice[],
): KnownBlock[] {
  const own = phrases.filter((phrase) => phrase.label !== '' && phrase.label === label);
  const fitting = [...own, ...phrases.filter((phrase) => phrase.label === '')].slice(0, 100);
  if (fitting.length === 0) return [];
  return [
    {
      type: 'actions',
      block_id: `phrase:${blockOf(target, typed)}`,
      elements: [
        {
          type: 'static_select',
          action_id: `${USE_PHRASE}.${target}`,
          placeholder: plain(`상용구: ${label && label !== REJECTION ? label : '사유'}`, 150),
          options: fitting.map(({ id, text }) => ({ text: plain(text, LIMIT.option), value: id })),
        },
      ],
    },
  ];
}

const blockOf = (target: string, { versions }: Typed) =>
  versions[target] ? `${target}~${versions[target]}` : target;
const targetOf = (blockId: string) => blockId.split('~')[0] ?? blockId;

/** The same texts with this phrase added to one of them. */
export function withPhrase({ texts, versions }: Typed, target: string, phrase: string): Typed {
  const text = [texts[target]?.trim(), phrase].filter(Boolean).join('\n').slice(0, MAX_TEXT);
  return {
    texts: { ...texts, [target]: text },
    versions: { ...versions, [target]: (versions[target] ?? 0) + 1 },
  };
}

/** Reads the texts in the open window. `versions`: from its metadata; it tells which block ids were drawn. */
export function typedIn(values: StateValues, versions: string | undefined): Typed {
  const texts = Object.entries(values).flatMap(([block, byAction]) => {
    const value = byAction[FORM_VALUE]?.value;
    return value ? [[targetOf(block), value]] : [];
  });
  return { texts: Object.fromEntries(texts), versions: readVersions(versions) };
}

function readVersions(text: string | undefined): Record<string, number> {
  try {
    const read: unknown = JSON.parse(text || '{}');
    const entries = Object.entries(typeof read === 'object' && read !== null ? read : {});
    return Object.fromEntries(entries.map(([target, count]) => [target, Math.floor(Number(count)) || 0]));
  } catch {
    return {};
  }
}

/** The block id of the reason, for an error below it. */
export const reasonBlock = (versions: string | undefined) =>
  blockOf(REASON, { texts: {}, versions: readVersions(versions) });

function textInput(target: string, label: string, placeholder: string, typed: Typed): InputBlock {
  const text = typed.texts[target];
  return inputBlock(blockOf(target, typed), label, {
    type: 'plain_text_input',
    multiline: true,
    max_length: MAX_TEXT,
    placeholder: plain(placeholder, 150),
    ...(text ? { initial_value: text.slice(0, MAX_TEXT) } : {}),
  });
}

export function chosenFields(values: StateValues): string[] {
  return (values.fields?.[REMARK_FIELDS]?.selected_options ?? []).map((option) => option.value ?? '');
}

interface DecisionWords {
  reason: string;
  remarks: Record<string, string>;
}

export function readDecision(values: StateValues): DecisionWords {
  const typed = Object.entries(values).map(([block, byAction]): [string, string] => [
    targetOf(block),
    visibleText(Object.values(byAction)[0]?.value ?? '').trim(),
  ]);
  return {
    reason: typed.find(([block]) => block === REASON)?.[1] ?? '',
    remarks: Object.fromEntries(
      typed
        .filter(([block, value]) => block.startsWith(REMARK) && value !== '')
        .map(([block, value]) => [block.slice(REMARK.length), value]),
    ),
  };
}
