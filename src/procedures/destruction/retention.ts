import { seoulDay } from '../../core/calendar.ts';
import { APPROVED, isDropped, OFFERED, SUBMITTED } from '../../records/filings/states.ts';
import type { FilingState } from '../../store/client/enums.ts';

/**
 * How long a case is kept. The clock starts when it is over, not when it was applied for: ten years (전자정부법 시행령
 * 제33조) from 1 January of the year after (공공기록물 관리에 관한 법률 시행령 제26조제3항).
 */
const RETENTION_YEARS = 10;
export const RETENTION_BASIS = '전자정부법 시행령 제33조';

/** What is needed to say whether a case is over, and since when. */
export interface CaseLife {
  state: FilingState;
  decidedAt: Date | null;
  /** Whether a licence was ever issued on it. */
  licensed: boolean;
  /** null: it belongs to no system (사용자 등록, 권한 변경). */
  system: { retiredAt: Date | null } | null;
  /** When the account of its applicant was closed; null while it is open. */
  accountClosedAt: Date | null;
}

/**
 * When the case ended, or null while it goes on. What was rejected or withdrawn without a licence ends with that
 * decision; what belongs to a system ends when the system is retired, unless an officer has yet to decide; what was
 * approved for a person alone ends when that person's account is closed.
 */
export function endOfCase(life: CaseLife): Date | null {
  const { state, decidedAt, licensed, system, accountClosedAt } = life;
  if (isDropped(life) && !licensed) return decidedAt;
  if (state === SUBMITTED || state === OFFERED) return null;
  if (system) return system.retiredAt;
  return state === APPROVED ? accountClosedAt : null;
}

/** What is needed to say whether a question is over. */
interface QuestionLife {
  state: 'OPEN' | 'ANSWERED' | 'CLOSED';
  closedAt: Date | null;
  /** null: it is about no system. */
  system: { retiredAt: Date | null } | null;
  /** When the account of who asked was closed. */
  accountClosedAt: Date | null;
}

/**
 * When a question ended, or null while it goes on. No law gives questions a time of their own. One about a system is
 * part of how that was supplied, so it goes with the system's cases; any other is kept for whoever asked, who finds it
 * under 내 문의 and may ask on, so it ends with their account. Neither ends before it is closed: nobody's question is
 * destroyed unanswered.
 */
export function endOfQuestion({ state, closedAt, system, accountClosedAt }: QuestionLife): Date | null {
  const over = system ? system.retiredAt : accountClosedAt;
  if (state !== 'CLOSED' || !closedAt || !over) return null;
  return over > closedAt ? over : closedAt;
}

/** The first day (YYYY-MM-DD, Seoul) on which a case that ended then may be destroyed. */
export function destroyableFrom(endedAt: Date): string {
  return `${Number(seoulDay(endedAt).slice(0, 4)) + 1 + RETENTION_YEARS}-01-01`;
}

/** Cases that ended before this day may be destroyed on `today`: the same rule, for a query. */
export function endedBefore(today: string): string {
  return `${Number(today.slice(0, 4)) - RETENTION_YEARS}-01-01`;
}
