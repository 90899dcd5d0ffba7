import { Refusal } from '../../core/refusal.ts';
import type { FileRef } from '../../store/blobs.ts';
import { Prisma, type SurveyRound } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Operation } from '../../store/operation.ts';
import { requireOffice, showBoard } from './conduct.ts';
import { answers, askedByMail, ofPerson } from './progress.ts';
import { getOpenRound } from './round.ts';

/**
 * Records the answer 변동 없음 for one system, or for all unanswered systems of this person.
 * @returns how many systems were answered. @throws Refusal
 */
export async function answerUnchanged(
  op: Operation,
  who: Known,
  roundId: string,
  systemId: string | null,
): Promise<number> {
  const round = await getOpenRound(op.tx, op.now, roundId);
  const own = Prisma.sql`${ofPerson(round, who.id)} AND (${systemId}::text IS NULL OR t."systemId" = ${systemId})`;
  const count = await setUnchanged(op, who, round, own);
  if (count === 0) throw await whyNot(op, who, roundId, systemId);
  return count;
}

/** How the answer reached the officer who enters it. What came in writing is kept. */
export type Receipt = { by: 'MAIL' | 'LETTER'; file: FileRef } | { by: 'PHONE' };

/** Records 변동 없음 for a contact without a messenger account; an officer enters it. @throws Refusal */
export async function enterUnchanged(
  op: Operation,
  officer: Known,
  { roundId, systemId }: { roundId: string; systemId: string },
  receipt: Receipt,
): Promise<void> {
  await requireOffice(op.tx, officer);
  const round = await getOpenRound(op.tx, op.now, roundId);
  const target = Prisma.sql`t."systemId" = ${systemId} AND ${askedByMail}`;
  if ((await setUnchanged(op, officer, round, target, receipt)) === 0)
    throw new Refusal(
      '이미 답했거나, 담당자가 메신저를 쓰는 시스템입니다.',
      '진행 현황에서 ‘메일 응답 등록’을 다시 누르십시오.',
    );
}

/** Sets 변동 없음 for the unanswered systems that `only` selects. @returns how many */
async function setUnchanged(
  op: Operation,
  who: Known,
  round: SurveyRound,
  only: Prisma.Sql,
  receipt: Receipt | null = null,
): Promise<number> {
  const by = receipt?.by ?? null;
  const received = JSON.stringify(receipt && 'file' in receipt ? [receipt.file] : []);
  const answered = await op.tx.$queryRaw<{ systemId: string }[]>`
    UPDATE "SurveyTarget" t SET "unchangedAt" = ${op.now}, "unchangedBy" = ${who.id},
      "receivedBy" = ${by}::"ReceivedBy", received = ${received}::jsonb
    FROM ${answers(round, only)} x, "System" s
    WHERE t."roundId" = ${round.id} AND t."systemId" = x."systemId" AND s.id = t."systemId"
      AND t."unchangedAt" IS NULL AND x.answer = 'SILENT' AND s."retiredAt" IS NULL
    RETURNING t."systemId"`;
  for (const one of answered) {
    op.audit({
      action: 'survey.unchanged',
      subject: `system:${one.systemId}`,
      data: { round: round.id, name: round.name, ...(by ? { receivedBy: by } : {}) },
    });
  }
  if (answered.length > 0) showBoard(op, round.id);
  return answered.length;
}

async function whyNot(op: Operation, who: Known, roundId: string, systemId: string | null): Promise<Refusal> {
  if (systemId === null) return new Refusal('답할 시스템이 남아 있지 않습니다.', '이미 모두 응답하셨습니다.');
  const target = await op.tx.surveyTarget.findUnique({
    where: { roundId_systemId: { roundId, systemId } },
    include: { system: true },
  });
  const mayAnswer =
    target && [target.personId, target.system.contactId, target.system.deputyId].includes(who.id);
  if (!mayAnswer)
    return new Refusal(
      '담당하는 시스템만 답할 수 있습니다.',
      '담당자가 바뀌었으면 홈의 ‘담당자 변경’에서 신청하십시오.',
    );
  return new Refusal('이미 답한 시스템입니다.', '바뀐 것이 있으면 ‘변경’을 눌러 고치십시오.');
}
