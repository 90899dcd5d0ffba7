import { Refusal } from '../core/refusal.ts';
import { RETURNED } from '../records/filings/states.ts';
import { filingIdOf } from '../records/filings/subject.ts';
import { whoIs } from '../records/people/who.ts';
import type { Draft, DraftHelper } from '../store/client/client.ts';
import { holdName } from '../store/hold.ts';
import type { Known } from '../store/known.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';
import { findDraft, getDraft, isPaper, openDraft, ownDraft } from './drafts.ts';
import { helping, subjectOf } from './helper-rows.ts';
import { getProcedure, type Registry } from './procedure.ts';

/** The most helpers of one draft or filing at a time. */
export const MOST_HELPERS = 5;

/** The draft or filing that somebody helps with. A draft that corrects a filing counts as that filing. */
type Helped = { draftId: string; filingId: null } | { draftId: null; filingId: string };

/** Reads `draft:ID` or `filing:ID`, the person's own, if somebody may help with it now. @throws Refusal */
export async function helpedBy(
  registry: Registry,
  tx: Tx,
  who: Known,
  target: string,
): Promise<{ helped: Helped; procedure: string }> {
  const [kind, id = ''] = target.split(':');
  const draft = kind === 'draft' ? await getDraft(tx, who, id) : null;
  const filingId = (draft && filingIdOf(draft.subject)) ?? id;
  const filing = draft && filingId === id ? null : await tx.filing.findUnique({ where: { id: filingId } });
  if (!draft && filing?.applicantId !== who.id) throw new Refusal('본인의 신청만 도움을 요청할 수 있습니다.');
  if (!draft && filing?.state !== RETURNED)
    throw new Refusal(
      '보완요청을 받은 신청만 도움을 요청할 수 있습니다.',
      '홈에서 지금 상태를 확인하십시오.',
    );
  const procedure = getProcedure(registry, draft?.procedure ?? filing?.procedure ?? '');
  if (!procedure.helpable || isPaper(draft?.subject ?? '', filing))
    throw new Refusal(`작성 도움을 요청할 수 없는 신청입니다: ${procedure.document}`);
  const helped: Helped = filing
    ? { draftId: null, filingId: filing.id }
    : { draftId: draft?.id ?? '', filingId: null };
  return { helped, procedure: procedure.name };
}

/** Names a helper. Officers and auditors cannot be helpers, because they decide or audit. @throws Refusal */
export async function inviteHelper(
  registry: Registry,
  op: Operation,
  who: Known,
  target: string,
  slackId: string,
): Promise<DraftHelper> {
  const { tx } = op;
  const { helped, procedure } = await helpedBy(registry, tx, who, target);
  const helper = await whoIs(tx, slackId);
  if (helper.id === who.id) throw new Refusal('본인은 고를 수 없습니다.', '업체 담당자를 고르십시오.');
  if (helper.deactivatedAt)
    throw new Refusal('메신저에서 비활성화된 사용자입니다.', '다른 사람을 고르십시오.');
  if (helper.officer || helper.auditor)
    throw new Refusal('표준API 관리자와 감사자에게는 작성 도움을 요청할 수 없습니다.');
  await holdName(tx, `helpers:${helped.draftId ?? helped.filingId}`);
  const standing = await tx.draftHelper.findMany({ where: { ...helped, endedAt: null } });
  if (standing.some((one) => one.helperId === helper.id))
    throw new Refusal('이미 작성을 돕고 있는 사람입니다.');
  if (standing.length >= MOST_HELPERS)
    throw new Refusal(
      `한 번에 ${MOST_HELPERS}명까지 요청할 수 있습니다.`,
      '끝난 사람을 먼저 마치게 하십시오.',
    );
  const row = await tx.draftHelper.create({
    data: { ...helped, helperId: helper.id, invitedBy: who.id, procedure, invitedAt: op.now },
  });
  op.audit({ action: 'helper.invite', subject: subjectOf(row), person: helper.id, data: { procedure } });
  op.tell({ key: `helper:${row.id}`, notice: 'helper.invited', to: helper.id, facts: { helperRow: row.id } });
  return row;
}

/** The draft for the person who works on it: its owner or a helper. @throws Refusal */
export async function getWorkingDraft(tx: Tx, who: Known, id: string): Promise<Draft> {
  const draft = await findDraft(tx, id);
  if (!draft || draft.personId === who.id) return ownDraft(tx, who, draft);
  const helps = await tx.draftHelper.count({ where: { helperId: who.id, ...helping(draft) } });
  return helps > 0 ? draft : ownDraft(tx, who, draft); // ownDraft refuses
}

/** The draft that a helper opens; for a returned filing the draft that corrects it. @throws Refusal */
export async function openHelped(
  filings: Registry,
  op: Operation,
  who: Known,
  rowId: string,
): Promise<Draft> {
  const { tx, now } = op;
  const row = await tx.draftHelper.findUnique({ where: { id: rowId } });
  if (row?.helperId !== who.id || row.endedAt)
    throw new Refusal('작성 도움이 끝났습니다.', '더 도와야 하면 담당공무원에게 다시 요청받으십시오.');
  const draft = row.filingId
    ? await correction(filings, tx, now, row.filingId)
    : await tx.draft.findUnique({ where: { id: row.draftId ?? '' } });
  if (!draft) throw new Refusal('이미 제출했거나 삭제한 작성분입니다.', '담당공무원에게 확인하십시오.');
  op.audit({ action: 'helper.open', subject: subjectOf(row), person: draft.personId });
  return draft;
}

async function correction(filings: Registry, tx: Tx, now: Date, filingId: string): Promise<Draft> {
  const filing = await tx.filing.findUniqueOrThrow({ where: { id: filingId }, include: { applicant: true } });
  if (filing.state !== RETURNED)
    throw new Refusal('담당공무원이 이미 제출하여 검토 중입니다.', '보완요청을 받으면 다시 열 수 있습니다.');
  const owner = await whoIs(tx, filing.applicant.slackId ?? '');
  return openDraft(tx, now, getProcedure(filings, filing.procedure), owner, `filing:${filingId}`);
}
