import {
  APPROVED,
  DECIDED,
  OFFERED,
  OPEN,
  REJECTED,
  RETURNED,
  SUBMITTED,
  WITHDRAWN,
} from '../records/filings/states.ts';
import type { FilingState } from '../store/client/enums.ts';
import type { Decider } from './decider.ts';

/**
 * Who may take a step: the applicant, the person whom the filing names, or an officer, who never decides their own
 * filing. `decider`: the officer who made the present decision. `effect`: nobody by a button; the approval of another
 * filing takes the step (see close.ts).
 */
type By = 'applicant' | 'named' | 'officer' | 'decider' | 'effect';

interface Step {
  label: string;
  from: readonly FilingState[];
  to: FilingState;
  by: By;
  /** Only before the first approval: a filing with issued licences is not thrown away. */
  unlessApproved?: true;
  /** Only for procedures that can be reopened. */
  reopens?: true;
  /** Needs the officer's one-time code: always, or where the procedure says so. */
  stepUp?: 'always' | 'byProcedure';
}

/**
 * The one life of a filing. A verb is the operation, the action id of its button, the audit action and the key of its
 * label. Buttons are drawn from this table, and it guards every write.
 */
export const steps = {
  'filing.resubmit': {
    label: '수정',
    from: OPEN,
    to: SUBMITTED,
    by: 'applicant',
  },
  'filing.accept': { label: '수락', from: [OFFERED], to: SUBMITTED, by: 'named' },
  'filing.decline': { label: '거절', from: [OFFERED], to: REJECTED, by: 'named' },
  'filing.withdraw': {
    label: '삭제',
    from: OPEN,
    to: WITHDRAWN,
    by: 'applicant',
    unlessApproved: true,
  },
  'filing.approve': {
    label: '승인',
    from: [SUBMITTED],
    to: APPROVED,
    by: 'officer',
    stepUp: 'byProcedure',
  },
  'filing.return': { label: '보완요청', from: [SUBMITTED], to: RETURNED, by: 'officer' },
  'filing.reject': {
    label: '반려',
    from: [SUBMITTED],
    to: REJECTED,
    by: 'officer',
    unlessApproved: true,
  },
  'filing.reopen': {
    label: '승인취소',
    from: [APPROVED],
    to: RETURNED,
    by: 'officer',
    reopens: true,
    stepUp: 'always',
  },
  // Within five minutes, and while nobody has acted since: see undo.ts.
  'filing.undo': {
    label: '되돌리기',
    from: DECIDED,
    to: SUBMITTED,
    by: 'decider',
  },
  'filing.close': {
    label: '종결',
    from: OPEN,
    to: WITHDRAWN,
    by: 'effect',
  },
} as const satisfies Record<string, Step>;

export type Verb = keyof typeof steps;
/** Verbs that may need a one-time code. */
export type CodedVerb = { [V in Verb]: (typeof steps)[V] extends { stepUp: string } ? V : never }[Verb];

/** What a step is checked against: the filing as the database has it now. */
export interface Standing {
  state: FilingState;
  approvedRevision: number | null;
  applicantId: string;
  /** The person who is asked to accept it. */
  namedId: string | null;
  /** Entered from paper: officers act for the applicant, who has no account. */
  paper: boolean;
  /**
   * Everybody who wrote it: the applicant, and those who typed, entered or accepted it. None of them may decide it.
   */
  authors: readonly string[];
  reopenable: boolean;
  /** Only officers end it; the applicant cannot take it back. */
  lasting: boolean;
  /** Who made the present decision. */
  decidedBy: string | null;
  /** Whether the decision can be taken back, because its approval issued, granted and changed nothing. */
  undoable: boolean;
}
export type Obstacle =
  | 'NOT_OFFICER'
  | 'NOT_APPLICANT'
  | 'NOT_NAMED'
  | 'OWN_FILING'
  | 'WRONG_STATE'
  | 'ALREADY_APPROVED'
  | 'LASTING'
  | 'NOT_REOPENABLE'
  | 'NOT_DECIDER'
  | 'NOT_UNDOABLE';

/** Why this person may not take this step now; null when they may. */
export function obstacleTo(verb: Verb, filing: Standing, who: Decider): Obstacle | null {
  const step: Step = steps[verb];
  if (step.by === 'effect' || (['officer', 'decider'].includes(step.by) && !who.officer))
    return 'NOT_OFFICER';
  if (['officer', 'decider'].includes(step.by) && filing.authors.includes(who.id)) return 'OWN_FILING';
  if (step.by === 'applicant' && !ownedBy(filing, who)) return 'NOT_APPLICANT';
  if (step.by === 'named' && filing.namedId !== who.id) return 'NOT_NAMED';
  if (verb === 'filing.withdraw' && filing.lasting) return 'LASTING';
  if (step.reopens && !filing.reopenable) return 'NOT_REOPENABLE';
  if (!step.from.includes(filing.state)) return 'WRONG_STATE';
  if (step.by === 'decider' && filing.decidedBy !== who.id) return 'NOT_DECIDER';
  if (step.by === 'decider' && !filing.undoable) return 'NOT_UNDOABLE';
  if (step.unlessApproved && filing.approvedRevision !== null) return 'ALREADY_APPROVED';
  return null;
}

/** Whether this person acts as the applicant: it is their own, or they are an officer and it came on paper. */
export function ownedBy(filing: Pick<Standing, 'applicantId' | 'paper'>, who: Decider): boolean {
  return filing.paper ? who.officer : filing.applicantId === who.id;
}

/** Whether an officer has to give a one-time code for this step. */
export function wantsCode(verb: Verb, procedure: { stepUp?: true }): boolean {
  const { stepUp }: Step = steps[verb];
  return stepUp === 'always' || (stepUp === 'byProcedure' && procedure.stepUp === true);
}

/** The steps that this person may take now, to draw buttons. */
export function openSteps(filing: Standing, who: Decider): Verb[] {
  return (Object.keys(steps) as Verb[]).filter((verb) => obstacleTo(verb, filing, who) === null);
}
