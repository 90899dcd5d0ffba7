import type { Button, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { koreanDate, koreanDateTime, seoulDay } from '../../../core/calendar.ts';
import { maskName } from '../../../core/mask.ts';
import {
  actions,
  button,
  context,
  divider,
  header,
  modal,
  section,
  title,
} from '../../../messenger/blocks.ts';
import { pageOf, pager } from '../../../messenger/pager.ts';
import { type Ask, all, countOf, instant, map, read, rowsOf } from '../../../store/ask.ts';
import { readFiles } from '../../../store/blobs.ts';
import type { Reach } from '../../../store/broadcast.ts';
import { type BoardNotice, Prisma } from '../../../store/client/client.ts';
import type { Known } from '../../../store/known.ts';
import type { Tx } from '../../../store/store.ts';
import { textBlocks } from '../questions/views.ts';
import { noticeReach, readersOf } from './broadcast.ts';
import { targets } from './form.ts';

export const NOTICES = 'notices.list';
/** `.back` or `.next` follows the action id; the value is the page. */
export const NOTICES_PAGE = 'notices.page';
export const WRITE_NOTICE = 'notice.write';
export const OPEN_NOTICE = 'notice.open';
export const EDIT_NOTICE = 'notice.edit';
export const WITHDRAW_NOTICE = 'notice.withdraw';
export const NOTICE_FILE = 'notice.file';
export const NOTICE_VERSIONS = 'notice.versions';

const ON_HOME = 3;
const PAGE = 10;
const SHOWN_VERSIONS = 10;

/** Condition for the notices that this person may see: all for officers, those published for them for others. */
function visible(who: Known, now: Date): Prisma.Sql {
  return who.officer ? Prisma.sql`TRUE` : published(who, now);
}

function published(who: Known, now: Date): Prisma.Sql {
  const concerned = ['ALL', who.agency?.kind].filter((target) => target !== undefined);
  const forThem = who.officer ? Prisma.sql`TRUE` : Prisma.sql`target::text = ANY(${concerned})`;
  return Prisma.sql`"publishAt" <= ${now}::timestamp AND "withdrawnAt" IS NULL AND ${forThem}`;
}

/** The columns of a notice that a list shows. */
const listed = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  pinnedUntil: z.string().nullable(),
  publishAt: instant,
  urgent: z.boolean(),
  withdrawnAt: instant.nullable(),
}) satisfies z.ZodType<Partial<BoardNotice>>;
type Listed = z.output<typeof listed>;

const newest = (where: Prisma.Sql, limit: number, skipped = 0): Ask<Listed[]> =>
  rowsOf(
    Prisma.sql`
      SELECT id, kind, title, "pinnedUntil", "publishAt", urgent, "withdrawnAt" FROM "BoardNotice" WHERE ${where}
      ORDER BY "publishAt" DESC, id DESC LIMIT ${limit} OFFSET ${skipped}`,
    listed,
  );

export function maySee(notice: BoardNotice, who: Known, now: Date): boolean {
  if (who.officer) return true;
  const forThem = notice.target === 'ALL' || notice.target === who.agency?.kind;
  return forThem && notice.publishAt <= now && notice.withdrawnAt === null;
}

/** 공지사항 of the home (guide 1.2): pinned ones first, then the newest. */
export function noticeBlocks(who: Known, now: Date): Ask<KnownBlock[]> {
  const where = published(who, now);
  const found = all({
    pinned: newest(Prisma.sql`${where} AND "pinnedUntil" >= ${seoulDay(now)}`, ON_HOME),
    all: newest(where, ON_HOME),
  });
  return map(found, ({ pinned, all }) => {
    const others = all.filter(({ id }) => !pinned.some((one) => one.id === id));
    return onHome(who, now, [...pinned, ...others].slice(0, ON_HOME));
  });
}

function onHome(who: Known, now: Date, shown: readonly Listed[]): KnownBlock[] {
  const write = who.officer ? [button(WRITE_NOTICE, '공지사항 작성')] : [];
  if (shown.length === 0 && write.length === 0) return [];
  return [
    divider,
    title('공지사항', button(NOTICES, '더 보기')),
    ...(shown.length === 0 ? [section('게시된 공지가 없습니다.')] : []),
    ...shown.map((notice) => noticeLine(notice, now)),
    ...(write.length > 0 ? [actions(...write)] : []),
  ];
}

function noticeLine(notice: Listed, now: Date): KnownBlock {
  const marks = [
    ...(notice.pinnedUntil && notice.pinnedUntil >= seoulDay(now) ? ['📌'] : []),
    ...(notice.urgent ? ['[긴급]'] : []),
  ];
  return section(
    `${[...marks, notice.title].join(' ')}\n${notice.kind} · ${standing(notice, now)}`,
    button(OPEN_NOTICE, '보기', { value: notice.id }),
  );
}

function standing({ publishAt, withdrawnAt }: Listed, now: Date): string {
  if (withdrawnAt) return `거둠 ${koreanDateTime(withdrawnAt)}`;
  return publishAt > now ? `게시 예정 ${koreanDateTime(publishAt)}` : koreanDate(seoulDay(publishAt));
}

