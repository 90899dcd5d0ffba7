import { nextSendingTime } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scene } from '../../../messenger/click.ts';
import { officersOnly } from '../../../records/people/office.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { BoardNotice } from '../../../store/client/client.ts';
import type { NoticeTarget } from '../../../store/client/enums.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, type Operation, operate } from '../../../store/operation.ts';
import type { Tx } from '../../../store/store.ts';
import { tellPeople } from './broadcast.ts';
import { MESSAGE, URGENT, USUAL_TIME } from './form.ts';

export const { requireOfficer, requireOffice } = officersOnly('공지는 표준API 관리자만 쓸 수 있습니다.');

/** The answers of the notice forms. */
export interface Written {
  kind: string;
  title: string;
  text: string;
  file?: FileRef[] | undefined;
  target: string;
  pinnedUntil?: string | undefined;
  how?: string[] | undefined;
  publishOn?: string | undefined;
  publishTime?: string | undefined;
}

/** When to publish: the given day and time in Seoul, today when only a time is given, at once when neither is. */
export function publicationOf({ publishOn, publishTime }: Written, now: Date, today: string): Date {
  if (!publishOn && !publishTime) return now;
  return new Date(`${publishOn ?? today}T${publishTime ?? USUAL_TIME}:00+09:00`);
}

/** The instant of publication, and the extra holidays, on which no message goes out. */
interface Publication {
  at: Date;
  holidays: ReadonlySet<string>;
}

function columnsOf(written: Written, { at: publishAt, holidays }: Publication) {
  const { kind, title, text, file = [], target, pinnedUntil = null, how = [] } = written;
  const urgent = how.includes(URGENT);
  return {
    kind,
    title,
    text,
    files: file as object[],
    target: target as NoticeTarget,
    pinnedUntil,
    publishAt,
    urgent,
    // Messages of an urgent notice go out at its publication, those of others at the next sending time.
    messageFrom: how.includes(MESSAGE) ? (urgent ? publishAt : nextSendingTime(publishAt, holidays)) : null,
  };
}

/** @throws Refusal unless an officer at this moment */
export async function writeNotice(
  ground: Ground,
  { who, place }: Scene,
  written: Written,
  publication: Publication,
): Promise<BoardNotice> {
  const notice = await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const data = { ...columnsOf(written, publication), writtenBy: who.id, writtenAt: op.now };
    const newNotice = await op.tx.boardNotice.create({ data });
    await keepVersion(op, newNotice);
    op.audit({
      action: 'notice.write',
      subject: `notice:${newNotice.id}`,
      data: { target: newNotice.target },
    });
    if (newNotice.messageFrom) await tellPeople(op.tx, op.now, newNotice);
    return newNotice;
  });
  ground.wakeOutbox();
  return notice;
}

/**
 * Corrects a notice. `version` is the version that the officer saw; `at: null` keeps the time of publication. Messages
 * not sent yet get the corrected text, at once if it is urgent now; people who have the message get no second one.
 * @throws Refusal when another officer changed the notice meanwhile
 */
export async function editNotice(
  ground: Ground,
  { who, place }: Scene,
  { id: noticeId, version }: Pick<BoardNotice, 'id' | 'version'>,
  written: Written,
  { at: publishAt, holidays }: Omit<Publication, 'at'> & { at: Date | null },
): Promise<BoardNotice> {
  const notice = await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const before = await getNotice(op.tx, noticeId);
    const columns = columnsOf(written, { at: publishAt ?? before.publishAt, holidays });
    const soonest = columns.urgent ? op.now : nextSendingTime(op.now, holidays);
    const stillWaits = before.messageFrom !== null && before.messageFrom > op.now;
    const kept = columns.urgent && stillWaits ? soonest : (before.messageFrom ?? soonest);
    const messageFrom = publishAt || !columns.messageFrom ? columns.messageFrom : kept;
    const { count } = await op.tx.boardNotice.updateMany({
      where: { id: noticeId, version, withdrawnAt: null },
      data: { ...columns, messageFrom, version: version + 1 },
    });
    if (count === 0) throw new Refusal('그사이에 바뀐 공지입니다.', '공지를 다시 열어 확인한 뒤 고치십시오.');
    const after = await getNotice(op.tx, noticeId);
    await keepVersion(op, after);
    op.audit({ action: 'notice.edit', subject: `notice:${noticeId}`, data: { version: after.version } });
    if (before.messageFrom || after.messageFrom) await tellPeople(op.tx, op.now, after);
    return after;
  });
  ground.wakeOutbox();
  return notice;
}

/** Takes a notice off the home and out of the outbox; messages that were sent stay where they are. @throws Refusal */
export async function withdrawNotice(
  ground: Ground,
  who: Known,
  place: string,
  noticeId: string,
): Promise<BoardNotice> {
  const notice = await operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who);
    const { count } = await op.tx.boardNotice.updateMany({
      where: { id: noticeId, withdrawnAt: null },
      data: { withdrawnAt: op.now },
    });
    if (count === 0) throw new Refusal('이미 거둔 공지입니다.', '공지사항 목록을 새로 여십시오.');
    op.audit({ action: 'notice.withdraw', subject: `notice:${noticeId}` });
    const after = await getNotice(op.tx, noticeId);
    if (after.messageFrom) await tellPeople(op.tx, op.now, after);
    return after;
  });
  ground.wakeOutbox();
  return notice;
}

/** Records that this person has opened the notice; the first time counts. */
export async function noteReading(tx: Tx, now: Date, who: Known, notice: BoardNotice): Promise<void> {
  if (notice.publishAt > now || notice.withdrawnAt || !concerns(notice, who)) return;
  await tx.boardNoticeReading.createMany({
    data: [{ noticeId: notice.id, personId: who.id, readAt: now }],
    skipDuplicates: true,
  });
}

/** @throws Refusal */
export async function getNotice(tx: Tx, id: string): Promise<BoardNotice> {
  const notice = await tx.boardNotice.findUnique({ where: { id } });
  if (!notice) throw new Refusal('공지를 찾을 수 없습니다.', '홈을 새로 열어 확인하십시오.');
  return notice;
}

/** Whether a notice addresses this person. */
function concerns({ target }: Pick<BoardNotice, 'target'>, { agency }: Known): boolean {
  return target === 'ALL' || target === agency?.kind;
}

async function keepVersion({ tx, now, author }: Operation, notice: BoardNotice): Promise<void> {
  const { id, version, kind, title, text, files, target, pinnedUntil, publishAt, urgent, messageFrom } =
    notice;
  const content = { kind, title, text, files, target, pinnedUntil, publishAt, urgent, messageFrom };
  await tx.boardNoticeVersion.create({
    data: {
      noticeId: id,
      number: version,
      content: JSON.parse(JSON.stringify(content)),
      by: author.actor,
      at: now,
    },
  });
}
