import { seoulDay } from '../../core/calendar.ts';
import { APPROVED, isDropped, OFFERED, SUBMITTED } from '../../records/filings/states.ts';
import type { FilingState } from '../../store/client/enums.ts';

/**
 * How long a case is kept: ten years (전자정부법 시행령 제33조) from 1 January of the year after its end (공공기록물 관리에 관한 법률 시행령
 * 제26조제3항). The end of the case counts, not its application.
 */
const RETENTION_YEARS = 10;
export const RETENTION_BASIS = '전자정부법 시행령 제33조, 공공기록물 관리에 관한 법률 시행령 제26조제3항';

/** The facts that decide whether and when a case ended. */
export interface CaseLife {
  state: FilingState;
  decidedAt: Date | null;
  /** Whether it ever led to a licence. */
  licensed: boolean;
  /** Null when it has no system (사용자 등록, 권한 변경). */
  system: { retiredAt: Date | null } | null;
  /** When the applicant's account was closed; null while it is open. */
  accountClosedAt: Date | null;
}

/**
 * When the case ended; null while it goes on. A case that was rejected or withdrawn and never led to a licence ends
 * with that decision. A case with a system ends when the system is retired, unless an officer has yet to decide it.
 * An approved case without a system ends when the applicant's account is closed.
 */
export function endOfCase(life: CaseLife): Date | null {
  const { state, decidedAt, licensed, system, accountClosedAt } = life;
  if (isDropped(life) && !licensed) return decidedAt;
  if (state === SUBMITTED || state === OFFERED) return null;
  if (system) return system.retiredAt;
  return state === APPROVED ? accountClosedAt : null;
}

/** The facts that decide whether a question ended. */
interface QuestionLife {
  state: 'OPEN' | 'ANSWERED' | 'CLOSED';
  closedAt: Date | null;
  /** Null when it is about no system. */
  system: { retiredAt: Date | null } | null;
  /** When the asker's account was closed. */
  accountClosedAt: Date | null;
}

/**
 * When a question ended; null while it goes on. No law sets a retention for questions. A question about a system
 * belongs to the record of that system and ends with its cases. Any other question is kept for the asker, who finds
 * it under 내 문의 and may continue it, so it ends with the asker's account. Neither ends before it is closed: no
 * question is destroyed unanswered.
 */
export function endOfQuestion({ state, closedAt, system, accountClosedAt }: QuestionLife): Date | null {
  const over = system ? system.retiredAt : accountClosedAt;
  if (state !== 'CLOSED' || !closedAt || !over) return null;
  return over > closedAt ? over : closedAt;
}

/** The first day (YYYY-MM-DD, Seoul) on which a case that ended at this instant may be destroyed. */
export function destroyableFrom(endedAt: Date): string {
  return `${Number(seoulDay(endedAt).slice(0, 4)) + 1 + RETENTION_YEARS}-01-01`;
}

/** The same rule for a query: cases that ended before this day may be destroyed on `today`. */
export function endedBefore(today: string): string {
  return `${Number(today.slice(0, 4)) - RETENTION_YEARS}-01-01`;
}
