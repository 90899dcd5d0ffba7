import { seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import { FILING_FILES } from '../../messenger/attachment-type.ts';
import type { Click, Outcome, Submission } from '../../messenger/click.ts';
import { formWindow, readWindow } from '../../messenger/forms/form-window.ts';
import type { FileSource } from '../../messenger/intake.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import type { FileRef } from '../../store/blobs.ts';
import type { Known } from '../../store/known.ts';
import { operate } from '../../store/operation.ts';
import { enterUnchanged, type Receipt } from './answer.ts';
import {
  BY_MAIL,
  BY_MAIL_PAGE,
  byMailView,
  RECEIVED,
  receiptWindow,
  UNCHANGED_BY_MAIL,
} from './by-mail-view.ts';
import { requireOffice, requireOfficer } from './conduct.ts';
import { enteredAnswers, getReceived, silentByMail } from './entered.ts';
import { getOpenRound, isOpen } from './round.ts';

interface MailParts {
  filings: Filings;
  files: FileSource;
}

/** Officers enter the answers of contacts who are asked by mail, and open what those answers go by. */
export function registerByMail(messenger: Messenger, parts: MailParts): void {
  const { filings } = parts;
  messenger.onAction(BY_MAIL, async ({ who, value, show }) => show(await list(filings, who, value, 0)));
  messenger.onActionsUnder(BY_MAIL_PAGE, async ({ who, value, redraw }) => {
    const [roundId = '', page = ''] = value.split(':');
    await redraw(await list(filings, who, roundId, Number(page)));
  });
  messenger.onAction(UNCHANGED_BY_MAIL, (click) => askReceipt(filings, click));
  messenger.onSubmit(UNCHANGED_BY_MAIL, (submission) => takeReceipt(parts, submission));
  messenger.onAction(RECEIVED, (click) => openReceived(filings, click));
}

async function list({ db, now }: Filings, who: Known, roundId: string, page: number) {
  requireOfficer(who);
  const round = await db.surveyRound.findUnique({ where: { id: roundId } });
  if (!round) throw new Refusal('이용현황조사를 찾을 수 없습니다.', '홈의 ‘진행 현황’을 누르십시오.');
  const open = isOpen(round, seoulDay(now()));
  const [silent, entered] = [open ? await silentByMail(db, round) : [], await enteredAnswers(db, round)];
  return byMailView(round, { silent, entered, open }, page);
}

async function receiptOf({ db, now }: Filings, who: Known, roundId: string, systemId: string, page: number) {
  requireOfficer(who);
  const round = await getOpenRound(db, now(), roundId);
  const system = await db.system.findUnique({ where: { id: systemId }, select: { id: true, name: true } });
  if (!system) throw new Refusal('시스템을 찾을 수 없습니다.', '‘메일 응답 등록’을 다시 누르십시오.');
  return receiptWindow(round, system, page);
}

async function askReceipt(filings: Filings, { who, value, view, redraw }: Click): Promise<void> {
  const [roundId = '', systemId = ''] = value.split(':');
  const page = Number(view?.metadata.page) || 0;
  await redraw(formWindow(await receiptOf(filings, who, roundId, systemId, page), { by: 'MAIL' }));
}

async function takeReceipt(
  { filings, files }: MailParts,
  { who, place, view }: Submission,
): Promise<Outcome> {
  const { db, now } = filings;
  const { round = '', system = '', page = '' } = view.metadata;
  const window = await receiptOf(filings, who, round, system, Number(page));
  const read = await readWindow({ db, now, files, rule: FILING_FILES }, window, view);
  if (!read.ok) return read.outcome;
  const receipt = receiptIn(read.answers);
  if ('errors' in receipt) {
    return { ...receipt, late: () => formWindow(window, read.answers, receipt.errors) };
  }
  await operate(filings, { actor: who.id, place }, (op) =>
    enterUnchanged(op, who, { roundId: round, systemId: system }, receipt),
  );
  return { update: await list(filings, who, round, Number(page)) };
}

function receiptIn({
  by,
  received: [file] = [],
}: {
  by: string;
  received?: FileRef[] | undefined;
}): Receipt | { errors: Record<string, string> } {
  if (by === 'PHONE') {
    if (!file) return { by };
    return { errors: { by: '문서를 올렸으면 ‘이메일’이나 ‘공문’을 고르십시오.' } };
  }
  if (!file) {
    return {
      errors: { received: '답을 받은 메일이나 공문을 올리십시오. 전화로 받았으면 ‘전화’를 고르십시오.' },
    };
  }
  return { by: by === 'LETTER' ? 'LETTER' : 'MAIL', file };
}

async function openReceived(filings: Filings, { who, place, value, show }: Click): Promise<void> {
  const [roundId = '', systemId = ''] = value.split(':');
  await operate(filings, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const { target } = await getReceived(op.tx, roundId, systemId);
    op.audit({
      action: RECEIVED,
      subject: `system:${systemId}`,
      person: target.personId,
      data: { round: roundId },
    });
    op.tell({
      key: `${RECEIVED}:${roundId}:${systemId}:${who.id}:${op.now.getTime()}`,
      notice: RECEIVED,
      to: who.id,
      facts: { roundId, systemId },
    });
  });
  await show(noteView('받은 문서를 보냅니다', ['이 앱의 ‘메시지’에서 받으십시오. 받은 기록이 남습니다.']));
}
