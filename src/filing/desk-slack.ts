import type { KnownBlock, ModalView } from '@slack/types';
import { QuestionFirst, Refusal } from '../core/refusal.ts';
import { button, context, divider, section } from '../messenger/blocks.ts';
import type { Click, Outcome, Scene } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { noteView, refusalView } from '../messenger/refusal-view.ts';
import type { Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { aboutLines } from './about.ts';
import { approvalOf } from './approval.ts';
import {
  backToReview,
  IRREVERSIBLE,
  irreversibleView,
  isTicked,
  READ_NEXT,
  UNTICKED,
} from './approval-view.ts';
import { decisionTarget, readTarget } from './card.ts';
import {
  decideFiling,
  getFiling,
  refusalTo,
  refuseOvertaken,
  refuseWithoutCode,
  standingOf,
  stateLabel,
} from './decide.ts';
import type { Decision, Resume, Target } from './decision.ts';
import {
  chosenFields,
  DECISION,
  type DecisionOptions,
  decisionView,
  REMARK_FIELDS,
  readDecision,
  reasonBlock,
  typedIn,
  USE_PHRASE,
  type WordedVerb,
  withPhrase,
} from './decision-view.ts';
import { officialQuestion } from './official-slack.ts';
import { listPhrases } from './phrases.ts';
import { registerPhrases } from './phrases-slack.ts';
import { presentAnswers } from './present-answers.ts';
import { type Filings, getProcedure } from './procedure.ts';
import { answersOf, REVIEWED, reasonRead, undoPart } from './review.ts';
import { registerReview } from './review-slack.ts';
import { obstacleTo, steps } from './steps.ts';
import { nextWaiting } from './waiting.ts';

const pressAgain = noteView('확인했습니다', [
  '이 창을 닫고 단추를 다시 누르십시오. 1시간 동안 다시 묻지 않습니다.',
]);

const targetValue = ({ filingId, revision }: Target) =>
  revision === undefined ? filingId : decisionTarget({ id: filingId, revision });

const worded: WordedVerb[] = ['filing.return', 'filing.reject', 'filing.reopen'];

/** The officers' buttons: 승인, 보완요청, 반려, 승인취소, on the card and in the review. */
export function registerDesk(messenger: Messenger, filings: Filings, refreshHome: (slackId: string) => void) {
  const { db } = filings;
  registerPhrases(messenger, filings);
  registerReview(messenger, filings);

  messenger.onAction('filing.approve', async (click) => {
    await decideWhereRead(click, async (fromReview) => {
      const { who, place, value } = click;
      const window = await approvalWindow(who, value, fromReview);
      if (window) return window;
      const decision = { verb: 'filing.approve', ...readTarget(value) } as const;
      // On the card there is no window to close afterwards: it changes, and every other copy with it.
      if (fromReview) return decide({ who, place }, decision);
      await settle({ who, place }, decision);
      return null;
    });
  });

  for (const verb of worded) {
    messenger.onAction(verb, async (click) => {
      await decideWhereRead(click, (fromReview) =>
        question(click.who, verb, click.value, [], { fromReview }),
      );
    });
  }

  /** In the review its window goes on to what comes next; from a card a window opens, if there is something to show. */
  async function decideWhereRead(
    { view, value, show, redraw }: Click,
    work: (fromReview: boolean) => Promise<ModalView | null>,
  ): Promise<void> {
    const fromReview = view?.callbackId === REVIEWED;
    if (!fromReview) {
      const next = await work(false);
      return next ? show(next) : undefined;
    }
    try {
      const next = await work(true);
      if (next) await redraw(next);
    } catch (error) {
      // Slack stacks three windows, and the review may be the third.
      if (error instanceof QuestionFirst) return redraw(error.view);
      if (!(error instanceof Refusal)) throw error;
      const refused = refusalView(error);
      const back = backToReview({ id: readTarget(value).filingId });
      await redraw({ ...refused, blocks: [...refused.blocks, back] });
    }
  }

  /** What is before a decision is asked for. @throws Refusal, StepUpNeeded */
  async function toDecide(who: Known, verb: WordedVerb, target: string) {
    const { filingId, revision } = readTarget(target);
    const filing = await getFiling(db, filingId);
    const procedure = getProcedure(filings, filing.procedure);
    const obstacle = obstacleTo(verb, standingOf(filing, procedure), {
      personId: who.id,
      officer: who.officer,
    });
    if (obstacle) throw await refusalTo(db, procedure, filing, verb, obstacle);
    refuseOvertaken(filing, revision);
    // Before the words are typed, so that they are typed into a window that can be submitted.
    if (verb === 'filing.approve' || verb === 'filing.reopen') {
      const resume = { next: 'ask', verb, target: { filingId, revision } } as const;
      await refuseWithoutCode(filings, { tx: db, now: filings.now() }, { who, filing, verb, resume });
    }
    return { filing, procedure, answers: await answersOf(db, filing.id, filing.revision) };
  }

  async function question(
    who: Known,
    verb: WordedVerb,
    target: string,
    chosen: string[],
    { typed, fromReview = false }: Pick<DecisionOptions, 'typed' | 'fromReview'>,
  ): Promise<ModalView> {
    const { filing, procedure, answers } = await toDecide(who, verb, target);
    const read = (await reasonRead(db, filings.now(), who, filing.id)) !== null;
    return decisionView(verb, filing, procedure.form, answers, chosen, {
      about: await aboutLines(db, procedure, filing, answers, false),
      present: await presentAnswers(db, procedure.form, answers, read),
      outcome: procedure.outcome,
      approval: verb === 'filing.approve' ? await approvalOf(procedure, db, filing, answers) : null,
      fromReview,
      ...(typed ? { typed } : {}),
      phrases: verb === 'filing.return' ? await listPhrases(db) : [],
    });
  }

  /** The window before an approval that tells its outcome, or that nothing brings back; null where it is plain. */
  async function approvalWindow(who: Known, target: string, fromReview: boolean): Promise<ModalView | null> {
    const { procedure } = await getFiling(db, readTarget(target).filingId);
    const { outcome, irreversible } = getProcedure(filings, procedure);
    if (outcome) return question(who, 'filing.approve', target, [], { fromReview });
    return irreversible ? askOnceMore(who, target, fromReview) : null;
  }

  async function askOnceMore(who: Known, target: string, fromReview: boolean): Promise<ModalView> {
    const { filing, procedure, answers } = await toDecide(who, 'filing.approve', target);
    const about = await aboutLines(db, procedure, filing, answers, false);
    return irreversibleView(filing, about, await approvalOf(procedure, db, filing, answers), fromReview);
  }

  messenger.onSubmit(IRREVERSIBLE, async ({ who, place, view }): Promise<Outcome> => {
    const target = view.metadata.filing ?? '';
    if (!isTicked(view.values)) {
      const late = await askOnceMore(who, target, false);
      return { errors: UNTICKED, late: () => late };
    }
    return { update: await decide({ who, place }, { verb: 'filing.approve', ...readTarget(target) }) };
  });

  messenger.onAction(REMARK_FIELDS, async ({ who, view, redraw }) => {
    if (view)
      await redraw(
        await question(who, 'filing.return', view.metadata.filing ?? '', chosenFields(view.values), {
          typed: typedIn(view.values, view.metadata.versions),
          fromReview: view.metadata.from === 'review',
        }),
      );
  });

  messenger.onActionsUnder(USE_PHRASE, async ({ who, value, view, redraw }, target) => {
    const phrase = (await listPhrases(db)).find(({ id }) => id === value);
    if (!view || !phrase) throw new Refusal('지운 상용구입니다.', '다른 것을 고르거나 직접 적으십시오.');
    const typed = typedIn(view.values, view.metadata.versions);
    await redraw(
      await question(who, 'filing.return', view.metadata.filing ?? '', chosenFields(view.values), {
        typed: withPhrase(typed, target, phrase.text),
        fromReview: view.metadata.from === 'review',
      }),
    );
  });

  messenger.onSubmit(DECISION, async ({ who, place, view }): Promise<Outcome> => {
    const { reason, remarks } = readDecision(view.values);
    const verb = await windowVerb(view.metadata);
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
    return { update: await decide({ who, place }, decision) };
  });

  /** The verb of a window; an approval has one only where its outcome is put in words. */
  async function windowVerb({ verb, filing = '' }: Record<string, string>): Promise<WordedVerb | undefined> {
    if (verb !== 'filing.approve') return worded.find((one) => one === verb);
    const { procedure } = await getFiling(db, readTarget(filing).filingId);
    return getProcedure(filings, procedure).outcome ? verb : undefined;
  }

  /** What was decided stands no more in the queue on the officer's home. */
  async function settle({ who, place }: Scene, decision: Decision): Promise<Filing> {
    const filing = await decideFiling(filings, who, place, decision);
    refreshHome(who.slackId ?? '');
    return filing;
  }

  async function decide({ who, place }: Scene, decision: Decision): Promise<ModalView> {
    const filing = await settle({ who, place }, decision);
    const label = stateLabel(filing, getProcedure(filings, filing.procedure));
    const done =
      decision.verb === 'filing.return'
        ? '보완을 요청했습니다'
        : `${steps[decision.verb].label} 처리했습니다`;
    const note = noteView(done, [
      `${filing.title} (접수번호 ${filing.number}): ${label}`,
      '신청자에게 알렸습니다.',
    ]);
    return {
      ...note,
      blocks: [...note.blocks, ...undoPart(filings, filing, who), ...(await nextPart(who, filing))],
    };
  }

  /** 다음 건: what waits for this officer after this one. */
  async function nextPart(who: Known, filing: Filing): Promise<KnownBlock[]> {
    const { left, next } = await nextWaiting(db, who, filing);
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

  messenger.onAction('filing.undo', async ({ who, place, value, redraw }) => {
    const filing = await settle({ who, place }, { verb: 'filing.undo', ...readTarget(value) });
    await redraw(
      noteView('되돌렸습니다', [
        `${filing.title} (접수번호 ${filing.number}): ${stateLabel(filing, getProcedure(filings, filing.procedure))}`,
        '신청자가 이미 안내를 받았으면 취소한다고 알립니다. 카드에서 다시 처리하십시오.',
      ]),
    );
  });

  /** Once the officer's code was given: what the decision came to, or the words it still asks for. */
  async function goOn(scene: Scene, resume: Resume): Promise<ModalView> {
    switch (resume.next) {
      case 'press':
        return pressAgain;
      case 'attach':
        return officialQuestion(filings, scene.who, targetValue(resume.target));
      case 'ask':
        return resume.verb === 'filing.approve'
          ? ((await approvalWindow(scene.who, targetValue(resume.target), false)) ?? pressAgain)
          : question(scene.who, resume.verb, targetValue(resume.target), [], {});
      case 'decide': {
        const { decision } = resume;
        const { verb, filingId } = decision;
        const { irreversible } = getProcedure(filings, (await getFiling(db, filingId)).procedure);
        // What waited may have been put into the window before its tick was asked for.
        if (irreversible && verb === 'filing.approve')
          return askOnceMore(scene.who, targetValue(decision), false);
        return decide(scene, decision);
      }
    }
  }

  return { carryOut: decide, goOn };
}
