import { Refusal } from '../../../core/refusal.ts';
import type { Click } from '../../../messenger/click.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import type { BoardNotice } from '../../../store/client/client.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, operate } from '../../../store/operation.ts';
import { getNotice, noteReading, requireOfficer } from './notice.ts';
import {
  maySee,
  NOTICE_FILE,
  NOTICE_VERSIONS,
  NOTICES,
  NOTICES_PAGE,
  noticesView,
  noticeView,
  OPEN_NOTICE,
  versionsView,
} from './views.ts';
import { registerWriting, type WritingParts } from './writing-slack.ts';

/** 공지사항: reading for everybody, writing for officers. */
export function registerNotices(messenger: Messenger, parts: WritingParts) {
  const { ground } = parts;
  const { db, now } = ground;
  const { onAction, onActionsUnder } = messenger;
  onAction(NOTICES, async ({ who, show }) => show(await noticesView(db, who, now())));
  onActionsUnder(NOTICES_PAGE, async ({ who, value, redraw }) => {
    await redraw(await noticesView(db, who, now(), Number(value)));
  });
  onAction(OPEN_NOTICE, async ({ who, value, show }) => {
    const notice = await getVisible(ground, who, value);
    await noteReading(db, now(), who, notice);
    await show(await noticeView(db, who, now(), notice));
  });
  onAction(NOTICE_FILE, (click) => sendFile(ground, click));
  onAction(NOTICE_VERSIONS, async ({ who, value, show }) => {
    requireOfficer(who);
    await show(await versionsView(db, value));
  });
  registerWriting(messenger, parts);
}

/** @throws Refusal when it is not published, or was withdrawn */
async function getVisible({ db, now }: Ground, who: Known, noticeId: string): Promise<BoardNotice> {
  const notice = await getNotice(db, noticeId);
  if (maySee(notice, who, now())) return notice;
  throw new Refusal('게시되지 않았거나 거둔 공지입니다.', '공지사항 목록을 새로 여십시오.');
}

async function sendFile(ground: Ground, { who, place, value, show }: Click): Promise<void> {
  const { id } = await getVisible(ground, who, value);
  await operate(ground, { actor: who.id, place }, async (op) => {
    op.audit({ action: NOTICE_FILE, subject: `notice:${id}` });
    op.tell({
      key: `notice.file:${id}:${who.id}:${op.now.getTime()}`,
      notice: NOTICE_FILE,
      to: who.id,
      facts: { noticeId: id },
    });
  });
  await show(noteView('첨부파일을 보냅니다', ['이 앱의 ‘메시지’에서 받으십시오.']));
}
