import { koreanDate, nextSendingTime, seoulDay, startOfDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Facts } from '../../messenger/notice.ts';
import { officersOnly } from '../../records/people/office.ts';
import { read } from '../../store/ask.ts';
import { keyFor, tellMany } from '../../store/broadcast.ts';
import type { Filing, SurveyRound } from '../../store/client/client.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import { holdName } from '../../store/hold.ts';
import type { Known } from '../../store/known.ts';
import type { Operation } from '../../store/operation.ts';
import { DESK, enqueue, type Message } from '../../store/outbox.ts';
import type { Db, Tx } from '../../store/store.ts';
import { answers, answersSurvey } from './progress.ts';
import { findOpenRound, getLivingRound, getOpenRound, inScope, livingRoundOf, type Scope } from './round.ts';

/** The kind of a survey's broadcast (store/broadcast.ts), and the kind of its messages. */
export const SURVEY = 'survey';
export const ASKED_MESSAGE = 'survey.asked';

interface RoundPlan {
  name: string;
  /** YYYY-MM-DD */
  closesOn: string;
  scope: Scope;
  basis: string;
  message: string;
  /** The first day, YYYY-MM-DD; without it the round opens at once. */
  opensOn?: string | undefined;
}

export interface Preview {
  systems: number;
  /** How many contacts get the message in the messenger, and how many by mail. */
  byMessenger: number;
  byMail: number;
  /** Contacts who can be reached in neither way. */
  unreachable: number;
}

export const { requireOfficer, requireOffice } = officersOnly(
  '이용현황조사는 표준API 관리자만 진행할 수 있습니다.',
);

/** How many systems and people a round would ask. */
export async function previewRound(tx: Tx, scope: Scope): Promise<Preview> {
  const [found] = await tx.$queryRaw<Preview[]>`
    SELECT COALESCE(SUM(systems), 0)::int AS systems,
      COUNT(*) FILTER (WHERE "slackId" IS NOT NULL AND NOT gone)::int AS "byMessenger",
      COUNT(*) FILTER (WHERE "slackId" IS NULL AND email IS NOT NULL AND NOT gone)::int AS "byMail",
      COUNT(*) FILTER (WHERE gone OR ("slackId" IS NULL AND email IS NULL))::int AS unreachable
    FROM (
      SELECT p."slackId", p.email, p."deactivatedAt" IS NOT NULL AS gone, COUNT(*) AS systems
      FROM "System" s JOIN "Agency" a ON a.code = s."agencyCode" JOIN "Person" p ON p.id = s."contactId"
      WHERE ${inScope(scope)} GROUP BY p.id) asked`;
  return found ?? { systems: 0, byMessenger: 0, byMail: 0, unreachable: 0 };
}

/**
 * Opens a round, or plans it for a later day. When it begins, broadcast.ts adds its systems and tells their contacts.
 * @throws Refusal
 */
