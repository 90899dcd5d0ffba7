import type { Finding } from '../../core/finding.ts';
import { Refusal } from '../../core/refusal.ts';
import { takeStep } from '../../filing/decide.ts';
import type { AnyProcedure, Checked } from '../../filing/procedure.ts';
import { readAnswers } from '../../messenger/forms/answers.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { answersOfForm } from '../../records/filings/revision.ts';
import { APPROVED, anyOf, OPEN, WITHDRAWN } from '../../records/filings/states.ts';
import { IN_FORCE } from '../../records/in-force.ts';
import { sharedIps } from '../../records/systems/others.ts';
import { read } from '../../store/ask.ts';
import type { Filing, System } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import { splitList } from '../host-rules.ts';
import { resultReportForm } from '../result-report/form.ts';

/** The two ways to ask for a reissue; a system may have only one of them open. */
export const REISSUES: string[] = [PROCEDURE.reissueRequest, PROCEDURE.reissueCall];

interface NewValues {
  newIp?: string | undefined;
  newDomain?: string | undefined;
}

/** What the approval of such a request does. */
export const reopensText = (whom: string) =>
  `승인된 적용결과표를 승인취소하여 고쳐 내게 합니다. 고칠 사람: ${whom}. 지금 라이선스는 새로 나갈 때까지 그대로 씁니다.`;

/** The approved report that a reissue would correct. @throws Refusal */
export async function approvedReport(tx: Tx, system: System) {
  if (system.retiredAt) throw new Refusal('미사용으로 신고된 시스템은 재발급할 수 없습니다.');
  const report = await tx.filing.findFirst({
    where: { systemId: system.id, procedure: PROCEDURE.resultReport, state: APPROVED },
  });
  if (!report) {
    throw new Refusal(
      '승인된 적용결과표가 없어 재발급할 것이 없습니다.',
      '적용결과표를 제출하지 않았거나 이미 승인취소되었습니다. 목록에서 상태를 확인하십시오.',
    );
  }
  return { report, answers: await answersOfForm(tx, resultReportForm, report) };
}

/** @throws Refusal while another request for this system is open */
export async function refuseSecondRequest(tx: Tx, systemId: string, own: Filing | null): Promise<void> {
  const open = await tx.filing.findFirst({
    where: {
      systemId,
      procedure: { in: REISSUES },
      state: anyOf(OPEN),
      id: { not: own?.id ?? '' },
    },
  });
  if (!open) return;
  throw new Refusal(
    `이미 접수된 재발급 요청이 있습니다. (접수번호 ${open.number})`,
    '관리자가 처리할 때까지 기다리십시오.',
  );
}

/**
 * 승인취소 of the report by the officer who approved the request, in the same transaction. The one-time code was given
 * for that approval, which needs one just as the 승인취소 does. The new values wait in the contact's draft of the report.
 * @throws Refusal
 */
export async function reopenReport(
  op: Operation,
  resultReport: AnyProcedure,
  request: Filing,
  reason: string,
  { newIp, newDomain }: NewValues,
): Promise<void> {
  const system = await op.tx.system.findUniqueOrThrow({ where: { id: request.systemId ?? '' } });
  const { report, answers } = await approvedReport(op.tx, system);
  const officer = { id: request.decidedBy ?? '', officer: true };
  await takeStep({ procedures: new Map([[resultReport.name, resultReport]]) }, op, officer, {
    verb: 'filing.reopen',
    filingId: report.id,
    revision: report.revision,
    reason,
    evidence: { request: request.number },
  });
  if (report.channel === 'PAPER') return; // officers enter its correction
  const key = { personId: report.applicantId, procedure: report.procedure, subject: `filing:${report.id}` };
  const { confirmed: _anew, ...kept } = answers;
  const filled = {
    answers: {
      ...kept,
      ...(newIp ? { ip: newIp } : {}),
      ...(newDomain ? { domain: newDomain } : {}),
    } as object,
    step: 0,
    updatedAt: op.now,
  };
  const { count } = await op.tx.draft.createMany({ data: [{ ...key, ...filled }], skipDuplicates: true });
  if (count === 0) await op.tx.draft.updateMany({ where: key, data: filled });
}

/** What officers read before they reopen the report. */
export async function reissueFindings(tx: Tx, filing: Checked, wanted: NewValues): Promise<Finding[]> {
  const systemId = filing.systemId ?? '';
  const report = await tx.filing.findFirst({
    where: { systemId, procedure: PROCEDURE.resultReport, state: { not: WITHDRAWN } },
    orderBy: { submittedAt: 'desc' },
    include: { revisions: { orderBy: { number: 'desc' }, take: 1 } },
  });
  const licence = await tx.licence.findFirst({
    where: { systemId, kind: 'REGULAR', ...IN_FORCE },
  });
  const ips = splitList(wanted.newIp ?? '');
  const shared = await read(tx, sharedIps(systemId, ips));
  const before = report?.revisions[0] ? readAnswers(resultReportForm, report.revisions[0].answers) : null;
  return [
    report?.state === APPROVED
      ? { level: 'ok', text: `승인하면 적용결과표(접수번호 ${report.number})가 승인취소됩니다.` }
      : { level: 'look', text: '승인된 적용결과표가 없습니다. 이미 승인취소되었는지 확인하십시오.' },
    licence
      ? {
          level: 'ok',
          text: `정상라이선스 ${licence.number}: 새 라이선스가 나갈 때까지 그대로 쓸 수 있습니다.`,
        }
      : { level: 'look', text: '사용 중인 정상라이선스가 없습니다.' },
    ...(wanted.newIp ? [change('IP 주소', before?.ip, wanted.newIp)] : []),
    ...(wanted.newDomain ? [change('도메인', before?.domain, wanted.newDomain)] : []),
    ...(shared.length > 0
      ? [{ level: 'look' as const, text: `다른 시스템이 쓰는 IP 주소가 있습니다: ${shared.join(', ')}` }]
      : []),
  ];
}

function change(what: string, before: string | undefined, after: string): Finding {
  return before === after
    ? { level: 'look', text: `${what}: 지금 적용결과표의 값과 같습니다. (${after})` }
    : { level: 'ok', text: `${what}: ${before || '(없음)'} → ${after}` };
}
