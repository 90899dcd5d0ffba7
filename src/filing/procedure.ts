import type { Button, KnownBlock } from '@slack/types';
import type { Finding } from '../core/finding.ts';
import type { Labelled } from '../messenger/blocks.ts';
import type { Answers, AnswersOf, Fields, Form } from '../messenger/forms/form.ts';
import type { Guidance } from '../messenger/guidance.ts';
import type { Subject } from '../records/filings/subject.ts';
import type { SystemWithLife } from '../records/systems/standing.ts';
import type { Filing, Person } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Ground, Operation } from '../store/operation.ts';
import type { Db, Tx } from '../store/store.ts';
import type { ApprovalChoices } from './decision.ts';
import type { CodePolicy } from './step-up/code-policy.ts';

/** The columns of a filing that come from its answers. */
export interface Placement {
  /** What the lists and the card call it: the system's name, or the person's agency. */
  title: string;
  agencyCode: string | null;
  systemId: string | null;
  /** 공문: (처리과, 연도, 번호), to find a number that was used before. */
  letterKey?: string | null;
  /** Where it concerns several systems; systemId is null then. */
  systemIds?: readonly string[];
  /** Who has to accept it before officers decide: it is offered to them first. */
  namedId?: string | null;
  /** Before everything else on the desk. */
  urgent?: boolean;
}

/** How people call a procedure. */
interface Identity {
  name: string;
  /** The procedure, as people say it: 이용신청. */
  title: string;
  /** The paper it replaces: 이용신청서. */
  document: string;
  /** What an approved one is called (guide 1.3.1: an approved application is 검토완료, a report 승인완료). */
  approvedLabel: string;
}

/** Where it is begun, and by whom. */
interface Offering {
  /** Open to people who are not registered yet. */
  unregistered?: true;
  /** Rejected, it may be begun anew with what it said. */
  again?: true;
  /** Its button on the home, whose home, and a line on what it is for. Action id `procedure.begin.<name>`, no subject. */
  onHome?: { label: string; for: 'official' | 'officer'; about?: string };
  /** Action id of buttons that other rooms draw for it, without a subject. */
  begunBy?: string;
  /**
   * Its button in the details of a system: for whom, and where the system stands so that it can be begun. `about`: what
   * it is for, where names alone are easily confused.
   */
  onSystem?: {
    label: string;
    about?: string;
    /** Stands among the buttons of the details; the others are in the menu next to them. */
    often?: true;
    offered(system: SystemWithLife, who: Known, today: string): boolean;
  };
  /** Its button where officers read of a person: subject `person:ID`. */
  onPerson?: { label: string };
  /** Somebody of a developer company may fill its draft for the applicant; its personal fields are in own steps. */
  helpable?: true;
}

/** How officers enter it from a 공문 or a mail, where they may. */
interface OnPaper<A> {
  /** The contact it is for, found or made by what stands on the paper. */
  paper?(op: Operation, answers: A, subject: Subject, filing: Filing | null): Promise<Known>;
  /**
   * What is entered: a letter (subject `paper`), a letter about a system that is known (`paper:system:ID`), or what
   * comes back by mail about one. A letter of its own without.
   */
  paperOf?: 'system' | 'report';
  /** One letter may bring several: what is entered again for the next of them, by field name. */
  keptOnLetter?: readonly string[];
}

/** What holds of its filings: what may be done to them and what their approval means for others. */
interface Traits {
  /** Whether 승인취소 applies (guide 1.7). */
  reopenable: boolean;
  /** Plain enough to be approved together with others: nothing is issued, granted or ended by it. */
  together?: true;
  /** Its approval changes nothing but the filing, so it can be taken back for five minutes. */
  undoable?: true;
  /** Officers alone end it; who submitted it may add to it and correct it, and takes nothing back. */
  lasting?: true;
  /** Nothing brings back what its approval ends: it is asked for in a window of its own, with a tick. */
  irreversible?: true;
  /** Its approval signs, revokes, moves, grants a role or destroys: the officer gives a one-time code. */
  stepUp?: true;
  /** Its approval issues a licence of this kind; an officer may attach the official generator's file instead. */
  issues?: 'TEMPORARY' | 'REGULAR';
  /** That file is the only one that is issued (LICENCE_SOURCE). */
  officialOnly?: boolean;
  /** It stands on the way to a licence: counted among 신청중 on the home (guide 1.2). */
  leadsToLicence?: true;
  /** The applicant may be gone by the time it is decided: it is about that. */
  outlivesApplicant?: true;
  /** What is personal in its answers tells of somebody who is still to come, not of whose filing it is. */
  ofNewcomer?: true;
  /** In an 이용현황조사 a filing of it answers for its system: with this (features/surveys/progress.ts). */
  answersSurveyAs?: 'CHANGED' | 'CONTACT' | 'RETIRED';
  /** Names somebody who has to accept: what accepting means, in words for that person. */
  offered?: Offered;
  /** Its approval says what came of it; the officer is asked for that in these words. */
  outcome?: { intro: string; label: string; placeholder: string };
}

