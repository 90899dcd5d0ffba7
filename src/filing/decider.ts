import type { Known } from '../store/known.ts';

/** Who decides: an officer, the applicant, or the bot after proof of identity. */
export type Decider = Pick<Known, 'id' | 'officer'>;

/** The bot as `decidedBy` and as actor; it approves registrations that are proven (procedures/registration). */
export const BOT: Decider = { id: 'bot', officer: true };
/** What people read instead of a name. */
export const BOT_LABEL = '자동 승인(인증서 확인)';
