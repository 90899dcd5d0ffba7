import { Refusal } from '../core/refusal.ts';
import { findFiling } from '../records/filings/filing.ts';
import { APPROVED, RETURNED, stateLabels, WITHDRAWN } from '../records/filings/states.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import type { AnyProcedure } from './procedure.ts';
import { type Standing, steps } from './steps.ts';

/** `submittedBy`: who submitted the newest revision, where that may differ from the present applicant. */
export function standingOf(filing: Filing, procedure: AnyProcedure, submittedBy?: string): Standing {
  const { state, approvedRevision, applicantId, namedId, enteredBy, channel, decidedBy, revision } = filing;
  const authors = [applicantId, enteredBy, namedId, submittedBy].filter(
    (author) => typeof author === 'string',
  );
  const paper = channel === 'PAPER';
  // After a 승인취소 the approved revision is still the newest one; after a 보완요청 it never is.
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
  const filing = await findFiling(tx, id);
  if (!filing) throw new Refusal('신청을 찾을 수 없습니다.', '홈의 목록을 새로 열어 확인하십시오.');
  return filing;
}

/** The label of a filing's state, in the guide's words. */
export function stateLabel(filing: Filing, procedure: AnyProcedure): string {
  if (filing.state === APPROVED) return procedure.approvedLabel;
  if (filing.state === RETURNED && filing.approvedRevision === filing.revision) return '승인취소';
  // The owner withdraws without a reason; a filing that was closed with its system has one.
  if (filing.state === WITHDRAWN && filing.reason) return steps['filing.close'].label;
  return stateLabels[filing.state];
}

/** 이용신청서 검토완료: the system's name (접수번호 …). */
export function decidedLine(filing: Filing, procedure: AnyProcedure): string {
  return `${procedure.document} ${stateLabel(filing, procedure)}: ${filing.title} (접수번호 ${filing.number})`;
}
