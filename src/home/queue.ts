import type { ActionsBlock, KnownBlock, StaticSelect } from '@slack/types';
import { z } from 'zod';
import {
  addBusinessDays,
  businessDaysBetween,
  koreanDateTime,
  seoulDay,
  startOfDay,
} from '../core/calendar.ts';
import { REVIEW, URGENT } from '../filing/card.ts';
import { countsText } from '../filing/findings.ts';
import { type Filings, getProcedure, type Registry } from '../filing/procedure.ts';
import { decidable, ownPart } from '../filing/waiting.ts';
import { actions, button, context, header, plain, section } from '../messenger/blocks.ts';
import { pageOf, pager } from '../messenger/pager.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { type Ask, all, instant, map, pageStart, rowOf, rowsOf } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';
import { extraHolidays } from '../store/extra-holidays.ts';
import type { Known } from '../store/known.ts';

/** `.procedure`, `.kind`, `.age`, `.back` or `.next` follows the action id; the value is the filter (writeFilter). */
export const QUEUE_FILTER = 'home.queue';

const PAGE_SIZE = 10;
const kinds = { ADMINISTRATIVE: '행정기관', PUBLIC: '공공기관' } as const;
/** Choices of the filter by waiting time: more than this many business days. */
const ages = [3, 5, 10] as const;

export interface QueueFilter {
  /** A procedure's name, or '' for all. */
  procedure: string;
  kind: keyof typeof kinds | '';
  /** Only filings that have waited more than this many business days; 0 for all. */
  age: number;
  page: number;
}

export const WHOLE_QUEUE: QueueFilter = { procedure: '', kind: '', age: 0, page: 0 };

const waitingRow = z.object({
  id: z.string(),
  number: z.string(),
  procedure: z.string(),
  title: z.string(),
  urgent: z.boolean(),
  submittedAt: instant,
  stops: z.number().nullable(),
  looks: z.number().nullable(),
  agency: z.string().nullable(),
});
type Waiting = z.output<typeof waitingRow>;

function writeFilter({ procedure, kind, age, page }: QueueFilter): string {
  return [procedure, kind, age, page].join('|');
}

/** Reads a button's value; a part that is not valid means no filter. */
export function readFilter(registry: Registry, value: string): QueueFilter {
  const [procedure = '', kind = '', age = '', page = ''] = value.split('|');
  return {
    procedure: registry.procedures.has(procedure) ? procedure : '',
    kind: kind === 'ADMINISTRATIVE' || kind === 'PUBLIC' ? kind : '',
    age: ages.find((one) => one === Number(age)) ?? 0,
    page: Math.min(100_000, Math.max(0, Math.floor(Number(page)) || 0)),
  };
}

function chosen(filter: QueueFilter, today: string, extraHolidays: ReadonlySet<string>): Prisma.Sql {
  const since = filter.age > 0 ? startOfDay(addBusinessDays(today, -filter.age, extraHolidays)) : null;
  return Prisma.join(
    [
      Prisma.sql`TRUE`,
      ...(filter.procedure ? [Prisma.sql`f.procedure = ${filter.procedure}`] : []),
      ...(filter.kind ? [Prisma.sql`a.kind = ${filter.kind}::"AgencyKind"`] : []),
      ...(since ? [Prisma.sql`f."submittedAt" < ${since}`] : []),
    ],
    ' AND ',
  );
}

/** Filings that wait for review: urgent ones first, then the oldest; filtered, in pages. */
export function queueBlocks(
  registry: Registry & Pick<Filings, 'now'>,
  who: Known,
  asked: QueueFilter,
  /** The extra holidays, for counting the business days of `age`. */
  holidays: ReadonlySet<string>,
): Ask<KnownBlock[]> {
  const today = seoulDay(registry.now());
  const joined = asked.kind ? Prisma.sql`JOIN "Agency" a ON a.code = f."agencyCode"` : Prisma.empty;
  const where = Prisma.sql`${decidable(who)} AND ${chosen(asked, today, holidays)}`;
  // The count and the ids come from the index Filing_desk alone; only the page's filings are read from the table.
  const found = all({
    counted: rowOf(
      Prisma.sql`
        SELECT count(*) AS waiting,
          count(*) FILTER (WHERE ${ownPart(who)}) AS own
        FROM "Filing" f ${joined} WHERE f.state ${isOneOf(SUBMITTED)} AND ${chosen(asked, today, holidays)}`,
      z.object({ waiting: z.number(), own: z.number() }),
    ),
    rows: rowsOf(
      Prisma.sql`
        SELECT f.id, f.number, f.procedure, f.title, f.urgent, f."submittedAt", f.stops, f.looks, a.name AS agency
        FROM (
          SELECT f.id FROM "Filing" f ${joined} WHERE ${where}
          ORDER BY f.urgent DESC, f."submittedAt", f.id
          LIMIT ${PAGE_SIZE} OFFSET ${pageStart(asked.page, PAGE_SIZE, Prisma.sql`FROM "Filing" f ${joined} WHERE ${where}`)}) page
        JOIN "Filing" f USING (id) LEFT JOIN "Agency" a ON a.code = f."agencyCode"
        ORDER BY f.urgent DESC, f."submittedAt", f.id`,
      waitingRow,
    ),
    extraHolidays,
  });
  return map(found, ({ counted, rows, extraHolidays: off }) =>
    pageBlocks(registry, asked, {
      today,
      extraHolidays: off,
      counted: counted ?? { waiting: 0, own: 0 },
      rows,
    }),
  );
}

