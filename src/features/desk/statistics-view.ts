import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDate } from '../../core/calendar.ts';
import type { Registry } from '../../filing/procedure.ts';
import {
  actions,
  button,
  context,
  divider,
  figures,
  type Labelled,
  lines,
  modal,
  plain,
  title,
} from '../../messenger/blocks.ts';
import { dataTable } from '../../messenger/newer-blocks.ts';
import { stateLabels } from '../../records/filings/states.ts';
import type { Chart } from '../reports/chart.ts';
import type { Table } from '../reports/sheet.ts';
import {
  type CountedState,
  type Period,
  type PeriodName,
  periods,
  REOPENED,
  type Statistics,
} from './statistics.ts';

/** 통계: the action id, and also the callback id. */
export const STATISTICS = 'desk.statistics';
export const STATISTICS_PERIOD = 'desk.statistics.period';
/** The value is the period. */
export const STATISTICS_CHARTS = 'statistics.charts';
export const STATISTICS_FILES = 'statistics.files';

const kindLabels: Record<string, string> = {
  ADMINISTRATIVE: '행정기관',
  PUBLIC: '공공기관',
  '': '기관 미상',
};
const stateWord = (state: CountedState) => (state === REOPENED ? '승인취소' : stateLabels[state]);
const counted = (count: number) => `${count.toLocaleString('ko-KR')}건`;
const monthLabel = (month: string) => `${Number(month.slice(0, 4))}. ${Number(month.slice(5))}.`;
const spanOf = ({ from, to }: Period) => `${koreanDate(from)} ~ ${koreanDate(to)}`;
const titleOf = ({ procedures }: Registry, name: string) => procedures.get(name)?.title ?? name;
const procedureLabel = (registry: Registry, name: string) => (name === '' ? '전체' : titleOf(registry, name));

const COUNTED =
  '접수는 마지막 제출일로 셉니다. 삭제된 신청은 빼고, 처리 기간에서는 자동 승인을 뺍니다. 영업일은 서울 기준입니다.';

export function statisticsView(registry: Registry, name: PeriodName, statistics: Statistics): ModalView {
  const all = statistics.decided.at(-1);
  const options = (Object.keys(periods) as PeriodName[]).map((value) => ({
    text: plain(periods[value]),
    value,
  }));
  const chosen = options.find(({ value }) => value === name);
  return modal({
    callbackId: STATISTICS,
    title: '통계',
    blocks: [
      actions(
        {
          type: 'static_select',
          action_id: STATISTICS_PERIOD,
          placeholder: plain('기간'),
          options,
          ...(chosen ? { initial_option: chosen } : {}),
        },
        button(STATISTICS_CHARTS, '도표', { value: name }),
        button(STATISTICS_FILES, '내려받기', { value: name }),
      ),
      context(spanOf(statistics.period)),
      figures({
        접수: statistics.total,
        처리: all?.count ?? 0,
        '임시라이선스 발급': statistics.licences.temporary,
        '정상라이선스 발급': statistics.licences.regular,
      }),
      ...part(
        '처리 기간 (영업일)',
        statistics.decided.map(({ procedure, count, median, p90 }) => ({
          label: procedureLabel(registry, procedure),
          text: `${counted(count)} · 중앙값 ${inDays(median)} · 90% ${inDays(p90)} 이내`,
        })),
        {
          head: ['업무', '처리', '중앙값', '90% 이내'],
          rows: statistics.decided.map(({ procedure, count, median, p90 }) => [
            procedureLabel(registry, procedure),
            counted(count),
            inDays(median),
            inDays(p90),
          ]),
        },
      ),
      ...part(
        '월별',
        statistics.months.map(({ month, received, approved, waiting, reopened, closed }) => ({
          label: monthLabel(month),
          text: `접수 ${counted(received)} · 승인 ${counted(approved)} · 진행 ${counted(waiting)} · 승인취소 ${counted(reopened)} · 반려 ${counted(closed)}`,
        })),
        {
          head: ['월', '접수', '승인', '진행', '승인취소', '반려'],
          rows: statistics.months.map(({ month, ...row }) => [
            monthLabel(month),
            ...[row.received, row.approved, row.waiting, row.reopened, row.closed].map(counted),
          ]),
        },
      ),
      ...part(
        '업무별',
        statistics.procedures.map(({ key, count }) => ({
          label: titleOf(registry, key),
          text: counted(count),
        })),
      ),
      ...part(
        '기관 구분별',
        statistics.kinds.map(({ key, count }) => ({ label: kindLabels[key] ?? key, text: counted(count) })),
      ),
      ...part(
        '상태별',
        statistics.states.map(({ key, count }) => ({ label: stateWord(key), text: counted(count) })),
      ),
      context(COUNTED),
    ],
  });
}

