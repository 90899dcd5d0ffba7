import type { ModalView } from '@slack/types';
import { Refusal } from '../../core/refusal.ts';
import { visibleText } from '../../core/typed-text.ts';
import type { Filings } from '../../filing/procedure.ts';
import { requireCode } from '../../filing/require-code.ts';
import { readingReason, reviewFiling } from '../../filing/review.ts';
import { getFiling } from '../../filing/standing.ts';
import { context, modal, plain, section } from '../../messenger/blocks.ts';
import type { Click, Outcome, Scene, Submission } from '../../messenger/click.ts';
import { enteredIn } from '../../messenger/entered.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { isOpen } from '../../records/filings/states.ts';
import { holdsOffice } from '../../records/people/office.ts';
import { revokeLicences } from '../../records/systems/revoke-licences.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import { type Operation, operate } from '../../store/operation.ts';
import { DESK } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { MISTAKEN, NOTE, REVOKE, TICK } from './follow-up.ts';
import { addNote, isChecklistItem, MAX_NOTE } from './timeline.ts';

const SUBMIT_NOTE = 'incident.note.submit';

interface IncidentParts {
  filings: Filings;
  /** The reporter's view. */
  filingDetail: (filings: Filings, db: Filings['db'], who: Known, filingId: string) => Promise<ModalView>;
}

/** The room, and the part of the messenger that redraws windows. */
type Room = IncidentParts & Pick<Messenger, 'redrawWindow' | 'log'>;

/** 보안사고: ticks the checklist, adds to the timeline, revokes licences. */
export function registerIncidents(messenger: Messenger, parts: IncidentParts) {
  const { redrawWindow, log } = messenger;
  const room: Room = { ...parts, redrawWindow, log };
  messenger.onActionsUnder(TICK, (click) => tick(room, click));
  messenger.onActionsUnder(REVOKE, (click) => revoke(room, click));
  messenger.onAction(NOTE, async ({ who, value, view, show }) => {
    const filing = await openIncident(parts.filings.db, who, value, 'either');
    await show(noteForm(filing, view?.id ?? ''));
  });
  messenger.onAction(MISTAKEN, (click) => markMistaken(room, click));
  messenger.onSubmit(SUBMIT_NOTE, (submission) => takeNote(room, submission));
}

async function tick(room: Room, { who, place, value, view }: Click): Promise<void> {
  const [filingId = '', item = '', done] = value.split(':');
  if (!isChecklistItem(item)) throw new Refusal('점검표에 없는 항목입니다.', '‘검토’를 다시 여십시오.');
  await operate(room.filings, { actor: who.id, place }, async (op) => {
    const filing = await openIncident(op.tx, who, filingId, 'officer');
    await addNote(op, filing, { item, done: done === '1' });
  });
  await redraw(room, view?.id, { who, place }, filingId);
}

async function revoke(room: Room, { who, place, value, view }: Click): Promise<void> {
  const { filings } = room;
  const [filingId = '', systemId = ''] = value.split(':');
  await operate(filings, { actor: who.id, place }, async (op) => {
    const filing = await openIncident(op.tx, who, filingId, 'officer');
    if (filings.codes) {
      const purpose = `라이선스 폐지: ${filing.title} (접수번호 ${filing.number})`;
      await requireCode(op, filings.codes, who.id, { purpose, resume: { next: 'press' } });
    }
    await revokeFor(op, filing, systemId);
  });
  await redraw(room, view?.id, { who, place }, filingId);
}

async function markMistaken(room: Room, { who, place, value, view }: Click): Promise<void> {
  if ((await getFiling(room.filings.db, value)).applicantId !== who.id)
    throw new Refusal('신고한 사람만 표시할 수 있습니다.', '조치를 마쳤으면 ‘승인’을 눌러 종결하십시오.');
  await note(room.filings, { who, place }, value, '신고한 사람이 잘못된 신고라고 표시했습니다.');
  await redraw(room, view?.id, { who, place }, value);
}

async function takeNote(room: Room, { who, place, view }: Submission): Promise<Outcome> {
  const { filing: filingId = '', under } = view.metadata;
  const typed = enteredIn(view.values, 'note')?.value ?? '';
  const text = visibleText(typed).normalize('NFC').trim().slice(0, MAX_NOTE);
  if (text === '') {
    const late = noteView('기록할 내용이 없습니다', ['‘기록 추가’를 다시 눌러 내용을 적으십시오.']);
    return { errors: { note: '기록할 내용을 적으십시오.' }, late: () => late };
  }
  await note(room.filings, { who, place }, filingId, text);
  await redraw(room, under || undefined, { who, place }, filingId);
  return { update: noteView('기록했습니다', ['진행 기록에 남았고 상대방에게 알렸습니다.']) };
}

