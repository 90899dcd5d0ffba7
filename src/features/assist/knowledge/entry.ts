import type { ProcedureName } from '../../../records/filings/procedure-name.ts';
import type { Offer } from './offer.ts';

/** Buttons that need no system; `begin:NAME` starts a procedure from the home. asker.ts decides who gets which. */
export type ButtonName =
  | 'apply'
  | 'publicGuide'
  | 'mySystems'
  | 'mine'
  | 'resources'
  | 'installGuide'
  | 'errorHelp'
  | 'myData'
  | 'fillPaper'
  | 'blankApi'
  | 'blankScvp'
  | 'search'
  | 'statistics'
  | 'absence'
  | `begin:${ProcedureName}`;

/** A question that people ask, with its answer. Entries are data only; understand.ts matches sentences to them. */
export interface Entry {
  id: string;
  /** Shown in lists, and on the buttons when the bot asks which of two entries is meant. */
  title: string;
  /** Absent: for everybody. `officer`: for officers and auditors only. `smalltalk`: one line, no buttons. */
  kind?: 'officer' | 'smalltalk';
  /** Ten or more ways to ask, in people's own words. */
  questions: readonly string[];
  /** Two or three plain sentences. */
  answer: string;
  /** The answer for people of a 공공기관, in place of `answer`. */
  publicAnswer?: string;
  /** The source of the answer, shown below it. */
  source?: string;
  buttons?: readonly ButtonName[];
  /** Adds the asker's own systems: the state and dates of each, with these buttons. */
  offers?: readonly Offer[];
}

/** Splits a text into questions, one on each line. */
export function asked(lines: TemplateStringsArray): readonly string[] {
  return lines
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