/** The list, newest first, a page at a time. */
export async function noticesView(tx: Tx, who: Known, now: Date, asked = 0): Promise<ModalView> {
  const where = visible(who, now);
  const total = await read(tx, countOf(Prisma.sql`FROM "BoardNotice" WHERE ${where}`));
  const paging = pageOf(asked, total, PAGE);
  const notices = await read(tx, newest(where, PAGE, paging.page * PAGE));
  return modal({
    callbackId: NOTICES,
    title: '공지사항',
    blocks: [
      ...(who.officer ? [actions(button(WRITE_NOTICE, '공지사항 작성', { style: 'primary' }))] : []),
      ...(total === 0 ? [section('게시된 공지가 없습니다.')] : []),
      ...notices.map((notice) => noticeLine(notice, now)),
      ...pager(paging, { actionId: NOTICES_PAGE }),
    ],
  });
}

/** One notice, whole; officers also read how many have opened it. */
export async function noticeView(tx: Tx, who: Known, now: Date, notice: BoardNotice): Promise<ModalView> {
  const files = readFiles(notice.files);
  return modal({
    callbackId: OPEN_NOTICE,
    title: '공지사항',
    blocks: [
      header(`${notice.urgent ? '[긴급] ' : ''}${notice.title}`),
      context(
        `${notice.kind} · ${standing(notice, now)}${notice.version > 1 ? ` · ${notice.version}판 (고침)` : ''}`,
      ),
      ...textBlocks(notice.text),
      ...files.map(({ name }) =>
        section(`첨부파일: ${name}`, button(NOTICE_FILE, '받기', { value: notice.id })),
      ),
      ...(who.officer ? await officePart(tx, notice, now) : []),
    ],
  });
}

async function officePart(tx: Tx, notice: BoardNotice, now: Date): Promise<KnownBlock[]> {
  const [{ concerned, read }, reach] = await Promise.all([readersOf(tx, notice), noticeReach(tx, notice.id)]);
  const target = targets.find(({ value }) => value === notice.target)?.label ?? '';
  const changing: Button[] = notice.withdrawnAt
    ? []
    : [
        button(EDIT_NOTICE, '고치기', { value: notice.id }),
        button(WITHDRAW_NOTICE, '거두기', {
          value: notice.id,
          style: 'danger',
          confirm: {
            title: '공지를 거두시겠습니까?',
            text: '홈과 목록에서 사라지고, 아직 보내지 않은 메시지는 보내지 않습니다. 이미 보낸 메시지는 남습니다.',
            confirm: '거두기',
          },
        }),
      ];
  return [
    divider,
    section(
      `읽음 ${count(read)} / 대상 ${count(concerned)}명 (${target})\n${sending(notice, concerned, reach, now)}`,
    ),
    actions(...changing, button(NOTICE_VERSIONS, '고친 이력', { value: notice.id })),
  ];
}

const count = (n: number) => n.toLocaleString('ko-KR');

/** A line that says how many messages of the notice are sent, waiting and failed. */
function sending(
  { messageFrom, withdrawnAt }: BoardNotice,
  concerned: number,
  reach: Reach | null,
  now: Date,
): string {
  const sent = reach ? reach.messages - reach.unsent - reach.failed : 0;
  const failed = reach?.failed ? ` · 보내지 못함 ${count(reach.failed)}명` : '';
  if (withdrawnAt)
    return sent > 0 ? `메시지: 거두기 전에 ${count(sent)}명에게 보냈습니다.` : '메시지: 보내지 않음';
  if (!messageFrom) return sent > 0 ? `메시지: ${count(sent)}명에게 보냈습니다.` : '홈에만 게시';
  if (messageFrom > now || !reach) return `메시지 발송: ${koreanDateTime(messageFrom)}부터`;
  const all = reach.done ? reach.messages : Math.max(concerned, reach.messages);
  const done = reach.done && reach.unsent === 0;
  return done
    ? `메시지: ${count(sent)}명에게 모두 보냈습니다.${failed}`
    : `메시지: ${count(all)}명 중 ${count(sent)}명에게 보냈습니다.${failed}`;
}

/** The versions of a notice, the newest first. */
export async function versionsView(tx: Tx, noticeId: string): Promise<ModalView> {
  const [total, versions] = await Promise.all([
    tx.boardNoticeVersion.count({ where: { noticeId } }),
    tx.boardNoticeVersion.findMany({
      where: { noticeId },
      orderBy: { number: 'desc' },
      take: SHOWN_VERSIONS,
    }),
  ]);
  const writers = await tx.person.findMany({ where: { id: { in: versions.map(({ by }) => by) } } });
  return modal({
    callbackId: NOTICE_VERSIONS,
    title: '고친 이력',
    blocks: [
      ...versions.flatMap(({ number, at, by, content }) => {
        const { title, text } = content as { title: string; text: string };
        const name = writers.find(({ id }) => id === by)?.name;
        return [
          divider,
          context(`${number}판 · ${koreanDateTime(at)} · ${name ? maskName(name) : '관리자'}`),
          section(title),
          ...textBlocks(text),
        ];
      }),
      ...(total > versions.length
        ? [context(`최근 ${versions.length}개를 보입니다. (모두 ${total}개)`)]
        : []),
    ],
  });
}