/** Business days between the submission and the decision. */
const inDays = (days: number) => (days === 0 ? '당일' : `${days}일`);

/** Lines, or a table of the same. */
function part(
  heading: string,
  rows: readonly Labelled[],
  table?: { head: readonly string[]; rows: readonly string[][] },
): KnownBlock[] {
  if (rows.length === 0) return [divider, title(heading), context('이 기간에는 없습니다.')];
  const listed = lines(rows);
  return [divider, title(heading), table ? dataTable(listed, { caption: heading, ...table }) : listed];
}

export function statisticsCharts(registry: Registry, statistics: Statistics): Chart[] {
  const { months, decided, procedures } = statistics;
  const subtitle = spanOf(statistics.period);
  return [
    {
      title: '월별 접수와 처리 상태',
      subtitle,
      kind: 'columns',
      stacked: true,
      categories: months.map(({ month }) => monthLabel(month)),
      series: [
        { name: '승인', colour: 'good', values: months.map(({ approved }) => approved) },
        { name: '진행', colour: 'waiting', values: months.map(({ waiting }) => waiting) },
        { name: '승인취소', colour: 'undone', values: months.map(({ reopened }) => reopened) },
        { name: '반려', colour: 'bad', values: months.map(({ closed }) => closed) },
      ],
    },
    {
      title: '업무별 접수',
      subtitle,
      kind: 'bars',
      categories: procedures.map(({ key }) => titleOf(registry, key)),
      series: [{ name: '접수', values: procedures.map(({ count }) => count) }],
    },
    {
      title: '처리 기간',
      subtitle: `${subtitle}, 영업일`,
      kind: 'bars',
      unit: '일',
      categories: decided.map(({ procedure }) => procedureLabel(registry, procedure)),
      series: [
        { name: '중앙값', values: decided.map(({ median }) => median) },
        { name: '90%', values: decided.map(({ p90 }) => p90) },
      ],
    },
  ].filter(({ categories }) => categories.length > 0) as Chart[];
}

/** The statistics as one table: kind of figure, item, value. */
export function statisticsTable(registry: Registry, statistics: Statistics): Table {
  const { period, months, procedures, kinds, states, decided } = statistics;
  return {
    name: `통계-${period.from}-${period.to}`,
    head: ['구분', '항목', '건수', '승인', '진행', '승인취소', '반려', '중앙값(영업일)', '90% 이내(영업일)'],
    rows: [
      ...months.map((row) => [
        '월별 접수',
        row.month,
        row.received,
        row.approved,
        row.waiting,
        row.reopened,
        row.closed,
        null,
        null,
      ]),
      ...procedures.map(({ key, count }) => counts('업무별 접수', titleOf(registry, key), count)),
      ...kinds.map(({ key, count }) => counts('기관 구분별 접수', kindLabels[key] ?? key, count)),
      ...states.map(({ key, count }) => counts('상태별', stateWord(key), count)),
      counts('라이선스 발급', '임시라이선스', statistics.licences.temporary),
      counts('라이선스 발급', '정상라이선스', statistics.licences.regular),
      ...decided.map(({ procedure, count, median, p90 }) => [
        '처리 기간',
        procedureLabel(registry, procedure),
        count,
        null,
        null,
        null,
        null,
        median,
        p90,
      ]),
    ],
  };
}

const counts = (kind: string, what: string, count: number) => [
  kind,
  what,
  count,
  null,
  null,
  null,
  null,
  null,
  null,
];
