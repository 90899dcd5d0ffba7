import { seoulDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scene } from '../../../messenger/click.ts';
import { type Absence, openAbsences } from '../../../records/absences/absence.ts';
import { actingOn, awayOn } from '../../../records/absences/rule.ts';
import { holdsOffice, officersOnly } from '../../../records/people/office.ts';
import type { Person, Question } from '../../../store/client/client.ts';
import { type Ground, operate } from '../../../store/operation.ts';
import { QUESTIONS } from '../../../store/outbox.ts';
import { ASK_FOR_ROLE, lockQuestion } from './question.ts';
import { ASSIGNED, tellCard } from './tell.ts';

export const { requireOfficer, requireOffice } = officersOnly(
  '표준API 관리자만 담당을 넘길 수 있습니다.',
  ASK_FOR_ROLE,
);

export interface HandedOn {
  question: Question;
  to: Pick<Person, 'id' | 'name'>;
  /** That officer's current absence. */
  away: Absence | null;
  /** Who got the message: the officer, or the substitute; null means all officers, because both are away. */
  actingId: string | null;
}

/** 담당 넘기기. If the new officer is away the substitute gets the message. @throws Refusal unless both are officers */
export function handOn(
  ground: Ground,
  { who, place }: Scene,
  questionId: string,
  officerId: string,
): Promise<HandedOn> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const question = await lockQuestion(op.tx, questionId);
    const to = await op.tx.person.findUnique({ where: { id: officerId } });
    if (!to || !(await holdsOffice(op.tx, to.id))) {
      throw new Refusal('표준API 관리자가 아닌 사람입니다.', '표준API 관리자를 고르십시오.');
    }
    const today = seoulDay(op.now);
    const absences = await openAbsences(op.tx, today);
    const actingId = actingOn(absences, to.id, today);
    const handed = await op.tx.question.update({
      where: { id: question.id },
      data: { assigneeId: to.id },
    });
    op.audit({
      action: 'question.handOn',
      subject: `question:${question.id}`,
      person: to.id,
      data: { from: question.assigneeId, ...(actingId === to.id ? {} : { acting: actingId }) },
    });
    tellCard(op, question);
    if (actingId !== who.id) {
      op.tell({
        key: `question:${question.id}:assigned:${crypto.randomUUID()}`,
        notice: ASSIGNED,
        to: actingId ?? QUESTIONS,
        facts: { questionId: question.id, personId: to.id },
      });
    }
    return { question: handed, to, away: awayOn(absences, to.id, today), actingId };
  });
}
