import type { ProcedureName } from '../../../records/filings/procedure-name.ts';
import type { Offer } from './offer.ts';

/** Buttons that need no system; `begin:` a procedure of the home. buttons.ts says who has which. */
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

/** Something that people ask, and the answer. Every field is data; nothing here knows how a sentence is understood. */
export interface Entry {
  id: string;
  /** In a list, and where the bot asks which of two is meant. */
  title: string;
  /** Without it everybody; `officer`: for officers and auditors only. `smalltalk`: one line, no buttons. */
  kind?: 'officer' | 'smalltalk';
  /** In people's own words, ten or more. */
  questions: readonly string[];
  /** Two or three plain sentences. */
  answer: string;
  /** What people of a 공공기관 are told instead. */
  publicAnswer?: string;
  /** Where the answer stands. */
  source?: string;
  buttons?: readonly ButtonName[];
  /** Adds the asker's own systems: the state and dates of each, with these buttons. */
  offers?: readonly Offer[];
}

/** One question a line. */
export function asked(lines: TemplateStringsArray): readonly string[] {
  return lines
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
