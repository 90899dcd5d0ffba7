import { koreanDateTime } from '../core/calendar.ts';
import type { Finding } from '../core/finding.ts';
import { maskName } from '../core/mask.ts';
import { Refusal } from '../core/refusal.ts';
import { readValues } from '../messenger/forms/answers.ts';
import { getRevision } from '../records/filings/revision.ts';
import { APPROVED, RETURNED, SUBMITTED, stateLabels, WITHDRAWN } from '../records/filings/states.ts';
import { holdsOffice } from '../records/people/office.ts';
import { holdInUse } from '../records/systems/own-system.ts';
import type { Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { type Operation, operate } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';
import type { Coded, Decision, Resume } from './decision.ts';
import { findingsOn } from './findings.ts';
import { endHelpers, resumeHelpers } from './helper-rows.ts';
import { markFiling } from './marks.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';
import { requireCode } from './require-code.ts';
import { refuseWithoutFile } from './require-file.ts';
import { type Obstacle, obstacleTo, type Standing, steps, type Verb, wantsCode } from './steps.ts';
import { tellDesk } from './submit.ts';
import { decidedKey, refuseUndo, undoneTimes } from './undo.ts';

/** Who decides: an officer, the applicant, or the bot on proof. */
type Decider = Pick<Known, 'id' | 'officer'>;

/** As `decidedBy` and as actor: approves what is proven, see people/certificates. */
export const BOT: Decider = { id: 'bot', officer: true };
/** How people read of it. */
export const BOT_LABEL = '자동 승인(인증서 확인)';

/**
 * Takes one step of a filing's life: the guarded write, the procedure's effect, the audit row and what is to be said
 * commit together. Two clicks at once: one wins, the other reads who was first.
 * @throws Refusal
 */
export async function decideFiling(
  filings: Filings,
  who: Decider,
  place: string,
  decision: Decision,
): Promise<Filing> {
  return operate(filings, { actor: who.id, place }, (op) => takeStep(filings, op, who, decision));
}

/** The same inside an operation that does more. @throws Refusal */
export async function takeStep(
  filings: Pick<Filings, 'procedures' | 'codes'>,
  op: Operation,
  who: Decider,
  decision: Decision,
): Promise<Filing> {
  const { verb, filingId } = decision;
  const reason = 'reason' in decision ? decision.reason : undefined;
  const remarks = verb === 'filing.return' ? decision.remarks : undefined;
  const evidence = 'evidence' in decision ? decision.evidence : undefined;
  const before = await getFiling(op.tx, filingId);
  const procedure = getProcedure(filings, before.procedure);
  const revision = await getRevision(op.tx, before);
  const obstacle = obstacleTo(verb, standingOf(before, procedure, revision.submittedBy), {
    personId: who.id,
    officer: who.officer && (who.id === BOT.id || (await holdsOffice(op.tx, who.id))),
  });
  if (obstacle) throw await refusalTo(op.tx, procedure, before, verb, obstacle);
  refuseOvertaken(before, decision.revision);
  refuseWithoutOutcome(procedure, decision);
  refuseWithoutFile(procedure, decision);
  const undoes = verb === 'filing.undo';
  if (before.systemId && ['filing.approve', 'filing.reopen', 'filing.undo'].includes(verb))
    await holdInUse(op.tx, before.systemId);
  if (undoes) await refuseUndo(op.tx, op.now, before);
  if (isCoded(decision)) {
    const step = { who, filing: before, verb: decision.verb, resume: resumeOf(decision) };
    await refuseWithoutCode(filings, op, step);
  }

  const step = steps[verb];
  const settled = verb === 'filing.accept' && procedure.offered?.settles === true;
  const approves = verb === 'filing.approve' || settled;
  const decides = verb !== 'filing.accept' || settled;
  const [filing] = await op.tx.filing.updateManyAndReturn({
    where: {
      id: filingId,
      revision: before.revision,
      state: { in: [...step.from] },
      ...(undoes ? { decidedBy: who.id, decidedAt: before.decidedAt } : {}),
    },
    data: {
      state: settled ? APPROVED : step.to,
      ...(decides ? { decidedAt: op.now, decidedBy: who.id, reason: reason ?? null } : {}),
      ...(approves ? { approvedRevision: before.revision } : {}),
      ...(undoes ? { decidedAt: null, decidedBy: null, reason: null } : {}),
      ...(undoes && before.state === APPROVED ? { approvedRevision: null } : {}),
    },
  });
  if (!filing) {
    const current = await getFiling(op.tx, filingId);
    refuseOvertaken(current, before.revision); // corrected between the look and the write
    throw await refusalTo(op.tx, procedure, current, verb, 'WRONG_STATE');
  }

  const round = (await undoneTimes(op.tx, filingId)) + (undoes ? 1 : 0);
  if (approves) {
    const answers = readValues(revision.answers);
    const findings = await findingsOn(procedure, op.tx, filing, answers);
    await procedure.approve(op, filing, answers, verb === 'filing.approve' ? decision : {}); // its own refusals say more than the checks do
    refuseUnresolved(findings);
  }
  if (remarks || undoes) {
    await op.tx.revision.update({
      where: { filingId_number: { filingId, number: filing.revision } },
      data: { remarks: ofTheForm(procedure, remarks ?? {}) },
    });
  }
  await markFiling(op, procedure, filing, readValues(revision.answers));
  if (filing.state !== SUBMITTED && filing.state !== RETURNED)
    await endHelpers(op, { filingIds: [filing.id] });
  if (undoes && before.decidedAt) await resumeHelpers(op, filing.id, before.decidedAt);
  op.audit({
    action: verb,
    subject: `filing:${filing.id}`,
    person: filing.applicantId,
    ...(who.id === op.author.actor ? {} : { actor: who.id }),
    data: {
      procedure: filing.procedure,
      number: filing.number,
      revision: filing.revision,
      reason: reason ?? null,
      ...(evidence ? { evidence } : {}),
    },
  });
  // What was asked of a filing from paper is officers' work: the desk looks again.
  const toDesk = verb === 'filing.return' && filing.channel === 'PAPER';
  // A change of what cannot wait is seen by the whole desk.
  const news = (verb === 'filing.accept' && !settled) || toDesk || filing.urgent;
  tellDesk(op, filing, news, round);
  if (undoes) tellUndone(op, filing, before, round);
  else tellApplicant(op, procedure, filing, verb, round);
  return filing;
}

/** @throws Refusal when the approval has to say what came of it, and does not */
function refuseWithoutOutcome({ outcome }: AnyProcedure, decision: Decision): void {
  if (decision.verb !== 'filing.approve' || !outcome || decision.reason) return;
  throw new Refusal(
    `${outcome.label}: 적어야 승인할 수 있습니다.`,
    '카드의 ‘승인’을 누르고 결과를 적으십시오.',
  );
}

/** What a check calls an obstacle is one, whoever approves. @throws Refusal */
function refuseUnresolved(findings: readonly Finding[]): void {
  const unresolved = findings.filter((finding) => finding.level === 'stop').map((finding) => finding.text);
  if (unresolved.length === 0) return;
  throw new Refusal(
    `승인하기 전에 해결할 것이 있습니다. ${unresolved.join(' ')}`,
    '신청자가 고칠 것이면 보완요청을 하십시오. 접수된 신청은 그대로 남아 있습니다.',
  );
}

/** Last of all that is asked: nobody gives a code for what they may not do. @throws StepUpNeeded, Refusal */
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

/** How it goes on once the code was given; a file cannot wait in a window and is attached again. */
function resumeOf(decision: Coded): Resume {
  const { filingId, revision } = decision;
  return decision.verb === 'filing.approve' && decision.official
    ? { next: 'attach', target: { filingId, revision } }
    : { next: 'decide', decision };
}

/** @throws Refusal when the applicant has submitted anew since `revision` was on the screen */
export function refuseOvertaken({ revision }: Filing, seen: number | undefined): void {
  if (seen === undefined || seen === revision) return;
  throw new Refusal(
    `그사이 신청자가 내용을 고쳐서 다시 제출했습니다. (${revision}차 제출)`,
    '새 카드의 ‘검토’에서 달라진 항목을 확인한 뒤 처리하십시오.',
  );
}

/** Said only where the decision was told already: see the notice. */
function tellUndone(
  op: Operation,
  { id, revision, applicantId }: Filing,
  before: Filing,
  round: number,
): void {
  op.tell({
    key: `undone:${id}:${revision}:${round}`,
    notice: 'filing.undone',
    to: applicantId,
    facts: { filingId: id, state: before.state, decided: decidedKey(before, round - 1) },
  });
}

function tellApplicant(
  op: Operation,
  procedure: AnyProcedure,
  filing: Filing,
  verb: Verb,
  round: number,
): void {
  if (verb === 'filing.withdraw' || (verb === 'filing.accept' && filing.state !== APPROVED)) return;
  if (filing.state === APPROVED && !procedure.approvedText) return;
  op.tell({
    key: decidedKey(filing, round),
    notice: 'filing.decided',
    to: filing.applicantId,
    facts: { filingId: filing.id, revision: filing.revision, verb, round },
  });
}

/** Remarks on fields that the form has: a payload may name anything. */
function ofTheForm({ form }: AnyProcedure, remarks: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(remarks).filter(([name]) => Object.hasOwn(form.fields, name)));
}

