import { actions, button, context, cut, fallback, header } from '../../../messenger/blocks.ts';
import type { Notices } from '../../../messenger/notice.ts';
import { readFiles } from '../../../store/blobs.ts';
import { textBlocks } from '../questions/views.ts';
import { isConcerned, NOTICE_MESSAGE } from './broadcast.ts';
import { NOTICE_FILE, OPEN_NOTICE } from './views.ts';

/** Renders a notice as a message, and the files of a notice. */
export const noticeMessages: Notices = {
  [NOTICE_MESSAGE]: async (db, facts, _by, to) => {
    const notice = await db.boardNotice.findUniqueOrThrow({ where: { id: String(facts.noticeId) } });
    // Rows whose delivery was tried once stay in the outbox (store/broadcast.ts), so a withdrawal is checked here too.
    if (notice.withdrawnAt || !notice.messageFrom) return null;
    if (to !== undefined && !(await isConcerned(db, notice, to))) return null;
    const head = `${notice.urgent ? '[긴급] ' : ''}공지사항: ${notice.title}`;
    const files = readFiles(notice.files);
    return {
      text: fallback(cut(head, 200)),
      blocks: [
        header(head),
        ...textBlocks(notice.text),
        ...(files.length > 0 ? [context(`첨부파일: ${files.map(({ name }) => name).join(', ')}`)] : []),
        actions(button(OPEN_NOTICE, '공지 열기', { value: notice.id })),
      ],
    };
  },

  [NOTICE_FILE]: async (db, facts) => {
    const notice = await db.boardNotice.findUniqueOrThrow({ where: { id: String(facts.noticeId) } });
    const files = readFiles(notice.files);
    if (notice.withdrawnAt || files.length === 0) return null;
    const text = `공지사항 첨부파일: ${notice.title}`;
    return { text: fallback(cut(text, 200)), blocks: [context(text)], files };
  },
};
