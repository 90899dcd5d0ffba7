import { koreanDateTime, seoulDay, seoulTime } from '../../../core/calendar.ts';
import { OFFICE_FILES } from '../../../messenger/attachment-type.ts';
import type { Click, Outcome, Submission } from '../../../messenger/click.ts';
import { readValues } from '../../../messenger/forms/answers.ts';
import type { Form } from '../../../messenger/forms/form.ts';
import { type FormWindow, formWindow, readWindow } from '../../../messenger/forms/form-window.ts';
import type { FileSource } from '../../../messenger/intake.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import type { BoardNotice } from '../../../store/client/client.ts';
import type { Ground } from '../../../store/operation.ts';
import { MESSAGE, noticeForm, publishedForm, URGENT } from './form.ts';
import {
  editNotice,
  getNotice,
  publicationOf,
  requireOfficer,
  type Written,
  withdrawNotice,
  writeNotice,
} from './notice.ts';
import { EDIT_NOTICE, noticeView, WITHDRAW_NOTICE, WRITE_NOTICE } from './views.ts';

export interface WritingParts {
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

/** Officers' actions on notices: write, correct, withdraw. */
export function registerWriting({ onAction, onSubmit }: Messenger, parts: WritingParts): void {
  onAction(WRITE_NOTICE, async ({ who, show }) => {
    requireOfficer(who);
    await show(formWindow(writing, { kind: '안내', target: 'ALL' }));
  });
  onSubmit(WRITE_NOTICE, (submission) => takeNew(parts, submission));
  onAction(EDIT_NOTICE, (click) => openEditing(parts.ground, click));
  onSubmit(EDIT_NOTICE, (submission) => takeEdited(parts, submission));
  onAction(WITHDRAW_NOTICE, (click) => withdraw(parts, click));
}

const fileWindow = ({ ground: { db, now }, files }: WritingParts) => ({ db, now, files, rule: OFFICE_FILES });

async function takeNew(parts: WritingParts, { who, place, view }: Submission): Promise<Outcome> {
  requireOfficer(who);
  const read = await readWindow(fileWindow(parts), writing, view);
  if (!read.ok) return read.outcome;
  const written: Written = read.answers;
  const now = parts.ground.now();
  const at = publicationOf(written, now, seoulDay(now));
  if (at < now) return past(written);
  const publication = { at, holidays: await parts.extraHolidays() };
  const notice = await writeNotice(parts.ground, { who, place }, written, publication);
  parts.refreshHome(who.slackId ?? '');
  return { update: receipt('공지를 저장했습니다', notice, parts.ground.now()) };
}

function past(written: Written): Outcome {
  const errors = { publishTime: '이미 지난 시각입니다. 비우면 바로 게시합니다.' };
  return { errors, late: () => formWindow(writing, readValues(written), errors) };
}

function receipt(title: string, notice: BoardNotice, now: Date) {
  return noteView(title, [
    notice.title,
    notice.publishAt > now
      ? `${koreanDateTime(notice.publishAt)}에 게시합니다.`
      : '홈의 공지사항에 게시했습니다.',
    notice.messageFrom
      ? `메시지는 ${koreanDateTime(notice.messageFrom)}부터 보냅니다.`
      : '메시지로는 보내지 않습니다.',
  ]);
}

/** The window to correct a notice; it asks for the time of publication until the notice is published. */
const editing = (notice: BoardNotice, now: Date): FormWindow => ({
  callbackId: EDIT_NOTICE,
  title: '공지사항 고치기',
  submit: '저장',
  form: notice.publishAt > now ? (noticeForm as Form) : (publishedForm as Form),
  metadata: { notice: notice.id, version: String(notice.version) },
});

async function openEditing({ db, now }: Ground, { who, value, show }: Click): Promise<void> {
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
  await show(formWindow(editing(notice, now()), answers));
}

async function takeEdited(parts: WritingParts, { who, place, view }: Submission): Promise<Outcome> {
  const { ground } = parts;
  requireOfficer(who);
  const notice = await getNotice(ground.db, view.metadata.notice ?? '');
  const kept = readValues({ file: notice.files });
  const read = await readWindow(fileWindow(parts), editing(notice, ground.now()), view, kept);
  if (!read.ok) return read.outcome;
  const written = read.answers as unknown as Written; // both forms have these fields
  const now = ground.now();
  const at = notice.publishAt > now ? publicationOf(written, now, seoulDay(now)) : null;
  if (at && at < now) return past(written);
  const edited = await editNotice(
    ground,
    { who, place },
    { id: notice.id, version: Number(view.metadata.version) },
    written,
    { at, holidays: await parts.extraHolidays() },
  );
  parts.refreshHome(who.slackId ?? '');
  return { update: receipt('공지를 고쳤습니다', edited, ground.now()) };
}

async function withdraw({ ground, refreshHome }: WritingParts, click: Click): Promise<void> {
  const { who, place, value, redraw } = click;
  const notice = await withdrawNotice(ground, who, place, value);
  refreshHome(who.slackId ?? '');
  await redraw(await noticeView(ground.db, who, ground.now(), notice));
}
