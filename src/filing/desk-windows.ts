import type { KnownBlock, ModalView } from '@slack/types';
import { button, context, divider, section } from '../messenger/blocks.ts';
import { noteView } from '../messenger/refusal-view.ts';
import { answersOf } from '../records/filings/revision.ts';
import type { Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { aboutLines } from './about.ts';
import { approvalOf } from './approval.ts';
import { irreversibleView, READ_NEXT } from './approval-view.ts';
import { readTarget } from './card.ts';
import { refuseWithoutCode } from './decide.ts';
import { type DecisionOptions, decisionView, type WordedVerb } from './decision-view.ts';
import { listPhrases } from './phrases.ts';
import { presentAnswers } from './present-answers.ts';
import { type Filings, getProcedure } from './procedure.ts';
import { reasonRead, undoPart } from './review.ts';
import { decidedLine, getFiling, standingOf } from './standing.ts';
import { refusalTo, refuseOvertaken } from './step-refusals.ts';
import { obstacleTo, steps, type Verb } from './steps.ts';
import { nextWaiting } from './waiting.ts';

export const worded: WordedVerb[] = ['filing.return', 'filing.reject', 'filing.reopen'];

/** Checks that come before a decision's window. `next`: the window that follows a one-time code. @throws Refusal, StepUpNeeded */
export async function toDecide(
  filings: Filings,
  who: Known,
  verb: WordedVerb,
  target: string,
  next: 'ask' | 'attach' = 'ask',
) {
  const { db } = filings;
  const seen = readTarget(target);
  const filing = await getFiling(db, seen.filingId);
  const procedure = getProcedure(filings, filing.procedure);
  const obstacle = obstacleTo(verb, standingOf(filing, procedure), who);
  if (obstacle) throw await refusalTo(db, procedure, filing, verb, obstacle);
  refuseOvertaken(filing, seen);
  // Asked before the words are typed, so that they are typed into a window that can be submitted.
  if (verb === 'filing.approve' || verb === 'filing.reopen') {
    const resume = next === 'attach' ? { next, target: seen } : { next, verb, target: seen };
    await refuseWithoutCode(filings, { tx: db, now: filings.now() }, { who, filing, verb, resume });
  }
  return { filing, procedure, answers: await answersOf(db, filing) };
}

/** The window that asks for the words of a decision. @throws Refusal, StepUpNeeded */
export async function wordsWindow(
  filings: Filings,
  who: Known,
  verb: WordedVerb,
  target: string,
  { chosen = [], typed, fromReview = false }: Pick<DecisionOptions, 'chosen' | 'typed' | 'fromReview'> = {},
): Promise<ModalView> {
  const { db } = filings;
  const { filing, procedure, answers } = await toDecide(filings, who, verb, target);
  const read = (await reasonRead(db, filings.now(), who, filing)) !== null;
  return decisionView(verb, filing, procedure.form, answers, {
    chosen,
    about: await aboutLines(db, procedure, filing, answers, false),
    present: await presentAnswers(db, procedure.form, answers, read),
    outcome: procedure.outcome,
    approval: verb === 'filing.approve' ? await approvalOf(procedure, db, filing, answers) : null,
    fromReview,
    ...(typed ? { typed } : {}),
    phrases: verb === 'filing.return' || verb === 'filing.reject' ? await listPhrases(db) : [],
  });
}

/** The window before an approval that cannot be undone. @throws Refusal, StepUpNeeded */
export async function askOnceMore(
  filings: Filings,
  who: Known,
  target: string,
  fromReview: boolean,
): Promise<ModalView> {
  const { db } = filings;
  const { filing, procedure, answers } = await toDecide(filings, who, 'filing.approve', target);
  const about = await aboutLines(db, procedure, filing, answers, false);
  return irreversibleView(filing, about, await approvalOf(procedure, db, filing, answers), fromReview);
}

/** The verb of a window. An approval has one only where its outcome is written. */
export async function windowVerb(
  filings: Filings,
  { verb, filing = '' }: Record<string, string>,
): Promise<WordedVerb | undefined> {
  if (verb !== 'filing.approve') return worded.find((one) => one === verb);
  const { procedure } = await getFiling(filings.db, readTarget(filing).filingId);
  return getProcedure(filings, procedure).outcome ? verb : undefined;
}

/** The result of a decision, and what waits next. */
export async function decidedView(
  filings: Filings,
  who: Known,
  verb: Verb,
  filing: Filing,
): Promise<ModalView> {
  const done = verb === 'filing.return' ? '보완을 요청했습니다' : `${steps[verb].label} 처리했습니다`;
  const note = noteView(done, [
    decidedLine(filing, getProcedure(filings, filing.procedure)),
    '신청자에게 알렸습니다.',
  ]);
  return {
    ...note,
    blocks: [...note.blocks, ...undoPart(filings, filing, who), ...(await nextPart(filings, who, filing))],
  };
}

/** 다음 건: the next filing that waits for this officer. */
async function nextPart(filings: Filings, who: Known, filing: Filing): Promise<KnownBlock[]> {
  const { left, next } = await nextWaiting(filings.db, who, filing);
  if (!next) return [divider, context('기다리는 신청이 더 없습니다.')];
  const { title } = getProcedure(filings, next.procedure);
  return [
    divider,
    section(
      `남은 신청 ${left.toLocaleString('ko-KR')}건\n다음: ${title} · ${next.title}`,
      button(READ_NEXT, '다음 건', { value: next.id, style: 'primary' }),
    ),
  ];
}
