import { koreanDateTime, seoulDay, seoulTime } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { OFFICE_FILES } from '../../../messenger/attachment-type.ts';
import type { Outcome } from '../../../messenger/click.ts';
import { readValues } from '../../../messenger/forms/answers.ts';
import type { Form } from '../../../messenger/forms/form.ts';
import { type FormWindow, formWindow, readWindow } from '../../../messenger/forms/form-window.ts';
import type { FileSource } from '../../../messenger/intake.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import type { BoardNotice } from '../../../store/client/client.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, operate } from '../../../store/operation.ts';
import { MESSAGE, noticeForm, publishedForm, URGENT } from './form.ts';
import {
  editNotice,
  getNotice,
  noteReading,
  publicationOf,
  requireOfficer,
  type Written,
  withdrawNotice,
  writeNotice,
} from './notice.ts';
import {
  EDIT_NOTICE,
  maySee,
  NOTICE_FILE,
  NOTICE_VERSIONS,
  NOTICES,
  NOTICES_PAGE,
  noticesView,
  noticeView,
  OPEN_NOTICE,
  versionsView,
  WITHDRAW_NOTICE,
  WRITE_NOTICE,
} from './views.ts';

interface NoticeParts {
  ground: Ground;
  files: FileSource;
  extraHolidays: () => Promise<ReadonlySet<string>>;
  refreshHome: (slackId: string) => void;
}

const writing = {
  callbackId: WRITE_NOTICE,
  title: '공지사항 작성',
  submit: '게시',
  form: noticeForm,
};

/** 공지사항: reading for everybody, writing for officers. */
export function registerNotices(
  { onAction, onActionsUnder, onSubmit }: Messenger,
  { ground, files, extraHolidays, refreshHome }: NoticeParts,
) {
  const { db, now } = ground;
  const window = { db, now, files, rule: OFFICE_FILES };

  onAction(NOTICES, async ({ who, show }) => show(await noticesView(db, who, now())));
  onActionsUnder(NOTICES_PAGE, async ({ who, value, redraw }) => {
    await redraw(await noticesView(db, who, now(), Number(value)));
  });

  async function seen(who: Known, noticeId: string): Promise<BoardNotice> {
    const notice = await getNotice(db, noticeId);
    if (maySee(notice, who, now())) return notice;
    throw new Refusal('게시되지 않았거나 거둔 공지입니다.', '공지사항 목록을 새로 여십시오.');
  }

  onAction(OPEN_NOTICE, async ({ who, value, show }) => {
    const notice = await seen(who, value);
    await noteReading(db, now(), who, notice);
    await show(await noticeView(db, who, now(), notice));
  });

  onAction(NOTICE_FILE, async ({ who, place, value, show }) => {
    const { id } = await seen(who, value);
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
  });

  onAction(WRITE_NOTICE, async ({ who, show }) => {
    requireOfficer(who);
    await show(formWindow(writing, { kind: '안내', target: 'ALL' }));
  });

  onSubmit(WRITE_NOTICE, async ({ who, place, view }): Promise<Outcome> => {
    requireOfficer(who);
    const read = await readWindow(window, writing, view);
    if (!read.ok) return read.outcome;
    const written: Written = read.answers;
    const publishAt = publicationOf(written, now(), seoulDay(now()));
    if (publishAt < now()) return past(written);
    const notice = await writeNotice(ground, who, place, written, publishAt, await extraHolidays());
    refreshHome(who.slackId ?? '');
    return { update: receipt('공지를 저장했습니다', notice) };
  });

  function past(written: Written): Outcome {
    const errors = { publishTime: '이미 지난 시각입니다. 비우면 바로 게시합니다.' };
    return { errors, late: () => formWindow(writing, readValues(written), errors) };
  }

  function receipt(title: string, notice: BoardNotice) {
    return noteView(title, [
      notice.title,
      notice.publishAt > now()
        ? `${koreanDateTime(notice.publishAt)}에 게시합니다.`
        : '홈의 공지사항에 게시했습니다.',
      notice.messageFrom
        ? `메시지는 ${koreanDateTime(notice.messageFrom)}부터 보냅니다.`
        : '메시지로는 보내지 않습니다.',
    ]);
  }

  const editing = (notice: BoardNotice): FormWindow => ({
    callbackId: EDIT_NOTICE,
    title: '공지사항 고치기',
    submit: '저장',
    form: notice.publishAt > now() ? (noticeForm as Form) : (publishedForm as Form),
    metadata: { notice: notice.id, version: String(notice.version) },
  });

  onAction(EDIT_NOTICE, async ({ who, value, show }) => {
    requireOfficer(who);
    const notice = await getNotice(db, value);
    const { kind, title, text, target, pinnedUntil, publishAt } = notice;
    const answers = {
      kind,
      title,
      text,
      target,
      ...readValues({ file: notice.files }),
      pinnedUntil: pinnedUntil ?? '',
      publishOn: seoulDay(publishAt),
      publishTime: seoulTime(publishAt),
      how: [...(notice.messageFrom ? [MESSAGE] : []), ...(notice.urgent ? [URGENT] : [])],
    };
    await show(formWindow(editing(notice), answers));
  });

  onSubmit(EDIT_NOTICE, async ({ who, place, view }): Promise<Outcome> => {
    requireOfficer(who);
    const notice = await getNotice(db, view.metadata.notice ?? '');
    const kept = readValues({ file: notice.files });
    const read = await readWindow(window, editing(notice), view, kept);
    if (!read.ok) return read.outcome;
    const written = read.answers as unknown as Written; // both forms ask for these
    const scheduled = notice.publishAt > now();
    const publishAt = scheduled ? publicationOf(written, now(), seoulDay(now())) : null;
    if (publishAt && publishAt < now()) return past(written);
    const version = Number(view.metadata.version);
    const edited = await editNotice(
      ground,
      who,
      place,
      notice.id,
      version,
      written,
      publishAt,
      await extraHolidays(),
    );
    refreshHome(who.slackId ?? '');
    return { update: receipt('공지를 고쳤습니다', edited) };
  });

  onAction(WITHDRAW_NOTICE, async ({ who, place, value, redraw }) => {
    const notice = await withdrawNotice(ground, who, place, value);
    refreshHome(who.slackId ?? '');
    await redraw(await noticeView(db, who, now(), notice));
  });

  onAction(NOTICE_VERSIONS, async ({ who, value, show }) => {
    requireOfficer(who);
    await show(await versionsView(db, value));
  });
}
