import type { Known } from '../filing/procedure.ts';
import { Refusal } from '../filing/refusal.ts';
import type { Operation } from '../store/operation.ts';
import { showBoard } from './conduct.ts';
import { answers, ofPerson } from './progress.ts';
import { getOpenRound } from './round.ts';

/**
 * 변동 없음 for one system, or for all that this person is asked about and has not answered.
 * @returns how many were answered by this. @throws Refusal
 */
export async function answerUnchanged(
  op: Operation,
  who: Known,
  roundId: string,
  systemId: string | null,
): Promise<number> {
  const round = await getOpenRound(op.tx, op.now, roundId);
  const answered = await op.tx.$queryRaw<{ systemId: string }[]>`
    UPDATE "SurveyTarget" t SET "unchangedAt" = ${op.now}, "unchangedBy" = ${who.id}
    FROM ${answers(round, ofPerson(round, who.id))} x, "System" s
    WHERE t."roundId" = ${roundId} AND t."systemId" = x."systemId" AND s.id = t."systemId"
      AND t."unchangedAt" IS NULL AND x.answer = 'SILENT' AND s."retiredAt" IS NULL
      AND (${systemId}::text IS NULL OR t."systemId" = ${systemId})
    RETURNING t."systemId"`;
  if (answered.length === 0) throw await whyNot(op, who, roundId, systemId);
  for (const one of answered) {
    op.audit({
      action: 'survey.unchanged',
      subject: `system:${one.systemId}`,
      data: { round: roundId, name: round.name },
    });
  }
  showBoard(op, roundId);
  return answered.length;
}

async function whyNot(op: Operation, who: Known, roundId: string, systemId: string | null): Promise<Refusal> {
  if (systemId === null) return new Refusal('답할 시스템이 남아 있지 않습니다.', '이미 모두 응답하셨습니다.');
  const target = await op.tx.surveyTarget.findUnique({
    where: { roundId_systemId: { roundId, systemId } },
    include: { system: true },
  });
  const asked = target && [target.personId, target.system.contactId, target.system.deputyId].includes(who.id);
  if (!asked)
    return new Refusal(
      '담당하는 시스템만 답할 수 있습니다.',
      '담당자가 바뀌었으면 홈의 ‘담당자 변경’에서 신청하십시오.',
    );
  return new Refusal('이미 답한 시스템입니다.', '바뀐 것이 있으면 ‘변경’을 눌러 고치십시오.');
}
