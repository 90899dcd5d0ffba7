import type { Button, KnownBlock } from '@slack/types';
import type { Finding } from '../core/finding.ts';
import type { Labelled } from '../messenger/blocks.ts';
import type { Answers, AnswersOf, Fields, Form } from '../messenger/forms/form.ts';
import type { Guidance } from '../messenger/guidance.ts';
import type { Subject } from '../records/filings/subject.ts';
import type { ConsentText } from '../records/people/consents.ts';
import type { SystemWithLife } from '../records/systems/standing.ts';
import type { Filing, Person, System } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Ground, Operation } from '../store/operation.ts';
import type { Db, Tx } from '../store/store.ts';
import type { ApprovalChoices } from './decision.ts';
import type { CodePolicy } from './step-up/code-policy.ts';

/** The columns of a filing that its answers determine, and what is stored with it. */
export interface Placement {
  /** Its name in lists and on the card: the system's name, or the person's agency. */
  title: string;
  agencyCode: string | null;
  systemId: string | null;
  /** 공문: (처리과, 연도, 번호), to find a number that was used before. */
  letterKey?: string | null;
  /** For a filing on several systems; systemId is null then. */
  systemIds?: readonly string[];
  /** The person who has to accept it first; then officers decide. */
  namedId?: string | null;
  /** Officers see it before everything else. */
  urgent?: boolean;
  /** The system of `systemId`, when it does not exist yet: it is stored with the filing. */
  newSystem?: System | null;
  /** What the applicant agrees to with it. */
  consents?: readonly ConsentText[];
}

/**
 * A filing as its checks see it. Those of a submission run before it is stored: neither its row nor its revision is
 * there, and it has no number.
 */
export type Checked = Omit<Filing, 'number' | 'stops' | 'looks'>;

/** The names of a procedure. */
interface Identity {
  name: string;
  /** The procedure, as people say it: 이용신청. */
  title: string;
  /** The paper form that it replaces: 이용신청서. */
  document: string;
  /** The label of an approved one (guide 1.3.1: an approved application is 검토완료, a report 승인완료). */
  approvedLabel: string;
}

/** Where a procedure can be begun, and by whom. */
interface Offering {
  /** After a rejection it may be begun again with the same answers. */
  again?: true;
  /**
   * Its button on the home: on whose home, and a line on its purpose. Action id `procedure.begin.<name>`, no subject.
   */
  onHome?: { label: string; for: 'official' | 'officer'; about?: string };
  /** Action id of buttons without a subject that other rooms draw for it. */
  begunBy?: string;
  /**
   * Its button in the details of a system: for whom, and in which state of the system. `about`: its purpose, where
   * the name alone is easily confused with another.
   */
  onSystem?: {
    label: string;
    about?: string;
    /** The button is among those of the details; the others are in the menu next to them. */
    often?: true;
    offered(system: SystemWithLife, who: Known, today: string): boolean;
  };
  /** Its button where officers look at a person; the subject is `person:ID`. */
  onPerson?: { label: string };
  /**
   * A person of a developer company may fill its draft for the applicant. Its personal fields are in steps of their
   * own.
   */
  helpable?: true;
}

/** How officers enter it from a 공문 or a mail, where they may. */
interface OnPaper<A> {
  /** Finds or creates the contact that the paper names. */
  paper?(op: Operation, answers: A, subject: Subject, filing: Filing | null): Promise<Known>;
  /**
   * What officers enter. Absent: a letter (subject `paper`). `system`: a letter about a known system
   * (`paper:system:ID`). `report`: what a contact sends back by mail about one.
   */
  paperOf?: 'system' | 'report';
  /** The fields that stay the same for the next system of one letter. */
  keptOnLetter?: readonly string[];
}

