import type { ModalView } from '@slack/types';
import { koreanDateTime } from '../../../core/calendar.ts';
import { maskName } from '../../../core/mask.ts';
import { ASK } from '../../../filing/buttons.ts';
import { actions, button, context, modal, section } from '../../../messenger/blocks.ts';
import { openAbsences } from '../../../records/absences/absence.ts';
import { actsFor } from '../../../records/absences/rule.ts';
import { awayWords } from '../../../records/absences/words.ts';
import { officersOnly } from '../../../records/people/office.ts';
import type { Known } from '../../../store/known.ts';
import type { Tx } from '../../../store/store.ts';
import { stateLabels } from './question.ts';
import { MINE, masked, QUEUE, READ } from './views.ts';

const { requireOfficer } = officersOnly('표준API 관리자만 볼 수 있습니다.');
/** How many questions a list shows. */
const LIST = 20;

/** 내 문의. */
export async function mineView(tx: Tx, who: Known): Promise<ModalView> {
  const where = { askerId: who.id };
  const [total, questions] = await Promise.all([
    tx.question.count({ where }),
    tx.question.findMany({ where, orderBy: [{ askedAt: 'desc' }, { id: 'desc' }], take: LIST }),
  ]);
  return modal({
    callbackId: MINE,
    title: '내 문의',
    blocks: [
      actions(button(ASK, 'Q&A 문의', { style: 'primary' })),
      ...(total === 0 ? [section('올린 문의가 없습니다.')] : []),
      ...questions.map((question) =>
        section(
          `${question.title}\n${question.number} · ${stateLabels[question.state]} · ${koreanDateTime(question.askedAt)}`,
          button(READ, '보기', { value: question.id }),
        ),
      ),
      ...(total > questions.length
        ? [context(`최근 ${questions.length}건을 보입니다. (모두 ${total}건)`)]
        : []),
    ],
  });
}

/**
 * 답변 대기: first the questions assigned to this officer or to somebody whom they substitute, then the oldest.
 * @throws Refusal unless an officer
 */
export async function queueView(tx: Tx, who: Known, today: string): Promise<ModalView> {
  requireOfficer(who);
  const absences = await openAbsences(tx, today);
  const hands = [who.id, ...actsFor(absences, who.id, today).map(({ officerId }) => officerId)];
  const orderBy = [{ waitingSince: 'asc' as const }, { id: 'asc' as const }];
  const ownQuestions = await tx.question.findMany({
    where: { state: 'OPEN', assigneeId: { in: hands } },
    orderBy,
    take: LIST,
  });
  const [total, others] = await Promise.all([
    tx.question.count({ where: { state: 'OPEN' } }),
    tx.question.findMany({
      where: { state: 'OPEN', OR: [{ assigneeId: null }, { assigneeId: { notIn: hands } }] },
      orderBy,
      take: LIST - ownQuestions.length,
    }),
  ]);
  const questions = [...ownQuestions, ...others];
  const assignees = await tx.person.findMany({
    where: { id: { in: questions.flatMap(({ assigneeId }) => assigneeId ?? []) } },
  });
  const nameOf = (id: string | null) => {
    const name = assignees.find((person) => person.id === id)?.name;
    if (id === who.id) return '나';
    return name ? `${maskName(name)}${awayWords(absences, id, today, who.id)}` : '없음';
  };
  return modal({
    callbackId: QUEUE,
    title: '답변 대기',
    blocks: [
      ...(total === 0 ? [section('답변을 기다리는 문의가 없습니다.')] : []),
      ...questions.map((question) =>
        section(
          `${masked(question).title}\n${question.number} · ${koreanDateTime(question.waitingSince)}부터 대기 · 담당 ${nameOf(question.assigneeId)}`,
          button(READ, '보기', { value: question.id }),
        ),
      ),
      ...(total > questions.length
        ? [
            context(
              `내가 맡거나 대신 보는 것, 오래 기다린 것부터 ${questions.length}건을 보입니다. (모두 ${total}건)`,
            ),
          ]
        : []),
    ],
  });
}
