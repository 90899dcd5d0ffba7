import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/app/operator/csv.ts';
import { isWorkingTime } from '../../../src/core/calendar.ts';
import { csvFile, csvText } from '../../../src/core/csv-file.ts';
import { accessRecords } from '../../../src/features/privacy/access-record.ts';
import { auditTrail } from '../../../src/features/privacy/audit-trail.ts';
import {
  addMonths,
  isMonth,
  monthOf,
  monthSpan,
  monthsBetween,
} from '../../../src/features/privacy/month.ts';
import { monthlyReport, summarise } from '../../../src/features/privacy/monthly-report.ts';
import { readReason, reasonByItself } from '../../../src/filing/reading.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';

const NONE: ReadonlySet<string> = new Set();
let store: Store;
const ids: Record<string, string> = {};

beforeAll(async () => {
  store = await openTestStore();
  for (const [key, name] of Object.entries({
    a: '최관리',
    b: '정승인',
    c: '한감사',
    kim: '김보람',
    lee: '이정훈',
  }))
    ids[key] = (await store.db.person.create({ data: { name, slackId: `U0${key.toUpperCase()}` } })).id;
});
afterAll(() => store?.close());

/** `count` readings by one person, a minute apart. */
async function reads(who: string, whose: string | null, count: number, from: string, reason = '신청 검토') {
  for (let n = 0; n < count; n++) {
    const now = () => new Date(Date.parse(from) + n * 60_000);
    const ground = { db: store.db, now, wakeOutbox: () => undefined };
    await operate(ground, { actor: ids[who] ?? who, place: 'slack:C0DESK' }, async (op) =>
      op.audit({
        action: 'filing.review',
        subject: `filing:${n}`,
        person: whose && (ids[whose] ?? null),
        data: { reason },
      }),
    );
  }
}

describe('the month of a busy officer', () => {
  let rows: (string | number | null)[][];
  beforeAll(async () => {
    await reads('b', 'kim', 1, '2026-10-31T23:59:59+09:00'); // the month before
    await reads('a', 'kim', 12, '2026-11-02T10:00:00+09:00');
    await reads('a', 'lee', 13, '2026-11-07T11:00:00+09:00', '기타: =1+1'); // a Saturday
    await reads('b', 'lee', 3, '2026-11-03T18:00:00+09:00'); // after hours
    await reads('c', 'lee', 2, '2026-11-03T17:00:00+09:00', '감사·점검');
    await reads('kim', 'kim', 40, '2026-11-04T10:00:00+09:00'); // her own data
    await reads('b', 'kim', 1, '2026-12-01T00:00:00+09:00'); // the month after
    rows = await monthlyReport(store.db, '2026-11', new Date('2026-12-01T09:30:00+09:00'), NONE);
  });

  test('counts by reader: who read unusually much, and who outside office hours', () => {
    const start = rows.findIndex(([first]) => first === '1. 열람자별 집계');
    expect(rows.slice(start + 2, start + 6)).toEqual([
      ['U0A', '최*리', 25, 2, 13, '많음'],
      ['U0B', '정*인', 3, 1, 3, ''],
      ['U0C', '한*사', 2, 1, 0, ''],
      [],
    ]);
    expect(rows.slice(0, 8)).toMatchObject([
      ['개인정보 접속기록 월별 점검 보고서'],
      ['대상 월', '2026년 11월'],
      ['작성일시', '2026. 12. 1. 09:30'],
      ['근거', expect.stringContaining('제8조')],
      ['접속기록', '70건'],
      ['열람자', '3명 (중앙값 3건, 본인 정보 조회 제외)'],
      ['‘많음’ 기준', expect.stringMatching(/중앙값의 3배를 넘고 20건 이상/)],
      ['‘시간 외’ 기준', expect.stringContaining('09:00–18:00')],
    ]);
  });

  test('every record has its five items', () => {
    const start = rows.findIndex(([first]) => first === '2. 접속기록');
    expect(rows[start + 1]).toEqual(
      expect.arrayContaining(['식별자', '접속일시', '접속지', '정보주체', '수행업무', '사유']),
    );
    expect(rows.slice(start + 2).filter((row) => row[7] === '신청 내용 열람')).toHaveLength(70);
    expect(rows[start + 2]).toEqual([
      2,
      'U0A',
      '최*리',
      '2026. 11. 2. 10:00:00',
      '메신저 대화방(slack:C0DESK)',
      ids.kim,
      '김*람',
      '신청 내용 열람',
      'filing:0',
      '신청 검토',
    ]);
  });

  test('a month that runs says so and ends where it is', async () => {
    const until = new Date('2026-11-02T10:05:00+09:00');
    const running = await monthlyReport(store.db, '2026-11', until, NONE);
    expect(running[1]).toEqual(['대상 월', '2026년 11월 (진행 중)']);
    expect(running[4]).toEqual(['접속기록', '6건']);
  });

  test('the rule at its edges: more than three times the median, and at least twenty', async () => {
    const records = await accessRecords(store.db, monthSpan('2026-11'));
    const [one] = records;
    if (!one) throw new Error('no record');
    const of = (id: string, count: number) =>
      Array.from({ length: count }, () => ({ ...one, reader: { ...one.reader, id } }));
    const marked = (...counts: number[]) =>
      summarise(
        counts.flatMap((count, n) => of(`r${n}`, count)),
        NONE,
      )
        .readers.filter(({ unusual }) => unusual)
        .map(({ count }) => count);
    expect(marked(24, 8, 8)).toEqual([]); // three times, not more
    expect(marked(25, 8, 8)).toEqual([25]);
    expect(marked(19, 1, 1)).toEqual([]); // fewer than twenty
    expect(marked(20, 1, 1)).toEqual([20]);
    expect(marked(100)).toEqual([]); // there is nobody to compare with
    expect(marked(31, 30, 10, 10)).toEqual([]); // median 20
    expect(marked()).toEqual([]);
  });

  test('the audit trail of a month: ids and masked names, no addresses in its texts', async () => {
    const ground = { db: store.db, now: () => new Date('2026-12-02T00:00:00Z'), wakeOutbox: () => undefined };
    await operate(ground, { actor: ids.a ?? '', place: 'slack:home' }, async (op) =>
      op.audit({
        action: 'filing.reject',
        subject: 'filing:1',
        person: ids.kim ?? null,
        data: { reason: '010-1234-5678 kim@korea.kr 10.1.2.3 00:1A:2B:3C:4D:5E로 연락' },
      }),
    );
    const text = csvText(await auditTrail(store.db, '2026-12', new Date('2026-12-03T00:00:00Z')));
    expect(text).toContain('김*람');
    expect(text).toContain(ids.kim);
    expect(text).toContain('010-1234-****');
    expect(text).not.toMatch(/김보람|최관리|5678|kim@|10\.1\.2\.3|3C:4D/);
  });
});

