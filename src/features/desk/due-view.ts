import type { ModalView } from '@slack/types';
import { koreanDate } from '../../core/calendar.ts';
import { dayNumber } from '../../core/holidays.ts';
import { maskName } from '../../core/mask.ts';
import { REVIEW } from '../../filing/card.ts';
import { actions, button, context, modal, plain, section } from '../../messenger/blocks.ts';
import { pageOf, pager } from '../../messenger/pager.ts';
import { DUE_PAGE, type Due, type DueKind, dueKinds } from './due.ts';
import { LOOK_AT_SYSTEM } from './search-view.ts';

/** 기한 관리; also its callback id. */
export const DUE = 'desk.due';
/** `.back` or `.next` follows the action id; the value is the kind and the page (writeAt). */
export const DUE_FILTER = 'desk.due.filter';
export const DUE_PAGES = 'desk.due.page';
export const DUE_EXPORT = 'desk.due.export';

/** The kind and the page that the list shows. */
export interface DueAt {
  kind: DueKind | null;
  page: number;
}

const writeAt = ({ kind, page }: DueAt): string => `${kind ?? ''}|${page}`;

interface Shown {
  counts: readonly { kind: DueKind; count: number }[];
  rows: readonly Due[];
}

export function dueView({ counts, rows }: Shown, at: DueAt, today: string): ModalView {
  const countOf = (kind: DueKind) => counts.find((one) => one.kind === kind)?.count ?? 0;
  const all = counts.reduce((sum, { count }) => sum + count, 0);
  const total = at.kind ? countOf(at.kind) : all;
  const option = (kind: DueKind | null, label: string, count: number) => ({
    text: plain(`${label} ${count.toLocaleString('ko-KR')}건`, 75),
    value: writeAt({ kind, page: 0 }),
  });
  const options = [
    option(null, '모든 기한', all),
    ...(Object.keys(dueKinds) as DueKind[]).map((kind) => option(kind, dueKinds[kind], countOf(kind))),
  ];
  const chosen = options.find(({ value }) => value === writeAt({ kind: at.kind, page: 0 }));
  return modal({
    callbackId: DUE,
    title: '기한 관리',
    blocks: [
      actions(
        {
          type: 'static_select',
          action_id: DUE_FILTER,
          placeholder: plain('종류'),
          options,
          ...(chosen ? { initial_option: chosen } : {}),
        },
        button(DUE_EXPORT, '내려받기'),
      ),
      context(
        '30일 안에 끝나는 임시라이선스, 개시예정일이 지난 시스템, 담당자가 다시 내지 않은 신청, 90일 안에 끝나는 서버용 인증서입니다. 오래된 것부터 보입니다.',
      ),
      ...(rows.length === 0 ? [section('기한을 챙길 것이 없습니다.')] : []),
      ...rows.map((row) => section(dueText(row, today), openButton(row))),
      ...pager(pageOf(at.page, total, DUE_PAGE), {
        actionId: DUE_PAGES,
        valueFor: (page) => writeAt({ ...at, page }),
      }),
    ],
  });
}

function dueText(row: Due, today: string): string {
  const facts = [
    row.agency,
    row.number,
    row.person === null ? null : `담당 ${maskName(row.person)}`,
    row.byMail ? '메일로 알림' : null,
  ];
  return `${dueStanding(row, today)} · ${row.title}\n${facts.filter(Boolean).join(' · ')}`;
}

/** The deadline and the days until it: `임시라이선스 만료 2026. 12. 1. (D-3)`. */
function dueStanding({ kind, on }: Pick<Due, 'kind' | 'on'>, today: string): string {
  const days = dayNumber(on) - dayNumber(today);
  if (kind === 'UNANSWERED' || kind === 'REOPENED')
    return `${dueKinds[kind]}: ${koreanDate(on)} 요청${days < 0 ? ` (${-days}일째)` : ' (오늘)'}`;
  if (kind === 'REPORT') return `⚠ ${dueKinds.REPORT}: ${koreanDate(on)} 개시 예정 (${-days}일 지남)`;
  if (days < 0) return `⚠ ${dueKinds[kind]}: ${koreanDate(on)} (${-days}일 지남)`;
  return `${dueKinds[kind]}: ${koreanDate(on)} (${days === 0 ? '오늘' : `D-${days}`})`;
}

/** The button to the details: a filing opens in its review, a system with its history and contact. */
function openButton({ filingId, systemId }: Due) {
  if (filingId) return button(REVIEW, '내용 보기', { value: filingId });
  return button(LOOK_AT_SYSTEM, '시스템 상세', { value: systemId ?? '' });
}
