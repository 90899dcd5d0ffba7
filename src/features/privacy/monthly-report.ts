import { isWorkingTime, koreanDateTime, preciseTime, WORK_BEGINS, WORK_ENDS } from '../../core/calendar.ts';
import type { Cell } from '../../core/csv-file.ts';
import { destructionHead, destructionRow } from '../../procedures/destruction/destruction-book.ts';
import type { Tx } from '../../store/store.ts';
import { type AccessRecord, accessRecords, placeLabel, type RecordedPerson } from './access-record.ts';
import { koreanMonth, monthSoFar } from './month.ts';

/** A reader is unusual with more than TIMES the median number of readings of the month, and LEAST or more. */
const TIMES = 3;
const LEAST = 20;

export const UNUSUAL_RULE = `한 달 열람이 그 달 열람자별 건수 중앙값의 ${TIMES}배를 넘고 ${LEAST}건 이상`;
const AFTER_HOURS_RULE = `업무일 ${WORK_BEGINS}–${WORK_ENDS} 밖(주말과 공휴일 포함)`;

interface ReaderCount {
  reader: RecordedPerson;
  count: number;
  /** How many different people's data was read. */
  people: number;
  afterHours: number;
  unusual: boolean;
}

interface Summary {
  readers: ReaderCount[];
  median: number;
}

/** Counts readings by reader, most first. Readings of one's own data are not counted. */
export function summarise(records: readonly AccessRecord[], extraHolidays: ReadonlySet<string>): Summary {
  const byReader = new Map<string, AccessRecord[]>();
  for (const record of records) {
    const { reader, whose } = record;
    if (reader.id === whose?.id) continue;
    byReader.set(reader.id, [...(byReader.get(reader.id) ?? []), record]);
  }
  const median = medianOf([...byReader.values()].map((readings) => readings.length));
  const readers = [...byReader.values()].flatMap((readings): ReaderCount[] => {
    const [first] = readings;
    if (!first) return [];
    return [
      {
        reader: first.reader,
        count: readings.length,
        people: new Set(readings.flatMap(({ whose }) => whose?.id ?? [])).size,
        afterHours: readings.filter(({ at }) => !isWorkingTime(at, extraHolidays)).length,
        unusual: readings.length >= LEAST && readings.length > TIMES * median,
      },
    ];
  });
  return { readers: readers.sort((a, b) => b.count - a.count), median };
}

function medianOf(counts: readonly number[]): number {
  const sorted = counts.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (upper + lower) / 2;
}

/** The monthly report for the privacy officer (월 1회 이상 점검), as rows of a table; a current month ends at `until`. */
export async function monthlyReport(
  tx: Tx,
  month: string,
  until: Date,
  extraHolidays: ReadonlySet<string>,
): Promise<Cell[][]> {
  const { from, to, running } = monthSoFar(month, until);
  const [records, destroyed] = await Promise.all([
    accessRecords(tx, { from, to }),
    tx.destruction.findMany({
      where: { destroyedAt: { gte: from, lt: to } },
      orderBy: [{ destroyedAt: 'asc' }, { subject: 'asc' }],
    }),
  ]);
  const { readers, median } = summarise(records, extraHolidays);
  return [
    ['개인정보 접속기록 월별 점검 보고서'],
    ['대상 월', running ? `${koreanMonth(month)} (진행 중)` : koreanMonth(month)],
    ['작성일시', koreanDateTime(until)],
    ['근거', '개인정보의 안전성 확보조치 기준 제8조 (월 1회 이상 점검)'],
    ['접속기록', `${records.length}건`],
    ['열람자', `${readers.length}명 (중앙값 ${median}건, 본인 정보 조회 제외)`],
    ['‘많음’ 기준', UNUSUAL_RULE],
    ['‘시간 외’ 기준', AFTER_HOURS_RULE],
    [],
    ['1. 열람자별 집계'],
    ['식별자', '이름', '열람 건수', '정보주체 수', '시간 외 건수', '판정'],
    ...readers.map(({ reader, count, people, afterHours, unusual }) => [
      reader.account ?? reader.id,
      reader.name ?? '',
      count,
      people,
      afterHours,
      unusual ? '많음' : '',
    ]),
    [],
    ['2. 접속기록'],
    ['번호', '식별자', '이름', '접속일시', '접속지', '정보주체', '정보주체 이름', '수행업무', '대상', '사유'],
    ...records.map(recordRow),
    [],
    ['3. 파기대장'],
    destructionHead,
    ...destroyed.map(destructionRow),
  ];
}

function recordRow({ seq, reader, at, place, whose, label, subject, reason }: AccessRecord): Cell[] {
  return [
    seq,
    reader.account ?? reader.id,
    reader.name ?? '',
    preciseTime(at),
    placeLabel(place),
    whose?.id ?? '',
    whose?.name ?? '',
    label,
    subject,
    reason ?? '(적지 않음)',
  ];
}

export function reportName(month: string): string {
  return `접속기록-${month}.csv`;
}
