import type { ModalView } from '@slack/types';
import { QuestionFirst, Refusal } from '../core/refusal.ts';
import type { Click, Outcome, Scene, Submission } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { noteView, refusalView } from '../messenger/refusal-view.ts';
import type { Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { backToReview, IRREVERSIBLE, isTicked, UNTICKED } from './approval-view.ts';
import { decisionTarget, readTarget } from './card.ts';
import { decideFiling } from './decide.ts';
import type { Decision, Resume, Target } from './decision.ts';
import {
  chosenFields,
  DECISION,
  REMARK_FIELDS,
  readDecision,
  reasonBlock,
  type Typed,
  typedIn,
  USE_PHRASE,
  withPhrase,
} from './decision-view.ts';
import { askOnceMore, decidedView, windowVerb, worded, wordsWindow } from './desk-windows.ts';
import { officialQuestion } from './official-slack.ts';
import { listPhrases } from './phrases.ts';
import { registerPhrases } from './phrases-slack.ts';
import { type Filings, getProcedure } from './procedure.ts';
import { REVIEWED, reviewFiling } from './review.ts';
import { registerReview } from './review-slack.ts';
import { decidedLine, getFiling } from './standing.ts';

interface DeskParts {
  filings: Filings;
  refreshHome: (slackId: string) => void;
}

const pressAgain = noteView('확인했습니다', [
  '이 창을 닫고 단추를 다시 누르십시오. 1시간 동안 다시 묻지 않습니다.',
]);

const targetValue = ({ filingId, revision, objections = 0 }: Target) =>
  revision === undefined ? filingId : decisionTarget({ id: filingId, revision, objections });

/** The officers' buttons: 승인, 보완요청, 반려, 승인취소, on the card and in the review. */
export function registerDesk(messenger: Messenger, desk: DeskParts) {
  const { filings } = desk;
  registerPhrases(messenger, filings);
  registerReview(messenger, filings);
  messenger.onAction('filing.approve', (click) => approve(desk, click));
  for (const verb of worded) {
    messenger.onAction(verb, (click) =>
      decideWhereRead(filings, click, (fromReview) =>
        wordsWindow(filings, click.who, verb, click.value, { fromReview }),
      ),
    );
  }
  messenger.onSubmit(IRREVERSIBLE, (submission) => approveForGood(desk, submission));
  messenger.onAction(REMARK_FIELDS, (click) => askAgain(filings, click, (typed) => typed));
  messenger.onActionsUnder(USE_PHRASE, (click, target) => putPhrase(filings, click, target));
  messenger.onSubmit(DECISION, (submission) => decideInWords(desk, submission));
  messenger.onAction('filing.undo', (click) => undo(desk, click));
  return {
    carryOut: (scene: Scene, decision: Decision) => decide(desk, scene, decision),
    goOn: (scene: Scene, resume: Resume) => goOn(desk, scene, resume),
  };
}

async function approve(desk: DeskParts, click: Click): Promise<void> {
  await decideWhereRead(desk.filings, click, async (fromReview) => {
    const { who, place, value } = click;
    const window = await windowOfApproval(desk.filings, who, value, fromReview);
    if (window) return window;
    const decision = { verb: 'filing.approve', ...readTarget(value) } as const;
    // On a card there is no window to close: the card changes, and all its copies.
    if (fromReview) return decide(desk, { who, place }, decision);
    await settle(desk, { who, place }, decision);
    return null;
  });
}

/** The window that an approval needs first; null when it is carried out at once. @throws Refusal, StepUpNeeded */
async function windowOfApproval(
  filings: Filings,
  who: Known,
  target: string,
  fromReview: boolean,
): Promise<ModalView | null> {
  const { procedure } = await getFiling(filings.db, readTarget(target).filingId);
  const { officialOnly, outcome, irreversible } = getProcedure(filings, procedure);
  if (officialOnly) return officialQuestion(filings, who, target, fromReview);
  if (outcome) return wordsWindow(filings, who, 'filing.approve', target, { fromReview });
  return irreversible ? askOnceMore(filings, who, target, fromReview) : null;
}

/**
 * In the review, the window continues with what comes next. From a card, a window opens if there is something to
 * show; where the card tells of an objection, that is the review.
 */
async function decideWhereRead(
  filings: Filings,
  { who, place, view, value, show, redraw }: Click,
  work: (fromReview: boolean) => Promise<ModalView | null>,
): Promise<void> {
  const fromReview = view?.callbackId === REVIEWED;
  if (!fromReview) {
    const { filingId, objections } = readTarget(value);
    const next =
      (objections && (await reviewFiling(filings, { who, place }, filingId))) || (await work(false));
    return next ? show(next) : undefined;
  }
  try {
    const next = await work(true);
    if (next) await redraw(next);
  } catch (error) {
    // Slack stacks at most three windows, and the review may be the third.
    if (error instanceof QuestionFirst) return redraw(error.view);
    if (!(error instanceof Refusal)) throw error;
    const refused = refusalView(error);
    const back = backToReview({ id: readTarget(value).filingId });
    await redraw({ ...refused, blocks: [...refused.blocks, back] });
  }
}

async function approveForGood(desk: DeskParts, { who, place, view }: Submission): Promise<Outcome> {
  const target = view.metadata.filing ?? '';
  if (!isTicked(view.values)) {
    const late = await askOnceMore(desk.filings, who, target, false);
    return { errors: UNTICKED, late: () => late };
  }
  return { update: await decide(desk, { who, place }, { verb: 'filing.approve', ...readTarget(target) }) };
}

/** Redraws the window of 보완요청 or 반려, after other fields were chosen or a phrase was inserted. */
async function askAgain(
  filings: Filings,
  { who, view, redraw }: Click,
  change: (typed: Typed) => Typed,
): Promise<void> {
  if (!view) return;
  const verb = view.metadata.verb === 'filing.reject' ? 'filing.reject' : 'filing.return';
  const typed = change(typedIn(view.values, view.metadata.versions));
  const fromReview = view.metadata.from === 'review';
  const chosen = chosenFields(view.values);
  const target = view.metadata.filing ?? '';
  await redraw(await wordsWindow(filings, who, verb, target, { chosen, typed, fromReview }));
}

async function putPhrase(filings: Filings, click: Click, target: string): Promise<void> {
  const phrase = (await listPhrases(filings.db)).find(({ id }) => id === click.value);
  if (!click.view || !phrase) throw new Refusal('지운 상용구입니다.', '다른 것을 고르거나 직접 적으십시오.');
  await askAgain(filings, click, (typed) => withPhrase(typed, target, phrase.text));
}

async function decideInWords(desk: DeskParts, { who, place, view }: Submission): Promise<Outcome> {
  const { reason, remarks } = readDecision(view.values);
  const verb = await windowVerb(desk.filings, view.metadata);
  if (!verb) throw new Refusal('알 수 없는 처리입니다.', '카드의 단추를 다시 누르십시오.');
  if (!reason) {
    const late = noteView('사유가 없습니다', [
      '사유를 적어야 처리할 수 있습니다. 카드의 단추를 다시 누르십시오.',
    ]);
    return {
      errors: {
        [reasonBlock(view.metadata.versions)]:
          '사유를 적으십시오. 신청자가 무엇을 해야 하는지 알 수 있어야 합니다.',
      },
      late: () => late,
    };
  }
  const target = readTarget(view.metadata.filing ?? '');
  const decision: Decision =
    verb === 'filing.return' ? { verb, ...target, reason, remarks } : { verb, ...target, reason };
  return { update: await decide(desk, { who, place }, decision) };
}

/** Decides, and redraws the officer's home, because the filing leaves the queue there. */
async function settle(
  { filings, refreshHome }: DeskParts,
  { who, place }: Scene,
  decision: Decision,
): Promise<Filing> {
  const filing = await decideFiling(filings, { who, place }, decision);
  refreshHome(who.slackId ?? '');
  return filing;
}

async function decide(desk: DeskParts, scene: Scene, decision: Decision): Promise<ModalView> {
  const filing = await settle(desk, scene, decision);
  return decidedView(desk.filings, scene.who, decision.verb, filing);
}

async function undo(desk: DeskParts, { who, place, value, redraw }: Click): Promise<void> {
  const { filings } = desk;
  const filing = await settle(desk, { who, place }, { verb: 'filing.undo', ...readTarget(value) });
  await redraw(
    noteView('되돌렸습니다', [
      decidedLine(filing, getProcedure(filings, filing.procedure)),
      '신청자가 이미 안내를 받았으면 취소한다고 알립니다. 카드에서 다시 처리하십시오.',
    ]),
  );
}

/** Goes on once the officer gave the code: shows the result of the decision, or the window for its words. */
async function goOn(desk: DeskParts, scene: Scene, resume: Resume): Promise<ModalView> {
  const { filings } = desk;
  switch (resume.next) {
    case 'press':
      return pressAgain;
    case 'attach':
      return officialQuestion(filings, scene.who, targetValue(resume.target));
    case 'ask':
      return resume.verb === 'filing.approve'
        ? ((await windowOfApproval(filings, scene.who, targetValue(resume.target), false)) ?? pressAgain)
        : wordsWindow(filings, scene.who, resume.verb, targetValue(resume.target));
    case 'decide': {
      const { decision } = resume;
      const { verb, filingId } = decision;
      const { irreversible } = getProcedure(filings, (await getFiling(filings.db, filingId)).procedure);
      // The decision may have been stored in the window of the code before its tick was asked for.
      if (irreversible && verb === 'filing.approve')
        return askOnceMore(filings, scene.who, targetValue(decision), false);
      return decide(desk, scene, decision);
    }
  }
}