/** Adds a note to the timeline and tells the other side. */
function note(filings: Filings, { who, place }: Scene, filingId: string, text: string): Promise<void> {
  return operate(filings, { actor: who.id, place }, async (op) => {
    const filing = await openIncident(op.tx, who, filingId, 'either');
    const { id } = await addNote(op, filing, { text });
    op.tell({
      key: `incident.noted:${id}`,
      notice: 'incident.noted',
      to: filing.applicantId === who.id ? DESK : filing.applicantId,
      facts: { filingId: filing.id, desk: filing.applicantId === who.id ? 1 : 0 },
    });
  });
}

/** The window with the present timeline, as this person may see it. */
async function timelineView(
  { filings, filingDetail }: Room,
  { who, place }: Scene,
  filingId: string,
): Promise<ModalView | null> {
  const { db, now } = filings;
  const filing = await getFiling(db, filingId);
  if (filing.applicantId === who.id) return filingDetail(filings, db, who, filingId);
  return reviewFiling(filings, { who, place }, filingId, await readingReason(db, now(), who, filing));
}

/** Redraws the open window. If that fails, because it was closed meanwhile, the change stays. */
async function redraw(room: Room, viewId: string | undefined, scene: Scene, filingId: string): Promise<void> {
  if (!viewId) return;
  try {
    const view = await timelineView(room, scene, filingId);
    if (view) await room.redrawWindow(viewId, view);
  } catch (error) {
    room.log.warn({ err: error }, 'a timeline was not redrawn');
  }
}

/** @throws Refusal when it is no open incident, or this person may not act on it */
async function openIncident(tx: Tx, who: Known, filingId: string, by: 'officer' | 'either'): Promise<Filing> {
  const filing = await getFiling(tx, filingId);
  const isReporter = filing.applicantId === who.id;
  const acts = !isReporter && who.officer && (await holdsOffice(tx, who.id));
  if (!acts && !(by === 'either' && isReporter)) {
    throw by === 'officer' && isReporter && who.officer
      ? new Refusal('본인이 신고한 건은 본인이 처리할 수 없습니다.', '다른 관리자에게 처리를 요청하십시오.')
      : new Refusal('표준API 관리자와 신고한 사람만 할 수 있습니다.');
  }
  if (filing.procedure !== PROCEDURE.incident || !isOpen(filing)) {
    throw new Refusal('이미 끝난 신고입니다.', '새로 알게 된 것이 있으면 보안사고를 다시 신고하십시오.');
  }
  return filing;
}

async function revokeFor(op: Operation, filing: Filing, systemId: string): Promise<void> {
  const system = filing.systemIds.includes(systemId)
    ? await op.tx.system.findUnique({ where: { id: systemId } })
    : null;
  if (!system) throw new Refusal('이 신고와 관련된 시스템이 아닙니다.', '‘검토’를 다시 열어 확인하십시오.');
  const revoked = await revokeLicences(op, systemId, `보안사고 신고 (접수번호 ${filing.number})`);
  if (revoked.length === 0)
    throw new Refusal('사용 중인 라이선스가 없습니다.', '‘검토’를 다시 열어 지금 상태를 확인하십시오.');
  const numbers = revoked.map(({ number }) => number).join(', ');
  await addNote(op, filing, { text: `라이선스 폐지: ${system.name} (${numbers})` });
  op.tell({
    key: `licence.revoked:${filing.id}:${systemId}:${op.now.getTime()}`,
    notice: 'licence.revoked',
    to: system.contactId,
    facts: { filingId: filing.id, systemId },
  });
}

export function noteForm({ id, title, number }: Filing, under: string): ModalView {
  return modal({
    callbackId: SUBMIT_NOTE,
    title: '진행 기록 추가',
    submit: '기록',
    close: '취소',
    metadata: { filing: id, under },
    blocks: [
      section(`${title} (접수번호 ${number})`),
      inputBlock('note', '기록할 내용', {
        type: 'plain_text_input',
        multiline: true,
        max_length: MAX_NOTE,
        placeholder: plain('예: 10:20 서버를 네트워크에서 분리함', 150),
      }),
      context('신고한 사람과 관리자가 함께 봅니다. 고치거나 지울 수 없습니다.'),
    ],
  });
}
