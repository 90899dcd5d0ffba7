import type { ModalView } from '@slack/types';
import { Refusal } from '../core/refusal.ts';
import type { Outcome, Scene } from '../messenger/click.ts';
import { noteView } from '../messenger/refusal-view.ts';
import type { Messenger } from '../messenger/slack/messenger.ts';
import type { Known } from '../store/known.ts';
import { operate } from '../store/operation.ts';
import { decisionTarget, REVIEW, readTarget } from './card.ts';
import {
  decideFiling,
  getFiling,
  refusalTo,
  refuseOvertaken,
  refuseWithoutCode,
  standingOf,
  stateLabel,
} from './decide.ts';
import type { Decision } from './decision.ts';
import {
  chosenFields,
  DECISION,
  decisionView,
  REMARK_FIELDS,
  readDecision,
  reasonBlock,
  type Typed,
  typedIn,
  USE_PHRASE,
  type WordedVerb,
  withPhrase,
} from './decision-view.ts';
import { officialQuestion } from './official-slack.ts';
import { listPhrases } from './phrases.ts';
import { registerPhrases } from './phrases-slack.ts';
import { type Filings, getProcedure } from './procedure.ts';
import { ASK_READING, readingView, readReading } from './reading-view.ts';
import {
  ATTACHMENT,
  answersOf,
  personIn,
  readingReason,
  requireReader,
  reviewFiling,
  undoPart,
} from './review.ts';
import { obstacleTo, steps } from './steps.ts';

const worded: WordedVerb[] = ['filing.return', 'filing.reject', 'filing.reopen'];

