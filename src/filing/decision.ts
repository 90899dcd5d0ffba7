import type { OfficialFile } from '../records/licences/official-licence.ts';
import type { Verb } from './steps.ts';

/** What somebody decides about one filing. */
export interface Decision {
  verb: Exclude<Verb, 'filing.resubmit' | 'filing.close'>;
  filingId: string;
  /** The revision that was on the screen, when it is known: nothing newer is decided unread. */
  revision?: number | undefined;
  /** What the applicant reads: required to return, reject and reopen. */
  reason?: string;
  /** By field name, what to correct. */
  remarks?: Record<string, string>;
  /** Which module an approval delivers, where several fit. */
  moduleId?: string;
  /** Issued instead of the bot's own licence; `asked`: still to be attached. */
  official?: OfficialFile | 'asked';
  /** Nothing is decided: a code is asked for, and the button that wants it is pressed again. */
  codeOnly?: true;
  /** What the decision rests on, for the audit trail. */
  evidence?: Record<string, string>;
}
