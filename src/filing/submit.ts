import { seoulDay } from '../schedule/calendar.ts';
import type { Filing } from '../store/client/client.ts';
import { nextNumber } from '../store/counter.ts';
import { type Operation, operate } from '../store/operation.ts';
import { DESK } from '../store/outbox.ts';
import { parseAnswers } from './answers.ts';
import { getDraft } from './drafts.ts';
import type { Answers } from './form.ts';
import {
  type AnyProcedure,
  type Filings,
  getProcedure,
  type Known,
  type Placement,
  type Subject,
} from './procedure.ts';
import { Refusal } from './refusal.ts';
import { steps } from './steps.ts';

/**
 * Turns a draft into a filing, or into the next revision of the filing that it corrects. The draft is used up, so a
 * second press of the same modal is refused.
 * @throws Refusal
 */
export async function submitFiling(
  filings: Filings,
  who: Known,
  place: string,
  draftId: string,
  today: string,
): Promise<Filing> {
  return operate(filings, { actor: who.id, place }, async (op) => {
    const draft = await getDraft(op.tx, who, draftId);
    const { count } = await op.tx.draft.deleteMany({ where: { id: draft.id, personId: who.id } });
    if (count !== 1) throw new Refusal('이미 제출했습니다.', '홈의 목록에서 신청 내역을 확인하십시오.');

    const procedure = getProcedure(filings, draft.procedure);
    const { answers, errors } = parseAnswers(procedure.form, draft.answers as unknown as Answers, today);
    const wrong = Object.keys(errors).map((name) => procedure.form.fields[name]?.label ?? name);
    if (wrong.length > 0) {
      throw new Refusal(
        `고칠 항목이 남아 있습니다: ${wrong.join(', ')}`,
        '해당 단계에서 고친 뒤 다시 제출하십시오.',
      );
    }
    const subject = draft.subject as Subject;
    const filing = subject.startsWith('filing:')
      ? await resubmit(op, procedure, who, subject, answers)
      : await submitNew(op, procedure, who, subject, answers);
    await op.tx.revision.create({
      data: {
        filingId: filing.id,
        number: filing.revision,
        answers: answers as object,
        submittedBy: who.id,
        submittedAt: op.now,
      },
    });
    op.audit({
      action: filing.revision === 1 ? 'filing.submit' : 'filing.resubmit',
      subject: `filing:${filing.id}`,
      person: who.id,
      data: { procedure: procedure.name, number: filing.number, revision: filing.revision },
    });
    tellDesk(op, filing, true);
    return filing;
  });
}

async function submitNew(
  op: Operation,
  procedure: AnyProcedure,
  who: Known,
  subject: Subject,
  answers: Answers,
): Promise<Filing> {
  const year = seoulDay(op.now).slice(0, 4);
  const number = await nextNumber(op.tx, `filing:${year}`);
  const placement = await procedure.place(op, who, subject, answers, null);
  return op.tx.filing.create({
    data: {
      number: `${year}-${String(number).padStart(6, '0')}`,
      procedure: procedure.name,
      state: 'SUBMITTED',
      revision: 1,
      applicantId: who.id,
      submittedAt: op.now,
      ...columns(placement),
    },
  });
}

async function resubmit(
  op: Operation,
  procedure: AnyProcedure,
  who: Known,
  subject: Subject,
  answers: Answers,
): Promise<Filing> {
  const id = subject.slice('filing:'.length);
  const before = await op.tx.filing.findUniqueOrThrow({ where: { id } });
  const placement = await procedure.place(op, who, subject, answers, before);
  const { count } = await op.tx.filing.updateMany({
    where: {
      id,
      applicantId: who.id,
      revision: before.revision,
      state: { in: [...steps['filing.resubmit'].from] },
    },
    data: {
      state: 'SUBMITTED',
      revision: before.revision + 1,
      submittedAt: op.now,
      decidedAt: null,
      decidedBy: null,
      reason: null,
      ...columns(placement),
    },
  });
  if (count !== 1) {
    throw new Refusal('그사이 검토가 끝나 수정할 수 없습니다.', '홈의 목록에서 지금 상태를 확인하십시오.');
  }
  return op.tx.filing.findUniqueOrThrow({ where: { id } });
}

function columns({ title, agencyCode, systemId, letterKey }: Placement) {
  return { title, agencyCode, systemId, letterKey: letterKey ?? null };
}

/** Every change of a filing brings all posted copies of its card up to date; `fresh` posts one more. */
export function tellDesk(op: Operation, filing: Filing, fresh = false): void {
  op.tell({
    key: `card:${filing.id}:${filing.revision}:${filing.state}`,
    notice: 'filing.card',
    to: DESK,
    facts: { filingId: filing.id, fresh: fresh ? 1 : 0 },
  });
}