/** The officers' buttons: 검토, 승인, 보완요청, 반려, 승인취소. */
export function registerDesk(messenger: Messenger, filings: Filings) {
  const { db } = filings;
  registerPhrases(messenger, filings);

  messenger.onAction(REVIEW, async ({ who, place, value, show }) => {
    const review = await reviewFiling(filings, who, place, value);
    await show(review ?? readingView(await getFiling(db, value)));
  });

  messenger.onSubmit(ASK_READING, async ({ who, place, view }): Promise<Outcome> => {
    requireReader(who);
    const filingId = view.metadata.filing ?? '';
    const read = readReading(view.values);
    if (!read.ok) {
      const late = readingView(await getFiling(db, filingId));
      return { errors: { [read.at]: read.message }, late: () => late };
    }
    const review = await reviewFiling(filings, who, place, filingId, read.reason);
    if (!review) throw new Refusal('열람 사유를 적어야 볼 수 있습니다.', '카드의 ‘검토’를 다시 누르십시오.');
    return { update: review };
  });

  // No window to close afterwards: the card itself changes, and every other copy with it.
  messenger.onAction('filing.approve', async ({ who, place, value, show }) => {
    const { procedure } = await getFiling(db, readTarget(value).filingId);
    if (getProcedure(filings, procedure).outcome)
      return show(await question(who, 'filing.approve', value, []));
    await decideFiling(filings, who, place, { verb: 'filing.approve', ...readTarget(value) });
  });

  for (const verb of worded) {
    messenger.onAction(verb, async ({ who, value, show }) => {
      await show(await question(who, verb, value, []));
    });
  }

  async function question(who: Known, verb: WordedVerb, target: string, chosen: string[], typed?: Typed) {
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
    await refuseWithoutCode(filings, db, filings.now(), who, filing, { verb, filingId, revision });
    return decisionView(
      verb,
      filing,
      procedure.form,
      await answersOf(db, filing.id, filing.revision),
      chosen,
      procedure.outcome,
      typed,
      verb === 'filing.return' ? await listPhrases(db) : [],
    );
  }

  messenger.onAction(REMARK_FIELDS, async ({ who, view, redraw }) => {
    if (view)
      await redraw(
        await question(
          who,
          'filing.return',
          view.metadata.filing ?? '',
          chosenFields(view.values),
          typedIn(view.values, view.metadata.versions),
        ),
      );
  });

  messenger.onActionsUnder(USE_PHRASE, async ({ who, value, view, redraw }, target) => {
    const phrase = (await listPhrases(db)).find(({ id }) => id === value);
    if (!view || !phrase) throw new Refusal('지운 상용구입니다.', '다른 것을 고르거나 직접 적으십시오.');
    const typed = typedIn(view.values, view.metadata.versions);
    await redraw(
      await question(
        who,
        'filing.return',
        view.metadata.filing ?? '',
        chosenFields(view.values),
        withPhrase(typed, target, phrase.text),
      ),
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
    const decision = {
      verb,
      ...readTarget(view.metadata.filing ?? ''),
      reason,
      ...(verb === 'filing.return' ? { remarks } : {}),
    };
    return { update: await decide({ who, place }, decision) };
  });

  /** The verb of a window; an approval has one only where its outcome is put in words. */
  async function windowVerb({ verb, filing = '' }: Record<string, string>): Promise<WordedVerb | undefined> {
    if (verb !== 'filing.approve') return worded.find((one) => one === verb);
    const { procedure } = await getFiling(db, readTarget(filing).filingId);
    return getProcedure(filings, procedure).outcome ? verb : undefined;
  }

  async function decide({ who, place }: Scene, decision: Decision): Promise<ModalView> {
    const filing = await decideFiling(filings, who, place, decision);
    const label = stateLabel(filing, getProcedure(filings, filing.procedure));
    const done =
      decision.verb === 'filing.return'
        ? '보완을 요청했습니다'
        : `${steps[decision.verb].label} 처리했습니다`;
    const note = noteView(done, [
      `${filing.title} (접수번호 ${filing.number}): ${label}`,
      '신청자에게 알렸습니다.',
    ]);
    return { ...note, blocks: [...note.blocks, ...undoPart(filings, filing, who)] };
  }

  messenger.onAction('filing.undo', async ({ who, place, value, redraw }) => {
    const filing = await decideFiling(filings, who, place, { verb: 'filing.undo', ...readTarget(value) });
    await redraw(
      noteView('되돌렸습니다', [
        `${filing.title} (접수번호 ${filing.number}): ${stateLabel(filing, getProcedure(filings, filing.procedure))}`,
        '신청자가 이미 안내를 받았으면 취소한다고 알립니다. 카드에서 다시 처리하십시오.',
      ]),
    );
  });

  messenger.onActionsUnder(ATTACHMENT, async ({ who, place, value, show }) => {
    if (!who.officer) throw new Refusal('첨부파일은 표준API 관리자만 받을 수 있습니다.');
    const [filingId = '', field = ''] = value.split(':');
    const label = await operate(filings, { actor: who.id, place }, async (op) => {
      const filing = await getFiling(op.tx, filingId);
      const found = getProcedure(filings, filing.procedure).form.fields[field];
      if (found?.input.kind !== 'file') throw new Refusal('첨부파일을 찾을 수 없습니다.');
      const reason = await readingReason(op.tx, op.now, who, filing.id);
      op.audit({
        action: ATTACHMENT,
        subject: `filing:${filingId}`,
        person: await personIn(op.tx, filing),
        data: { field, reason },
      });
      op.tell({
        key: `attachment:${filingId}:${filing.revision}:${field}:${who.id}:${op.now.getTime()}`,
        notice: ATTACHMENT,
        to: who.id,
        facts: { filingId, revision: filing.revision, field },
      });
      return found.label;
    });
    await show(
      noteView('첨부파일을 보냅니다', [`${label}: 이 앱의 ‘메시지’에서 받으십시오. 받은 기록이 남습니다.`]),
    );
  });

  /** A decision for which the officer's code had to be given first: what it came to, or the words it still asks for. */
  async function carryOut(scene: Scene, decision: Decision): Promise<ModalView> {
    const { verb, filingId, revision, reason } = decision;
    if (decision.codeOnly)
      return noteView('확인했습니다', [
        '이 창을 닫고 단추를 다시 누르십시오. 1시간 동안 다시 묻지 않습니다.',
      ]);
    const target = revision === undefined ? filingId : decisionTarget({ id: filingId, revision });
    if (verb === 'filing.reopen' && !reason) return question(scene.who, verb, target, []);
    if (decision.official) return officialQuestion(filings, scene.who, target);
    return decide(scene, decision);
  }

  return { carryOut };
}
