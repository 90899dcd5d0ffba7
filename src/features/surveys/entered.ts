import { maskName } from '../../core/mask.ts';
import { Refusal } from '../../core/refusal.ts';
import { type FileRef, readFiles } from '../../store/blobs.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { type Answer, answers, askedByMail, type EnteredAs } from './progress.ts';

// Answers that officers enter for contacts who are asked by mail, and the documents behind them.

export const enteredLabels: Record<EnteredAs, string> = {
  MAIL: '이메일로 답함',
  LETTER: '공문으로 답함',
  PHONE: '전화로 답함 (⚠ 받은 문서 없음)',
  PAPER: '공문·이메일로 답함',
};

export interface MailTarget {
  systemId: string;
  name: string;
  agency: string;
  person: string | null;
}

/** Unanswered targets that are asked by mail, by agency. */
export function silentByMail(tx: Tx, round: SurveyRound): Promise<MailTarget[]> {
  return tx.$queryRaw<MailTarget[]>`
    SELECT x."systemId", s.name, a.name AS agency, p.name AS person
    FROM ${answers(round, askedByMail)} x JOIN "System" s ON s.id = x."systemId"
    JOIN "Agency" a ON a.code = s."agencyCode" JOIN "Person" p ON p.id = s."contactId"
    WHERE x.answer = 'SILENT' AND s."retiredAt" IS NULL
    ORDER BY a.name, s.name, s.id`;
}

export interface EnteredTarget extends MailTarget {
  answer: Answer;
  answeredAt: Date;
  enteredAs: EnteredAs;
  received: unknown;
  filingId: string | null;
}

/** What officers entered in this round, the newest first. */
export function enteredAnswers(tx: Tx, round: SurveyRound): Promise<EnteredTarget[]> {
  return tx.$queryRaw<EnteredTarget[]>`
    SELECT x."systemId", s.name, a.name AS agency, p.name AS person, x.answer, x."answeredAt", x."enteredAs",
      x.received, x."filingId"
    FROM ${answers(round)} x JOIN "System" s ON s.id = x."systemId"
    JOIN "Agency" a ON a.code = s."agencyCode" JOIN "Person" p ON p.id = s."contactId"
    WHERE x."enteredAs" IS NOT NULL
    ORDER BY x."answeredAt" DESC, s.id`;
}

/** The mail or 공문 that is stored with an answer; null when there is none. */
export const receivedFile = (stored: unknown): FileRef | null => readFiles(stored)[0] ?? null;

/** @throws Refusal */
export async function getReceived(tx: Tx, roundId: string, systemId: string) {
  const target = await tx.surveyTarget.findUnique({ where: { roundId_systemId: { roundId, systemId } } });
  const file = target && receivedFile(target.received);
  if (!file)
    throw new Refusal('받은 문서가 없습니다.', '전화로 받은 답이거나, 보존기간이 지나 파기했습니다.');
  return { target, file };
}

/** 변동 없음 of a system in the newest rounds: who answered, or which officer received the answer and how. */
export async function unchangedOf(tx: Tx, systemId: string) {
  const targets = await tx.surveyTarget.findMany({
    where: { systemId, unchangedAt: { not: null } },
    include: { round: { select: { id: true, name: true } } },
    orderBy: { unchangedAt: 'desc' },
    take: 3,
  });
  const people = await tx.person.findMany({
    where: { id: { in: targets.flatMap(({ unchangedBy }) => unchangedBy ?? []) } },
    select: { id: true, name: true },
  });
  const nameOf = (id: string | null) => maskName(people.find((one) => one.id === id)?.name ?? '');
  return targets.flatMap(({ round, unchangedAt: at, unchangedBy, receivedBy, received }) => {
    const by = nameOf(unchangedBy);
    const how = receivedBy ? `${enteredLabels[receivedBy]} (등록: ${by || '관리자'})` : by || '담당자';
    return at ? [{ round, at, how, file: receivedFile(received) }] : [];
  });
}