export async function openRound(
  op: Operation,
  who: Known,
  { opensOn, ...plan }: RoundPlan,
): Promise<SurveyRound> {
  const { tx, now } = op;
  await requireOffice(tx, who);
  await holdName(tx, 'survey'); // of two officers at the same time only one opens a round
  const running = await read(tx, livingRoundOf(now));
  if (running) {
    throw new Refusal(
      `진행 중이거나 예약한 조사가 있습니다: ${running.name} (마감 ${koreanDate(running.closesOn)})`,
      '먼저 그 조사를 조기 종료하거나 마감한 뒤 시작하십시오.',
    );
  }
  const openedAt = opensOn && opensOn > seoulDay(now) ? startOfDay(opensOn) : now;
  requireLater(plan.closesOn, openedAt);
  const [found] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "System" s JOIN "Agency" a ON a.code = s."agencyCode" WHERE ${inScope(plan.scope)} LIMIT 1`;
  if (!found) throw new Refusal('조사 대상 시스템이 없습니다.', '대상 범위를 넓혀 다시 시작하십시오.');
  const round = await tx.surveyRound.create({
    data: { ...plan, scope: { ...plan.scope }, openedBy: who.id, openedAt },
  });
  op.audit({
    action: 'survey.open',
    subject: `survey:${round.id}`,
    data: { name: plan.name, opensOn: seoulDay(openedAt), closesOn: plan.closesOn },
  });
  await tellMany(tx, SURVEY, round.id, openedAt);
  return round;
}

/** The outbox key of the message that asks a person in a round. */
export const askedKey = (roundId: string, personId: string) => keyFor(SURVEY, roundId, personId);

/** The message to a person to whom an officer gave more systems to answer. */
function askedMessage(roundId: string, personId: string, notBefore: Date, again: string): Message {
  return {
    key: askedKey(roundId, personId) + again,
    notice: ASKED_MESSAGE,
    to: personId,
    facts: { roundId, personId },
    notBefore,
  };
}

const BOARD_MS = 10_000;
/** An answer whose transaction ends after its ten seconds is on the board all the same. */
const LATE_MS = 5000;

/** Updates the board in the officers' channel, at most once in ten seconds; `fresh` posts a new one. */
export function showBoard(op: Operation, roundId: string, fresh = false): void {
  op.tell(fresh ? freshBoard(op.now, roundId) : nextBoard(op.now, roundId));
}

function freshBoard(now: Date, roundId: string): Message {
  return {
    key: `board:${roundId}:fresh:${now.getTime()}`,
    notice: 'survey.board',
    to: DESK,
    facts: { roundId, fresh: 1 },
  };
}

function nextBoard(now: Date, roundId: string): Message {
  const turn = Math.ceil((now.getTime() + 1) / BOARD_MS) * BOARD_MS;
  return {
    key: `board:${roundId}:${turn}`,
    notice: 'survey.board',
    to: DESK,
    facts: { roundId, fresh: 0 },
    notBefore: new Date(turn + LATE_MS),
  };
}

/**
 * A filing may answer a survey, or no longer: the board follows its card.
 * @param facts those of a message to the desk; a card names the procedure of its filing
 * @returns whether something is to be sent
 */
export async function boardAfter(db: Db, now: Date, { filingId, procedure }: Facts): Promise<boolean> {
  if (!filingId || !answersSurvey(String(procedure ?? (await procedureOf(db, String(filingId))))))
    return false;
  const round = await findOpenRound(db, now);
  return round !== null && (await enqueue(db, now, [nextBoard(now, round.id)])).length > 0;
}

/** The procedure of a filing; '' without such a filing. */
async function procedureOf(db: Db, filingId: string): Promise<string> {
  const [filing] = await db.$queryRaw<Pick<Filing, 'procedure'>[]>`
    SELECT procedure FROM "Filing" WHERE id = ${filingId}`;
  return filing?.procedure ?? '';
}

/** Requires a deadline after the first day. @param begins the later of now and the first day */
function requireLater(closesOn: string, begins: Date): void {
  if (closesOn > seoulDay(begins)) return;
  throw new Refusal(
    '마감일이 오늘(시작일)이거나 그 앞입니다.',
    '내일이나 시작일 다음 날보다 뒤의 날짜를 고르십시오.',
  );
}

/** @throws Refusal */
export async function extendRound(
  op: Operation,
  who: Known,
  roundId: string,
  closesOn: string,
): Promise<SurveyRound> {
  await requireOffice(op.tx, who);
  const before = await getLivingRound(op.tx, op.now, roundId);
  requireLater(closesOn, before.openedAt > op.now ? before.openedAt : op.now);
  const round = await op.tx.surveyRound.update({ where: { id: roundId }, data: { closesOn } });
  op.audit({
    action: 'survey.extend',
    subject: `survey:${roundId}`,
    data: { from: before.closesOn, to: closesOn },
  });
  if (before.openedAt <= op.now) showBoard(op, roundId);
  return round;
}

/** @throws Refusal */
export async function endRound(op: Operation, who: Known, roundId: string): Promise<SurveyRound> {
  await requireOffice(op.tx, who);
  const { count } = await op.tx.surveyRound.updateMany({
    where: { id: roundId, endedAt: null, closesOn: { gte: seoulDay(op.now) } },
    data: { endedAt: op.now, endedBy: who.id },
  });
  const round = await op.tx.surveyRound.findUnique({ where: { id: roundId } });
  if (count !== 1 || !round) {
    throw new Refusal('이미 끝난 조사입니다.', '관리자 채널의 진행 현황에서 결과를 받으십시오.');
  }
  op.audit({ action: 'survey.end', subject: `survey:${roundId}`, data: { name: round.name } });
  await tellMany(op.tx, SURVEY, roundId, op.now); // withdraws messages that are not sent yet
  if (round.openedAt <= op.now) showBoard(op, roundId, true); // a round that has not begun has no board
  return round;
}

/**
 * Asks another person about all systems that `from` has not answered; from then on that person may answer for them.
 * @returns how many systems. @throws Refusal
 */
export async function reassign(
  op: Operation,
  who: Known,
  roundId: string,
  { from, to }: { from: string; to: string },
): Promise<number> {
  await requireOffice(op.tx, who);
  const round = await getOpenRound(op.tx, op.now, roundId);
  const person = await op.tx.person.findUnique({ where: { id: to } });
  if (!person?.registeredAt || person.deactivatedAt || from === to) {
    throw new Refusal(
      '응답을 맡길 수 없는 사람입니다.',
      '등록된 사용자 가운데 지금 응답자가 아닌 사람을 고르십시오.',
    );
  }
  const count = await op.tx.$executeRaw`
    UPDATE "SurveyTarget" t SET "personId" = ${to}
    FROM ${answers(round)} x
    WHERE t."roundId" = ${roundId} AND t."systemId" = x."systemId" AND x."personId" = ${from} AND x.answer = 'SILENT'`;
  if (count === 0) {
    throw new Refusal(
      '그 사람이 응답하지 않은 시스템이 없습니다.',
      '진행 현황에서 미응답 대상을 확인하십시오.',
    );
  }
  const notBefore = nextSendingTime(op.now, await readExtraHolidays(op.tx));
  op.tell(askedMessage(roundId, to, notBefore, `:${op.now.getTime()}`));
  op.audit({
    action: 'survey.reassign',
    subject: `survey:${roundId}`,
    person: to,
    data: { from, count },
  });
  return count;
}
