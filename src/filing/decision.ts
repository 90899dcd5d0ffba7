import type { OfficialFile } from '../records/licences/official-licence.ts';
import type { CodedVerb } from './steps.ts';

/**
 * Which filing; and what is on the screen, if that is known: the revision, and how many objections there are. Nobody
 * decides a newer one unread.
 */
export interface Target {
  filingId: string;
  revision?: number | undefined;
  objections?: number | undefined;
}

/** What the officer adds to an approval that issues something. */
export interface ApprovalChoices {
  /** Which module to deliver, where several fit. */
  moduleId?: string;
  /** The file that is issued instead of the bot's own licence. */
  official?: OfficialFile;
}

interface Approve extends Target, ApprovalChoices {
  verb: 'filing.approve';
  /** The outcome, where the procedure asks for one (`outcome`). */
  reason?: string;
  /** Facts on which the decision rests, for the audit trail. */
  evidence?: Record<string, string>;
}

interface Return extends Target {
  verb: 'filing.return';
  reason: string;
  /** What to correct, by field name. */
  remarks?: Record<string, string>;
}

interface Reopen extends Target {
  verb: 'filing.reopen';
  reason: string;
  evidence?: Record<string, string>;
}

interface Refuse extends Target {
  verb: 'filing.reject' | 'filing.decline';
  reason: string;
}

interface Wordless extends Target {
  verb: 'filing.accept' | 'filing.withdraw' | 'filing.undo';
}

/** A decision about one filing. The applicant reads `reason`. */
export type Decision = Approve | Return | Reopen | Refuse | Wordless;

/** Decisions that may need a one-time code. */
export type Coded = Extract<Decision, { verb: CodedVerb }>;

/** A request for a one-time code. */
export interface CodeRequest {
  /** What the person is about to do, in their words. */
  purpose: string;
  resume: Resume;
}

/** What happens after the code was given. */
export type Resume =
  /** The decision is carried out. */
  | { next: 'decide'; decision: Coded }
  /** The window for the words of the decision opens, or the window that asks again. */
  | { next: 'ask'; verb: CodedVerb; target: Target }
  /** The window for the official generator's file opens. */
  | { next: 'attach'; target: Target }
  /** Nothing; the person presses the button again. */
  | { next: 'press' };