/** What happens to one, in the order of its life. `A`: its answers. */
interface Life<A> {
  /**
   * What is filled in already when it is begun.
   * @throws Refusal when this person cannot begin it on this subject
   */
  begin(tx: Tx, applicant: Known, subject: Subject, now: Date): Promise<Partial<A>>;
  /** A step's answers may end the form with guidance instead (공공기관: not online). Text lines, or null. */
  divert?(tx: Tx, applicant: Known, answers: Partial<A>, subject: Subject): Promise<Guidance | null>;
  /**
   * What is wrong with answers beyond what the form can tell, by field name. Runs when a step is submitted, with its
   * answers alone, and with all of them before a submission, outside its transaction: attempts may be counted. `all`:
   * everything that the draft holds.
   */
  verify?(
    ground: Ground,
    scene: DraftScene,
    answers: Partial<A>,
    all: Answers,
  ): Promise<Record<string, string>>;
  /** A note above a step, or above the summary after the last: what earlier answers should be compared with. */
  noteFor?(tx: Tx, who: Known, answers: Partial<A>, step: number, now: Date): Promise<string | null>;
  /** Runs at every submission, inside its transaction. `filing` is the earlier state of a resubmitted one. */
  place(
    op: Operation,
    applicant: Known,
    subject: Subject,
    answers: A,
    filing: Filing | null,
  ): Promise<Placement>;
  /** What officers read about it besides the answers; `applicant`: whose it is. */
  findings(tx: Tx, filing: Filing, answers: A, applicant: Person): Promise<Finding[]>;
  /** What approval means, inside the transaction of the approval. @throws Refusal */
  approve(op: Operation, filing: Filing, answers: A, choices: ApprovalChoices): Promise<void>;
  /** It changes what stands of a system: which fields, and what they are now. Old → new is shown before and after. */
  changes?: { fields: readonly string[]; before(tx: Tx, systemId: string): Promise<Answers> };
  /** What stands below the answers while the case goes on, in the officers' review and in the applicant's details. */
  followUp?(tx: Tx, filing: Filing, viewer: Known): Promise<KnownBlock[]>;
}

/** What is said of one. `A`: its answers. */
interface Words<A> {
  /** Whom or what it is about, where that is no system of the applicant's. `whole`: not masked. */
  about?(tx: Tx, answers: A, whole: boolean): Promise<Labelled[]>;
  /**
   * In words, for who is about to approve: what is signed, sent, revoked or moved, and to whom. Names are masked; `to` is
   * the applicant's.
   */
  effect?(tx: Tx, filing: Filing, answers: A, to: string): Promise<string> | string;
  /** Said with a 승인취소: what still holds meanwhile, and what comes next. */
  reopenedText?(db: Db, filing: Filing): Promise<string>;
  /** Message to the applicant after approval; left out when approve says it itself. */
  approvedText?: string;
  /** The same in a mail, where it names what somebody without a messenger account does not have. */
  approvedByMail?: string;
  /** The button below that message: what the applicant does next. */
  approvedNext?: Button;
}

/**
 * What one procedure adds to the common life of filings: its form, what it begins from, what it checks and what an
 * approval does. Everything else (steps, drafts, cards, queue, audit, notices) is the same for all.
 */
interface Procedure<F extends Fields, A = AnswersOf<F>>
  extends Identity,
    Offering,
    OnPaper<A>,
    Traits,
    Life<A>,
    Words<A> {
  form: Form<F>;
  /** Answers that stand on the officers' card instead of the title: none that is personal or sensitive. */
  onCard?: readonly (keyof F & string)[];
}

/** Who acts, where (for the audit trail), and on what the draft is. */
export interface DraftScene {
  who: Known;
  place: string;
  subject: Subject;
}

interface Offered {
  asks: string;
  /** Accepting is the approval: no officer decides it, and none reads of it. */
  settles?: true;
}

/** The engine's view of a procedure: its answers passed its own form before they were stored. */
export type AnyProcedure = Procedure<Fields, Answers>;

/** What the form in steps has to know, whatever it ends in. */
export type Fillable = Pick<
  AnyProcedure,
  | 'name'
  | 'document'
  | 'form'
  | 'begin'
  | 'divert'
  | 'verify'
  | 'noteFor'
  | 'paper'
  | 'paperOf'
  | 'helpable'
  | 'ofNewcomer'
>;

/** A form that ends in a document for the person who filled it, and is filed nowhere. */
export interface DocumentForm extends Fillable {
  /** The notice that sends the document; it is told with the id of the draft. */
  delivers: { notice: string };
}

export const endsInDocument = (form: Fillable): form is DocumentForm => 'delivers' in form;

export function defineProcedure<F extends Fields>(procedure: Procedure<F>): AnyProcedure {
  return procedure;
}

/** The filing engine: its ground and the procedures it runs. */
export interface Filings extends Ground {
  /** One-time codes; without it nobody is asked for one. */
  codes?: CodePolicy;
  /** Whether people may prove who they are by certificate. */
  byCertificate?: boolean;
  procedures: ReadonlyMap<string, AnyProcedure>;
  /** Forms that end in a document instead of a filing. */
  documents?: ReadonlyMap<string, DocumentForm>;
}

export function getProcedure(filings: Pick<Filings, 'procedures'>, name: string): AnyProcedure {
  const procedure = filings.procedures.get(name);
  if (!procedure) throw new Error(`no procedure ${name}`);
  return procedure;
}

/** What brought a filing that an officer entered. */
export function cameBy({ paperOf, form }: Pick<Fillable, 'paperOf' | 'form'>): string {
  if (paperOf === 'report') return '이메일';
  return 'letterNumber' in form.fields ? '공문' : '공문·이메일';
}

/** A procedure or a form that ends in a document. */
export function getFillable(
  { procedures, documents }: Pick<Filings, 'procedures' | 'documents'>,
  name: string,
): AnyProcedure | DocumentForm {
  return documents?.get(name) ?? getProcedure({ procedures }, name);
}

/** All that somebody may have filled in, by name. */
export function allFillable({
  procedures,
  documents = new Map(),
}: Pick<Filings, 'procedures' | 'documents'>): ReadonlyMap<string, Fillable> {
  return new Map<string, Fillable>([...procedures, ...documents]);
}