/** `submittedBy`: who typed its newest revision, where that may be somebody else than whose it is now. */
export function standingOf(filing: Filing, procedure: AnyProcedure, submittedBy?: string): Standing {
  const { state, approvedRevision, applicantId, namedId, enteredBy, channel, decidedBy, revision } = filing;
  const authors = [applicantId, enteredBy, namedId, submittedBy].filter(
    (author) => typeof author === 'string',
  );
  const paper = channel === 'PAPER';
  // 승인취소 is no return: what it took back was approved.
  const reopened = state === RETURNED && approvedRevision === revision;
  return {
    state,
    approvedRevision,
    applicantId,
    namedId,
    paper,
    authors,
    reopenable: procedure.reopenable,
    lasting: procedure.lasting === true,
    decidedBy,
    undoable: state === APPROVED ? procedure.undoable === true : !reopened,
  };
}

/** @throws Refusal */
export async function getFiling(tx: Tx, id: string): Promise<Filing> {
  const filing = await tx.filing.findUnique({ where: { id } });
  if (!filing) throw new Refusal('신청을 찾을 수 없습니다.', '홈의 목록을 새로 열어 확인하십시오.');
  return filing;
}

/** The label of a filing's state, in the guide's words. */
export function stateLabel(filing: Filing, procedure: AnyProcedure): string {
  if (filing.state === APPROVED) return procedure.approvedLabel;
  if (filing.state === RETURNED && filing.approvedRevision === filing.revision) return '승인취소';
  // Withdrawn by its owner without a word; closed, with a reason, when its system was retired.
  if (filing.state === WITHDRAWN && filing.reason) return steps['filing.close'].label;
  return stateLabels[filing.state];
}