test('office hours in Seoul', () => {
  const after = (text: string, extra = NONE) => !isWorkingTime(new Date(text), extra);
  expect(after('2026-11-23T08:59:59+09:00')).toBe(true);
  expect(after('2026-11-23T09:00:00+09:00')).toBe(false);
  expect(after('2026-11-23T17:59:59+09:00')).toBe(false);
  expect(after('2026-11-23T18:00:00+09:00')).toBe(true);
  expect(after('2026-11-22T10:00:00+09:00')).toBe(true); // Sunday
  expect(after('2026-12-25T10:00:00+09:00')).toBe(true);
  expect(after('2026-11-23T10:00:00+09:00', new Set(['2026-11-23']))).toBe(true);
});

describe('a table for Excel', () => {
  test.each(['=1+1', '+82', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('%j is no formula', (cell) => {
    const [row] = readCsv(csvText([['값'], [cell]]).slice(1));
    expect(csvText([[cell]])).toContain(`'${cell}`);
    expect(row?.cells.값?.startsWith("'")).toBe(true);
  });

  test('with the mark of UTF-8, CRLF, and cells as they were', () => {
    const { bytes } = csvFile('a.csv', [['가,나', '"다"', 3, null], ['줄\n바꿈']]);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString()).toBe('\ufeff"가,나","""다""",3,\r\n"줄\n바꿈"\r\n');
  });
});

test('months', () => {
  expect(['2026-11', '2026-13', '2026-00', '1999-01', '2026-1', '2026-11-01'].map(isMonth)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect([addMonths('2026-12', 1), addMonths('2026-01', -1), addMonths('2026-11', -11)]).toEqual([
    '2027-01',
    '2025-12',
    '2025-12',
  ]);
  expect(monthsBetween('2026-10', '2027-01', 3)).toEqual(['2027-01', '2026-12', '2026-11']);
  expect(monthOf(new Date('2026-11-30T15:00:00Z'))).toBe('2026-12');
  expect(monthSpan('2026-12')).toEqual({
    from: new Date('2026-11-30T15:00:00Z'),
    to: new Date('2026-12-31T15:00:00Z'),
  });
});

test('reasons: whose review needs no asking, and what is no reason', () => {
  expect(reasonByItself({ officer: true }, { state: 'SUBMITTED' })).toBe('신청 검토');
  expect(reasonByItself({ officer: false }, { state: 'SUBMITTED' })).toBeNull();
  for (const state of ['RETURNED', 'APPROVED', 'REJECTED', 'WITHDRAWN'])
    expect(reasonByItself({ officer: true }, { state })).toBeNull();
  expect(readReason('INQUIRY', '')).toEqual({ ok: true, reason: '민원·문의 대응' });
  expect(readReason('OTHER', ' 소송  자료 ')).toEqual({ ok: true, reason: '기타: 소송 자료' });
  expect(readReason('OTHER', ' \n ')).toMatchObject({ ok: false, at: 'detail' });
  for (const forged of ['', 'constructor', '기타', '__proto__'])
    expect(readReason(forged, '무엇')).toMatchObject({ ok: false, at: 'choice' });
});