/** What may be done to its filings, and what their approval means for others. */
interface Traits {
  /** Whether 승인취소 applies (guide 1.7). */
  reopenable: boolean;
  /** It may be approved together with others, because it issues, grants and ends nothing. */
  together?: true;
  /** Its approval changes only the filing, so it can be taken back for five minutes. */
  undoable?: true;
  /** Only officers end it. The applicant may add to it and correct it, but not take it back. */
  lasting?: true;
  /** Its approval ends something for good: a window of its own asks for it, with a box to tick. */
  irreversible?: true;
  /** Its approval signs, revokes, moves, grants a role or destroys: the officer has to give a one-time code. */
  stepUp?: true;
  /** Its approval issues a licence of this kind. An officer may attach the official generator's file instead. */
  issues?: 'TEMPORARY' | 'REGULAR';
  /** Only the official generator's file is issued (LICENCE_SOURCE). */
  officialOnly?: boolean;
  /** It is a step towards a licence, so the home counts it among 신청중 (guide 1.2). */
  leadsToLicence?: true;
  /** The applicant may be gone when it is decided, because that is its subject. */
  outlivesApplicant?: true;
  /** The personal answers are about the new person, not about the person whose filing it is. */
  ofNewcomer?: true;
  /** In an 이용현황조사 a filing of it answers for its system with this answer (features/surveys/progress.ts). */
  answersSurveyAs?: 'CHANGED' | 'CONTACT' | 'RETIRED';
  /** It names a person who has to accept: what accepting means, in words for that person. */
  offered?: Offered;
  /** Its approval states an outcome; these words ask the officer for it. */
  outcome?: { intro: string; label: string; placeholder: string };
}

/** What happens to a filing of it, in the order of its life. `A`: its answers. */
interface Life<A> {
  /**
   * The initial answers when it is begun.
   * @throws Refusal when this person cannot begin it on this subject
   */
  begin(tx: Tx, applicant: Known, subject: Subject, now: Date): Promise<Partial<A>>;
  /** Guidance that ends the form early because of the answers of a step (공공기관: not online), or null. */
  divert?(tx: Tx, applicant: Known, answers: Partial<A>, subject: Subject): Promise<Guidance | null>;
  /**
   * What is wrong with answers beyond what the form can tell, by field name. Runs when a step is submitted, with its
   * answers alone, and before a submission with all answers, outside its transaction, because attempts may be
   * counted. `all`: everything that the draft contains.
   */
  verify?(
    ground: Ground,
    scene: DraftScene,
    answers: Partial<A>,
    all: Answers,
  ): Promise<Record<string, string>>;
  /** A note above a step, or above the summary after the last one: what to compare earlier answers with. */
  noteFor?(tx: Tx, who: Known, answers: Partial<A>, step: number, now: Date): Promise<string | null>;
  /** Runs at every submission, inside its transaction. `filing`: a resubmitted one as it was before. */
  place(
    op: Operation,
    applicant: Known,
    subject: Subject,
    answers: A,
    filing: Filing | null,
  ): Promise<Placement>;
  /** What the checks tell officers besides the answers. `applicant`: the person whose filing it is. */
  findings(tx: Tx, filing: Checked, answers: A, applicant: Person): Promise<Finding[]>;
  /** The effect of an approval, inside its transaction. @throws Refusal */
  approve(op: Operation, filing: Filing, answers: A, choices: ApprovalChoices): Promise<void>;
  /**
   * It changes registered data of a system: which fields, and their present values. Old → new is shown before and
   * after.
   */
  changes?: { fields: readonly string[]; before(tx: Tx, systemId: string): Promise<Answers> };
  /**
   * What is shown below the answers while the case goes on, in the officers' review and in the applicant's details.
   */
  followUp?(tx: Tx, filing: Filing, viewer: Known): Promise<KnownBlock[]>;
}

