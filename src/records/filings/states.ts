import type { FilingState } from '../../store/client/enums.ts';

/** Waits for the person whom it names. */
export const OFFERED = 'OFFERED' as const;
/** Waits for an officer. */
export const SUBMITTED = 'SUBMITTED' as const;
/** Waits for the applicant. */
export const RETURNED = 'RETURNED' as const;
/** This and the next two wait for nobody. */
export const APPROVED = 'APPROVED' as const;
export const REJECTED = 'REJECTED' as const;
export const WITHDRAWN = 'WITHDRAWN' as const;

/** Somebody still has to act on it. */
export const OPEN = [OFFERED, SUBMITTED, RETURNED] as const;
/** It has or may yet have an effect: all but rejected and withdrawn ones. */
export const LIVING = [...OPEN, APPROVED] as const;
/** It came to nothing. */
export const DROPPED = [REJECTED, WITHDRAWN] as const;
/** An officer decided it, and nobody has acted since. */
export const DECIDED = [APPROVED, RETURNED, REJECTED] as const;

type HasState = { state: FilingState };

export const isOpen = ({ state }: HasState): boolean => isAnyOf(OPEN, state);
export const isLiving = ({ state }: HasState): boolean => isAnyOf(LIVING, state);
export const isDropped = ({ state }: HasState): boolean => isAnyOf(DROPPED, state);

const isAnyOf = (states: readonly FilingState[], state: FilingState): boolean => states.includes(state);

/** For a query of the client: `where: { state: anyOf(OPEN) }`. */
export function anyOf<State extends FilingState>(states: readonly State[]): { in: State[] } {
  return { in: [...states] };
}

/** Labels in the guide's words. `stateLabel` (filing/standing.ts) is more precise about one filing. */
export const stateLabels: Record<FilingState, string> = {
  OFFERED: '수락대기',
  SUBMITTED: '검토중',
  RETURNED: '보완요청',
  APPROVED: '승인완료',
  REJECTED: '반려',
  WITHDRAWN: '삭제',
};
