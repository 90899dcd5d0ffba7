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
import type { Notices } from '../messenger/notice.ts';
import { answersOf, findRevision } from '../records/filings/revision.ts';
import { APPROVED, RETURNED, stateLabels } from '../records/filings/states.ts';
import { holdsRole } from '../records/people/office.ts';
import type { FileRef } from '../store/blobs.ts';
import type { FilingState } from '../store/client/enums.ts';
import { ATTACHMENT } from './attachments.ts';
import { CORRECT, filingCard } from './card.ts';
import { decidedLine, stateLabel } from './decide.ts';
import { abandonedNotice, offerNotice } from './offer.ts';
import { type Filings, getProcedure } from './procedure.ts';
import { OFFER_NOTICE } from './submit.ts';
import { undoneTimes } from './undo.ts';

/** What somebody without a messenger account does instead. */
export const MAIL_ANSWER = '보완한 내용을 이메일이나 공문으로 제출';

/** What the blocks of a message hold together is 13,200 characters, not documented; the form shows remarks whole. */
const REMARKS = 9000;

function brief(remarks: Labelled[]): Labelled[] {
  const share = Math.floor(REMARKS / remarks.length);
  return remarks.map(({ label, text }) => ({ label, text: cut(text, Math.max(1, share - label.length)) }));
}

/** What is said about filings: the card to the desk, the decision to the applicant, an attachment to an officer. */
export function filingNotices(filings: Pick<Filings, 'procedures' | 'now'>): Notices {
  return {
    'filing.card': {
      subject: 'filingId',
      card: async (db, facts) => {
        const filingId = String(facts.filingId);
        // What was offered and not accepted yet, the desk has not seen.
        if (facts.fresh !== 1 && (await db.card.count({ where: { subject: filingId } })) === 0) {
          if ((await db.filing.count({ where: { id: filingId, namedId: { not: null } } })) > 0) return null;
        }
        return filingCard(filings, db, filingId);
      },
    },
    [OFFER_NOTICE]: offerNotice(filings),
    'filing.abandoned': abandonedNotice(filings),

    'filing.decided': async (db, facts, by) => {
      const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
      if (!filing || filing.revision !== facts.revision) return null; // overtaken by a newer submission
      if (facts.round !== undefined && facts.round !== (await undoneTimes(db, filing.id))) return null; // taken back
      const procedure = getProcedure(filings, filing.procedure);
      const label = stateLabel(filing, procedure);
      const revision = await findRevision(db, filing);
      const remarks = Object.entries((revision?.remarks ?? {}) as Record<string, string>);
      const head = decidedLine(filing, procedure);
      const open = filing.state === RETURNED;
      const reopened = open && filing.approvedRevision === filing.revision;
      return {
        text: fallback(head),
        blocks: [
          header(`${procedure.document} ${label}`),
          section(`${filing.title} (접수번호 ${filing.number})`),
          ...(filing.state === APPROVED && procedure.approvedText
            ? [section((by === 'mail' && procedure.approvedByMail) || procedure.approvedText)]
            : []),
          ...(filing.state === APPROVED && procedure.approvedNext && by !== 'mail'
            ? [actions(procedure.approvedNext)]
            : []),
          ...(filing.reason
            ? [
                lines([
                  {
                    label: filing.state === APPROVED ? (procedure.outcome?.label ?? '사유') : '사유',
                    text: filing.reason,
                  },
                ]),
              ]
            : []),
          ...(reopened && procedure.reopenedText ? [section(await procedure.reopenedText(db, filing))] : []),
          ...(open && remarks.length > 0
            ? [
                lines(
                  brief(
                    remarks.map(([name, text]) => ({ label: getField(procedure.form, name).label, text })),
                  ),
                ),
              ]
            : []),
          ...(open && by === 'mail'
            ? [section(`${MAIL_ANSWER}해 주십시오. 관리자가 고쳐서 접수합니다.`)]
            : []),
          ...(open && by !== 'mail'
            ? [
                actions(button(CORRECT, '수정하여 다시 제출', { value: filing.id, style: 'primary' })),
                context(
                  reopened
                    ? '단추를 누르면 제출한 내용이 열립니다. 바뀐 것을 고치고 제출하십시오.'
                    : '단추를 누르면 제출한 내용이 그대로 열립니다. 고칠 항목에는 보완요청 내용이 표시됩니다.',
                ),
              ]
            : []),
        ],
      };
    },

    /** Only who was told of a decision is told that it was taken back. */
    'filing.undone': async (db, facts) => {
      const [filing, told] = await Promise.all([
        db.filing.findUniqueOrThrow({ where: { id: String(facts.filingId) } }),
        db.outbox.findUnique({ where: { key: String(facts.decided) } }),
      ]);
      if (told?.state !== 'SENT' || !told.ts) return null;
      const { document } = getProcedure(filings, filing.procedure);
      const label = stateLabels[facts.state as FilingState] ?? '처리';
      const head = `방금 보낸 ‘${label}’ 안내를 취소합니다: ${document}, ${filing.title} (접수번호 ${filing.number})`;
      return {
        text: fallback(head),
        blocks: [
          header(`${document} ${label} 취소`),
          section(head),
          context(
            '관리자가 다시 검토합니다. 지금은 아무것도 하지 않아도 됩니다. 결과가 나오면 알려 드립니다.',
          ),
        ],
      };
    },

    [ATTACHMENT]: async (db, facts, _by, to) => {
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
    },
  };
}