/** The words about a filing of it. `A`: its answers. */
interface Words<A> {
  /** The person or thing that it is about, if that is no system of the applicant's. `whole`: not masked. */
  about?(tx: Tx, answers: A, whole: boolean): Promise<Labelled[]>;
  /**
   * What its approval signs, sends, revokes or moves, and to whom, in words for the officer who is about to approve.
   * Names are masked; `to` is the applicant's.
   */
  effect?(tx: Tx, filing: Filing, answers: A, to: string): Promise<string> | string;
  /** Told with a 승인취소: what stays valid meanwhile, and what comes next. */
  reopenedText?(db: Db, filing: Filing): Promise<string>;
  /** Message to the applicant after approval; left out when `approve` sends one itself. */
  approvedText?: string;
  /**
   * The same for a mail, where the message mentions something that a person without a messenger account does not
   * have.
   */
  approvedByMail?: string;
  /** The button below that message, for the applicant's next step. */
  approvedNext?: Button;
}

/**
 * What one procedure adds to the life that all filings share: its form, its initial answers, its checks and the
 * effect of an approval. Everything else (steps, drafts, cards, queue, audit, notices) is the same for all.
 */
interface Procedure<F extends Fields, A = AnswersOf<F>>
  extends Identity,
    Offering,
    OnPaper<A>,
    Traits,
    Life<A>,
    Words<A> {
  form: Form<F>;
  /** Answers that the officers' card shows instead of the title; none may be personal or sensitive. */
  onCard?: readonly (keyof F & string)[];
}

/** Who acts, the place (for the audit trail), and the subject of the draft. */
export interface DraftScene {
  who: Known;
  place: string;
  subject: Subject;
}

interface Offered {
  asks: string;
  /** Acceptance is the approval: no officer decides or sees it. */
  settles?: true;
}

/** A procedure as the engine sees it, without the types of its own form. Stored answers have passed that form. */
export type AnyProcedure = Procedure<Fields, Answers>;

/** What the form in steps needs to know, whether it ends in a filing or a document. */
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

/** A form that ends in a document for the person who filled it; nothing is filed. */
export interface DocumentForm extends Fillable {
  /** The notice that sends the document; its facts contain the id of the draft. */
  delivers: { notice: string };
}

export const endsInDocument = (form: Fillable): form is DocumentForm => 'delivers' in form;

export function defineProcedure<F extends Fields>(procedure: Procedure<F>): AnyProcedure {
  return procedure;
}

/** What the filing engine works with: database, clock and procedures. */
export interface Filings extends Ground {
  /** One-time codes; without it nobody is asked for one. */
  codes?: CodePolicy;
  /** Whether people may prove who they are by certificate. */
  byCertificate?: boolean;
  procedures: ReadonlyMap<string, AnyProcedure>;
  /** Forms that end in a document instead of a filing. */
  documents?: ReadonlyMap<string, DocumentForm>;
}

/** For what only looks procedures up. */
export type Registry = Pick<Filings, 'procedures'>;

export function getProcedure(filings: Registry, name: string): AnyProcedure {
  const procedure = filings.procedures.get(name);
  if (!procedure) throw new Error(`no procedure ${name}`);
  return procedure;
}

/** What brought a filing that an officer entered. */
export function cameBy({ paperOf, form }: Pick<Fillable, 'paperOf' | 'form'>): string {
  if (paperOf === 'report') return '이메일';
  return 'letterNumber' in form.fields ? '공문' : '공문·이메일';
}

/** A procedure or a form that ends in a document, by name. */
export function getFillable(
  { procedures, documents }: Pick<Filings, 'procedures' | 'documents'>,
  name: string,
): AnyProcedure | DocumentForm {
  return documents?.get(name) ?? getProcedure({ procedures }, name);
}

/** Everything that people may fill in, by name. */
export function allFillable({
  procedures,
  documents = new Map(),
}: Pick<Filings, 'procedures' | 'documents'>): ReadonlyMap<string, Fillable> {
  return new Map<string, Fillable>([...procedures, ...documents]);
}
