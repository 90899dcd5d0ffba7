import type { OfficialFile } from '../records/licences/official-licence.ts';
import type { CodedVerb } from './steps.ts';

/** Which filing, and the revision that was on the screen where it is known: nothing newer is decided unread. */
export interface Target {
  filingId: string;
  revision?: number | undefined;
}

/** What the officer adds to an approval that issues something. */
export interface ApprovalChoices {
  /** Which module is delivered, where several fit. */
  moduleId?: string;
  /** Issued instead of the bot's own licence. */
  official?: OfficialFile;
}

interface Approve extends Target, ApprovalChoices {
  verb: 'filing.approve';
  /** What came of it, where the procedure asks for that (`outcome`). */
  reason?: string;
  /** What the decision rests on, for the audit trail. */
  evidence?: Record<string, string>;
}

interface Return extends Target {
  verb: 'filing.return';
  reason: string;
  /** By field name, what to correct. */
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

/** What somebody decides about one filing. `reason` is what the applicant reads. */
export type Decision = Approve | Return | Reopen | Refuse | Wordless;

/** Decisions for which a one-time code may be asked. */
export type Coded = Extract<Decision, { verb: CodedVerb }>;

/** What a one-time code is asked for. */
export interface CodeRequest {
  /** What is about to be done, in the person's words. */
  purpose: string;
  resume: Resume;
}

/** How it goes on once the code was given. */
export type Resume =
  /** The decision is carried out. */
  | { next: 'decide'; decision: Coded }
  /** The window opens that asks for its words, or once more. */
  | { next: 'ask'; verb: CodedVerb; target: Target }
  /** The window opens that takes the official generator's file. */
  | { next: 'attach'; target: Target }
  /** Nothing: the button is pressed again. */
  | { next: 'press' };
