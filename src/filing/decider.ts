import type { Known } from '../store/known.ts';

/** Who decides: an officer, the applicant, or the bot on proof. */
export type Decider = Pick<Known, 'id' | 'officer'>;

/** As `decidedBy` and as actor: approves what is proven, see procedures/registration. */
export const BOT: Decider = { id: 'bot', officer: true };
/** What people read in place of a name. */
export const BOT_LABEL = '자동 승인(인증서 확인)';