/** The data of one page of the queue. */
interface QueuePage {
  today: string;
  extraHolidays: ReadonlySet<string>;
  /** How many filings wait, and how many of them this person submitted or entered. */
  counted: { waiting: number; own: number };
  rows: readonly Waiting[];
}

function pageBlocks(registry: Registry, asked: QueueFilter, read: QueuePage): KnownBlock[] {
  const { today, extraHolidays, counted, rows } = read;
  const { own } = counted;
  const total = counted.waiting - own;
  const filtered = asked.procedure !== '' || asked.kind !== '' || asked.age > 0;
  return [
    header(`검토 대기 ${total.toLocaleString('ko-KR')}건`),
    filters(registry, asked),
    ...(total === 0
      ? [section(filtered ? '고른 조건에 맞는 신청이 없습니다.' : '기다리는 신청이 없습니다.')]
      : []),
    ...rows.map((row) =>
      section(
        waitingText(registry, row, businessDaysBetween(seoulDay(row.submittedAt), today, extraHolidays)),
        button(REVIEW, '검토', { value: row.id }),
      ),
    ),
    ...(own > 0 ? [context(`본인이 제출하거나 접수하거나 수락한 ${own}건은 다른 관리자가 검토합니다.`)] : []),
    ...pager(pageOf(asked.page, total, PAGE_SIZE), {
      actionId: QUEUE_FILTER,
      valueFor: (page) => writeFilter({ ...asked, page }),
      labels: { back: '앞 대기 목록', next: '다음 대기 목록' },
    }),
  ];
}

function waitingText(registry: Registry, row: Waiting, days: number): string {
  const { title } = getProcedure(registry, row.procedure);
  const head = `${row.urgent ? URGENT : ''}${title} · ${row.title}`;
  const waited = days > 0 ? `${days}영업일째` : '오늘';
  const facts = [
    row.agency === row.title ? null : row.agency,
    row.number,
    countsText(row),
    `제출 ${koreanDateTime(row.submittedAt)} (${waited})`,
  ];
  return `${head}\n${facts.filter(Boolean).join(' · ')}`;
}

function filters({ procedures }: Registry, filter: QueueFilter): ActionsBlock {
  const from = { ...filter, page: 0 };
  return actions(
    select(`${QUEUE_FILTER}.procedure`, '업무', writeFilter(from), [
      ['모든 업무', { ...from, procedure: '' }],
      ...[...procedures.values()]
        .slice(0, 99)
        .map(({ name, title }): [string, QueueFilter] => [title, { ...from, procedure: name }]),
    ]),
    select(`${QUEUE_FILTER}.kind`, '기관 구분', writeFilter(from), [
      ['모든 기관', { ...from, kind: '' }],
      ...(['ADMINISTRATIVE', 'PUBLIC'] as const).map((kind): [string, QueueFilter] => [
        kinds[kind],
        { ...from, kind },
      ]),
    ]),
    select(`${QUEUE_FILTER}.age`, '기다린 기간', writeFilter(from), [
      ['모든 기간', { ...from, age: 0 }],
      ...ages.map((age): [string, QueueFilter] => [`${age}영업일 넘음`, { ...from, age }]),
    ]),
  );
}

function select(
  actionId: string,
  placeholder: string,
  now: string,
  choices: readonly [string, QueueFilter][],
): StaticSelect {
  const options = choices.map(([text, filter]) => ({ text: plain(text, 75), value: writeFilter(filter) }));
  const initial = options.find(({ value }) => value === now);
  return {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(placeholder, 150),
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}
