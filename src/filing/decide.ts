import type { Finding } from '../core/finding.ts';
import { Refusal } from '../core/refusal.ts';
import { readValues } from '../messenger/forms/answers.ts';
import { filingColumns, firstFiling } from '../records/filings/filing.ts';
import { getRevision } from '../records/filings/revision.ts';
import { APPROVED, RETURNED, SUBMITTED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { holdsOffice } from '../records/people/office.ts';
import { holdInUse } from '../records/systems/own-system.ts';
import { type Filing, Prisma } from '../store/client/client.ts';
import { assignment } from '../store/new-rows.ts';
import { type Operation, operate } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';
import { BOT, type Decider } from './decider.ts';
import type { Coded, Decision, Resume, Target } from './decision.ts';
import { findingsOn } from './findings.ts';
import { endHelpers, resumeHelpers } from './helper-rows.ts';
import { markFiling } from './marks.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';
import { requireCode } from './require-code.ts';
import { refuseWithoutFile } from './require-file.ts';
import { getFiling, standingOf } from './standing.ts';
import { refusalTo, refuseOvertaken } from './step-refusals.ts';
import { obstacleTo, steps, type Verb, wantsCode } from './steps.ts';
import { tellApplicant, tellUndone } from './tell-decision.ts';
import { tellDesk } from './tell-desk.ts';
import { refuseUndo, undoneTimes } from './undo.ts';

/**
 * Takes one step of a filing's life. The guarded write, the procedure's effect, the audit row and the messages commit
 * together. Of two clicks at once one wins; the other person reads who was first.
 * @throws Refusal
 */
export async function decideFiling(
  filings: Filings,
  { who, place }: { who: Decider; place: string },
  decision: Decision,
): Promise<Filing> {
  return operate(filings, { actor: who.id, place }, (op) => takeStep(filings, op, who, decision));
}

/** The same inside an operation that does more. @throws Refusal */
export async function takeStep(
  filings: Registry,
  op: Operation,
  who: Decider,
  decision: Decision,
): Promise<Filing> {
  const step = await mayTake(filings, op, who, decision);
  const filing = await write(op, step);
  const round = (await undoneTimes(op.tx, filing.id)) + (step.undoes ? 1 : 0);
  await carryOut(op, step, filing);
  audit(op, step, filing);
  tell(op, step, filing, round);
  return filing;
}

type Registry = Pick<Filings, 'procedures' | 'codes'>;

/** A step that may be taken: who decides what, and the state that it was checked against. */
interface Step {
  who: Decider;
  decision: Decision;
  before: Filing;
  procedure: AnyProcedure;
  revision: Awaited<ReturnType<typeof getRevision>>;
  undoes: boolean;
  /** Whether acceptance by the named person approves it at once. */
  settles: boolean;
  approves: boolean;
}

/** Makes every check that comes before a write. @throws Refusal, StepUpNeeded */
async function mayTake(filings: Registry, op: Operation, who: Decider, decision: Decision): Promise<Step> {
  const { verb } = decision;
  const before = await getFiling(op.tx, decision.filingId);
  const procedure = getProcedure(filings, before.procedure);
  const revision = await getRevision(op.tx, before);
  const obstacle = obstacleTo(verb, standingOf(before, procedure, revision.submittedBy), {
    id: who.id,
    officer: who.officer && (who.id === BOT.id || (await holdsOffice(op.tx, who.id))),
  });
  if (obstacle) throw await refusalTo(op.tx, procedure, before, verb, obstacle);
  refuseOvertaken(before, seenFor(verb, decision));
  refuseWithoutOutcome(procedure, decision);
  refuseWithoutFile(procedure, decision);
  const undoes = verb === 'filing.undo';
  if (before.systemId && ['filing.approve', 'filing.reopen', 'filing.undo'].includes(verb))
    await holdInUse(op.tx, before.systemId);
  if (undoes) await refuseUndo(op.tx, op.now, before);
  if (isCoded(decision)) {
    const coded = { who, filing: before, verb: decision.verb, resume: resumeOf(decision) };
    await refuseWithoutCode(filings, op, coded);
  }
  const settles = verb === 'filing.accept' && procedure.offered?.settles === true;
  const approves = verb === 'filing.approve' || settles;
  return { who, decision, before, procedure, revision, undoes, settles, approves };
}

/** The guarded write. @throws Refusal when somebody else was first */
async function write({ tx, now }: Operation, step: Step): Promise<Filing> {
  const { who, decision, before, procedure, undoes, settles, approves } = step;
  const { verb } = decision;
  const decides = verb !== 'filing.accept' || settles;
  const changes: Partial<Filing> = {
    state: settles ? APPROVED : steps[verb].to,
    ...(decides ? { decidedAt: now, decidedBy: who.id, reason: reasonOf(decision) } : {}),
    ...(approves ? { approvedRevision: before.revision } : {}),
    ...(undoes ? { decidedAt: null, decidedBy: null, reason: null } : {}),
    ...(undoes && before.state === APPROVED ? { approvedRevision: null } : {}),
  };
  const same = undoes
    ? Prisma.sql`AND "decidedBy" = ${who.id} AND "decidedAt" = ${before.decidedAt}`
    : Prisma.empty;
  const seen = seenFor(verb, before);
  const heard =
    seen.objections === undefined ? Prisma.empty : Prisma.sql`AND objections = ${seen.objections}`;
  const rows = await tx.$queryRaw<Filing[]>`
    UPDATE "Filing" SET ${assignment('Filing', Prisma.FilingScalarFieldEnum, changes)}
    WHERE id = ${before.id} AND revision = ${before.revision} AND state ${isOneOf(...steps[verb].from)} ${same} ${heard}
    RETURNING ${filingColumns}`;
  const filing = firstFiling(rows);
  if (filing) return filing;
  const current = await getFiling(tx, before.id);
  refuseOvertaken(current, seen); // it was corrected, or objected to, between the check and the write
  throw await refusalTo(tx, procedure, current, verb, 'WRONG_STATE');
}

/** Of what was on the screen: what must still be so. An objection is for the officer who decides. */
const seenFor = (verb: Verb, { revision, objections }: Pick<Target, 'revision' | 'objections'>) =>
  steps[verb].by === 'officer' ? { revision, objections } : { revision, objections: undefined };

const reasonOf = (decision: Decision) => ('reason' in decision ? (decision.reason ?? null) : null);

/** Runs the procedure's effect, stores the remarks, and updates what depends on the filing's state. @throws Refusal */
async function carryOut(op: Operation, step: Step, filing: Filing): Promise<void> {
  const { decision, before, procedure, revision, undoes, approves } = step;
  const answers = readValues(revision.answers);
  if (approves) {
    const findings = await findingsOn(procedure, op.tx, filing, answers);
    const choices = decision.verb === 'filing.approve' ? decision : {};
    // the procedure's own refusals are more precise than the checks
    await procedure.approve(op, filing, answers, choices);
    refuseUnresolved(findings);
  }
  const remarks = decision.verb === 'filing.return' ? decision.remarks : undefined;
  if (remarks || undoes) {
    await op.tx.revision.update({
      where: { filingId_number: { filingId: filing.id, number: filing.revision } },
      data: { remarks: ofTheForm(procedure, remarks ?? {}) },
    });
  }
  await markFiling(op, procedure, filing, answers);
  if (filing.state !== SUBMITTED && filing.state !== RETURNED)
    await endHelpers(op, { filingIds: [filing.id] });
  if (undoes && before.decidedAt) await resumeHelpers(op, filing.id, before.decidedAt);
}

function audit(op: Operation, { who, decision }: Step, filing: Filing): void {
  op.audit({
    action: decision.verb,
    subject: `filing:${filing.id}`,
    person: filing.applicantId,
    ...(who.id === op.author.actor ? {} : { actor: who.id }),
    data: {
      procedure: filing.procedure,
      number: filing.number,
      revision: filing.revision,
      reason: reasonOf(decision),
      ...('evidence' in decision && decision.evidence ? { evidence: decision.evidence } : {}),
    },
  });
}

function tell(op: Operation, step: Step, filing: Filing, round: number): void {
  const { decision, before, procedure, undoes, settles } = step;
  const { verb } = decision;
  // Officers correct a filing from paper, so a new card asks them to.
  const toDesk = verb === 'filing.return' && filing.channel === 'PAPER';
  // Every change of an urgent filing is posted as a new card.
  const news = (verb === 'filing.accept' && !settles) || toDesk || filing.urgent;
  tellDesk(op, filing, news, round);
  if (undoes) tellUndone(op, filing, before, round);
  else tellApplicant(op, procedure, filing, verb, round);
}

/** @throws Refusal when the approval has to state its outcome and does not */
function refuseWithoutOutcome({ outcome }: AnyProcedure, decision: Decision): void {
  if (decision.verb !== 'filing.approve' || !outcome || decision.reason) return;
  throw new Refusal(
    `${outcome.label}: 적어야 승인할 수 있습니다.`,
    '카드의 ‘승인’을 누르고 결과를 적으십시오.',
  );
}

/** @throws Refusal when a finding has level `stop`: it blocks the approval, whoever approves */
function refuseUnresolved(findings: readonly Finding[]): void {
  const unresolved = findings.filter((finding) => finding.level === 'stop').map((finding) => finding.text);
  if (unresolved.length === 0) return;
  throw new Refusal(
    `승인하기 전에 해결할 것이 있습니다. ${unresolved.join(' ')}`,
    '신청자가 고칠 것이면 보완요청을 하십시오. 접수된 신청은 그대로 남아 있습니다.',
  );
}

/**
 * The last check, so that nobody is asked for a code for something that they may not do. @throws StepUpNeeded,
 * Refusal
 */
export async function refuseWithoutCode(
  filings: Pick<Filings, 'procedures' | 'codes'>,
  at: { tx: Tx; now: Date },
  { who, filing, verb, resume }: { who: Decider; filing: Filing; verb: Verb; resume: Resume },
): Promise<void> {
  const procedure = getProcedure(filings, filing.procedure);
  if (!filings.codes || !wantsCode(verb, procedure)) return;
  const purpose = `${steps[verb].label}: ${procedure.document}, ${filing.title} (접수번호 ${filing.number})`;
  await requireCode(at, filings.codes, who.id, { purpose, resume });
}

const isCoded = (decision: Decision): decision is Coded => 'stepUp' in steps[decision.verb];

/** What happens after the code was given. A window cannot keep a file, so the file has to be attached again. */
function resumeOf(decision: Coded): Resume {
  const { filingId, revision, objections } = decision;
  return decision.verb === 'filing.approve' && decision.official
    ? { next: 'attach', target: { filingId, revision, objections } }
    : { next: 'decide', decision };
}

/** Keeps only remarks on fields of the form, because a payload may name anything. */
function ofTheForm({ form }: AnyProcedure, remarks: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(remarks).filter(([name]) => Object.hasOwn(form.fields, name)));
}