/** 이용신청서 검토완료: the system's name (접수번호 …). */
export function decidedLine(filing: Filing, procedure: AnyProcedure): string {
  return `${procedure.document} ${stateLabel(filing, procedure)}: ${filing.title} (접수번호 ${filing.number})`;
}

/** What the person reads when a step is not theirs to take now. */
export async function refusalTo(
  tx: Tx,
  procedure: AnyProcedure,
  filing: Filing,
  verb: Verb,
  obstacle: Obstacle,
): Promise<Refusal> {
  const { label } = steps[verb];
  switch (obstacle) {
    case 'NOT_OFFICER':
      return new Refusal(
        `‘${label}’ 처리는 표준API 관리자만 할 수 있습니다.`,
        '권한이 필요하면 관리자에게 요청하십시오.',
      );
    case 'NOT_APPLICANT':
      return filing.channel === 'PAPER'
        ? new Refusal('공문이나 이메일로 접수한 신청은 표준API 관리자만 고치거나 삭제할 수 있습니다.')
        : new Refusal('본인이 제출한 신청만 처리할 수 있습니다.');
    case 'NOT_NAMED':
      return new Refusal(
        `‘${label}’ 처리는 이 신청에 지정된 사람만 할 수 있습니다.`,
        '신청한 사람에게 확인하십시오.',
      );
    case 'OWN_FILING':
      return new Refusal(
        filing.channel === 'PAPER'
          ? '본인이 접수한 건은 본인이 처리할 수 없습니다.'
          : '본인이 제출한 신청은 본인이 처리할 수 없습니다.',
        '다른 관리자에게 처리를 요청하십시오.',
      );
    case 'ALREADY_APPROVED':
      return new Refusal(
        '이미 승인되어 라이선스가 발급된 적이 있는 건입니다.',
        verb === 'filing.reject'
          ? '반려 대신 보완요청을 하십시오.'
          : '더 쓰지 않는 시스템은 미사용 신고를 하십시오.',
      );
    case 'LASTING':
      return new Refusal(
        `${procedure.document}: 표준API 관리자만 종결할 수 있습니다.`,
        '잘못 신고했으면 홈의 목록에서 ‘상세’를 열어 ‘잘못된 신고로 표시’를 누르십시오.',
      );
    case 'NOT_REOPENABLE':
      return new Refusal(`승인취소할 수 없는 신청입니다: ${procedure.document}`);
    case 'NOT_DECIDER':
      return new Refusal(
        '처리한 사람만 되돌릴 수 있습니다.',
        '처리한 관리자에게 요청하거나, 신청자가 다시 제출하기를 기다리십시오.',
      );
    case 'NOT_UNDOABLE':
      return new Refusal(
        '되돌릴 수 없는 처리입니다. 승인으로 이미 반영되었거나 라이선스가 나갔습니다.',
        '잘못 승인했으면 담당자에게 연락하여 바로잡을 신청을 받으십시오.',
      );
    case 'WRONG_STATE':
      return new Refusal(
        await whoWasFirst(tx, procedure, filing),
        '화면을 새로 열어 지금 상태를 확인하십시오.',
      );
  }
}

async function whoWasFirst(tx: Tx, procedure: AnyProcedure, filing: Filing): Promise<string> {
  const label = stateLabel(filing, procedure);
  if (!filing.decidedBy || !filing.decidedAt) return `지금은 처리할 수 없습니다. (상태: ${label})`;
  const person = await tx.person.findUnique({ where: { id: filing.decidedBy } });
  if (filing.decidedBy === BOT.id)
    return `${BOT_LABEL} 처리되었습니다. (${label}, ${koreanDateTime(filing.decidedAt)})`;
  const by = person?.name ? `${maskName(person.name)} 님이` : '다른 담당자가';
  return `${by} 먼저 처리했습니다. (${label}, ${koreanDateTime(filing.decidedAt)})`;
}
