import type { KnownBlock } from '@slack/types';
import {
  actions,
  button,
  context,
  cut,
  fallback,
  header,
  type Labelled,
  lines,
  section,
} from '../messenger/blocks.ts';
import { getField } from '../messenger/forms/answers.ts';
import type { Facts, Notice, Notices } from '../messenger/notice.ts';
import { answersOf, findRevision } from '../records/filings/revision.ts';
import { APPROVED, RETURNED, stateLabels } from '../records/filings/states.ts';
import { holdsRole } from '../records/people/office.ts';
import type { FileRef } from '../store/blobs.ts';
import type { Filing } from '../store/client/client.ts';
import type { FilingState } from '../store/client/enums.ts';
import type { Db } from '../store/store.ts';
import { ATTACHMENT } from './attachments.ts';
import { CORRECT, filingCard } from './card.ts';
import { abandonedNotice, offerNotice } from './offer.ts';
import { type AnyProcedure, type Filings, getProcedure } from './procedure.ts';
import { receiptNotice } from './receipt.ts';
import { decidedLine, stateLabel } from './standing.ts';
import { OFFER_NOTICE } from './submit.ts';
import { undoneTimes } from './undo.ts';

/** What a contact without a messenger account does instead. */
export const MAIL_ANSWER = '보완한 내용을 이메일이나 공문으로 제출';

/** All blocks of a message together hold 13,200 characters (not documented). The form shows the remarks in full. */
const REMARKS = 9000;

function brief(remarks: Labelled[]): Labelled[] {
  const share = Math.floor(REMARKS / remarks.length);
  return remarks.map(({ label, text }) => ({ label, text: cut(text, Math.max(1, share - label.length)) }));
}

type Registry = Pick<Filings, 'procedures' | 'now'>;

/** Messages about filings: the card to the desk, the decision to the applicant, an attachment to an officer. */
export function filingNotices(filings: Registry): Notices {
  return {
    'filing.card': {
      subject: 'filingId',
      card: (db, { filingId, fresh }) => filingCard(filings, db, String(filingId), fresh === 1),
    },
    ...receiptNotice(filings),
    [OFFER_NOTICE]: offerNotice(filings),
    'filing.abandoned': abandonedNotice(filings),
    'filing.decided': (db, facts, by) => decidedNotice(filings, db, facts, by === 'mail'),
    'filing.undone': (db, facts) => undoneNotice(filings, db, facts),
    [ATTACHMENT]: (db, facts, _by, to) => attachmentNotice(filings, db, facts, to),
  };
}

async function decidedNotice(
  filings: Registry,
  db: Db,
  facts: Facts,
  mailed: boolean,
): Promise<Notice | null> {
  const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
  if (!filing || filing.revision !== facts.revision) return null; // a newer submission replaced it
  // the decision was taken back
  if (facts.round !== undefined && facts.round !== (await undoneTimes(db, filing.id))) return null;
  const procedure = getProcedure(filings, filing.procedure);
  const label = stateLabel(filing, procedure);
  const head = decidedLine(filing, procedure);
  return {
    text: fallback(head),
    blocks: [
      header(`${procedure.document} ${label}`),
      section(`${filing.title} (접수번호 ${filing.number})`),
      ...(filing.state === APPROVED ? approvedBlocks(procedure, mailed) : []),
      ...reasonBlocks(procedure, filing),
      ...(filing.state === RETURNED ? await returnedBlocks(procedure, db, filing, mailed) : []),
    ],
  };
}

function approvedBlocks(procedure: AnyProcedure, mailed: boolean): KnownBlock[] {
  const { approvedText, approvedByMail, approvedNext } = procedure;
  return [
    ...(approvedText ? [section((mailed && approvedByMail) || approvedText)] : []),
    ...(approvedNext && !mailed ? [actions(approvedNext)] : []),
  ];
}

/** The reason; for an approval its outcome. */
function reasonBlocks({ outcome }: AnyProcedure, { state, reason }: Filing): KnownBlock[] {
  if (!reason) return [];
  return [lines([{ label: state === APPROVED ? (outcome?.label ?? '사유') : '사유', text: reason }])];
}

/** What to correct, and how. */
async function returnedBlocks(
  procedure: AnyProcedure,
  db: Db,
  filing: Filing,
  mailed: boolean,
): Promise<KnownBlock[]> {
  const revision = await findRevision(db, filing);
  const remarks = Object.entries((revision?.remarks ?? {}) as Record<string, string>).map(([name, text]) => ({
    label: getField(procedure.form, name).label,
    text,
  }));
  const reopened = filing.approvedRevision === filing.revision;
  return [
    ...(reopened && procedure.reopenedText ? [section(await procedure.reopenedText(db, filing))] : []),
    ...(remarks.length > 0 ? [lines(brief(remarks))] : []),
    ...(mailed
      ? [section(`${MAIL_ANSWER}해 주십시오. 관리자가 고쳐서 접수합니다.`)]
      : [
          actions(button(CORRECT, '수정하여 다시 제출', { value: filing.id, style: 'primary' })),
          context(
            reopened
              ? '단추를 누르면 제출한 내용이 열립니다. 바뀐 것을 고치고 제출하십시오.'
              : '단추를 누르면 제출한 내용이 그대로 열립니다. 고칠 항목에는 보완요청 내용이 표시됩니다.',
          ),
        ]),
  ];
}

/** Only a person who was told the decision is told that it was taken back. */
async function undoneNotice(filings: Registry, db: Db, facts: Facts): Promise<Notice | null> {
  const [filing, decided] = await Promise.all([
    db.filing.findUniqueOrThrow({ where: { id: String(facts.filingId) } }),
    db.outbox.findUnique({ where: { key: String(facts.decided) } }),
  ]);
  if (decided?.state !== 'SENT' || !decided.ts) return null;
  const { document } = getProcedure(filings, filing.procedure);
  const label = stateLabels[facts.state as FilingState] ?? '처리';
  const head = `방금 보낸 ‘${label}’ 안내를 취소합니다: ${document}, ${filing.title} (접수번호 ${filing.number})`;
  return {
    text: fallback(head),
    blocks: [
      header(`${document} ${label} 취소`),
      section(head),
      context('관리자가 다시 검토합니다. 지금은 아무것도 하지 않아도 됩니다. 결과가 나오면 알려 드립니다.'),
    ],
  };
}

/** Sends an attachment to an officer, if that person still is one. */
async function attachmentNotice(
  filings: Registry,
  db: Db,
  facts: Facts,
  to: string | undefined,
): Promise<Notice | null> {
  if (to !== undefined && !(await holdsRole(db, to))) return null;
  const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
  if (!filing) return null;
  const answers = await answersOf(db, { id: filing.id, revision: Number(facts.revision) });
  const field = getField(getProcedure(filings, filing.procedure).form, String(facts.field));
  const text = `${filing.title} (접수번호 ${filing.number}) 첨부파일: ${field.label}`;
  return {
    text: fallback(text),
    blocks: [section(text)],
    files: (answers[String(facts.field)] ?? []) as FileRef[],
  };
}
