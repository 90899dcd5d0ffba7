import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDateTime, koreanDay, seoulDay } from '../../core/calendar.ts';
import { actions, button, context, fallback, header, lines, modal, section } from '../../messenger/blocks.ts';
import { dataTable, table } from '../../messenger/newer-blocks.ts';
import type { Notice } from '../../messenger/notice.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import { BY_MAIL } from './by-mail-view.ts';
import { type Counts, type Progress, sumOf } from './progress.ts';
import type { Standing } from './round.ts';

export const OPEN_ROUND = 'survey.open';
export const BOARD = 'survey.board';
export const EXTEND = 'survey.extend';
export const END = 'survey.end';
export const REASSIGN = 'survey.reassign';
export const RESULT = 'survey.result';
export const CHART = 'survey.chart';

const STANDING: Record<Standing, string> = { PLANNED: '예약', OPEN: '진행 중', OVER: '종료' };

const CELLS = 10;

/** Draws the progress: `████████░░ 82%` */
function progressBar(done: number, total: number): string {
  const part = total === 0 ? 0 : done / total;
  // The bar is full only when all have answered, and empty only when nobody has.
  const cells =
    part === 1 ? CELLS : Math.min(CELLS - 1, Math.max(part > 0 ? 1 : 0, Math.round(part * CELLS)));
  const percent = part === 1 ? 100 : Math.floor(part * 100);
  return `${'█'.repeat(cells)}${'░'.repeat(CELLS - cells)} ${percent}%`;
}

const HEAD = ['구분', '진행', '응답', '변경', '미응답'];

/** The cells of a row, below HEAD. */
function row(label: string, counts: Counts): string[] {
  const total = sumOf(counts);
  const changed = counts.CHANGED + counts.CONTACT + counts.RETIRED;
  const figures = [total - counts.SILENT, changed, counts.SILENT];
  return [
    label,
    progressBar(total - counts.SILENT, total),
    ...figures.map((count) => count.toLocaleString('ko-KR')),
  ];
}

/** A table, or a line for each row. */
function rowsBlock(rows: readonly string[][], draw: typeof dataTable): KnownBlock {
  const listed = rows.map(([label = '', bar = '', ...figures]) => ({
    label,
    text: `${bar}  ${figures.map((count, index) => `${HEAD[index + 2]} ${count}`).join(' · ')}`,
  }));
  return draw(lines(listed), { caption: '진행 현황', head: HEAD, rows });
}

/** The progress of a round, by 기관 구분. */
export function boardBlocks(
  round: SurveyRound,
  { total, byGroup, unreachable, entered, undocumented, complete }: Progress,
  standing: Standing,
  draw: typeof dataTable = table, // only messages have plain tables
): KnownBlock[] {
  const open = standing === 'OPEN';
  const living = standing !== 'OVER';
  const rows = [
    ...(standing === 'PLANNED' ? [] : [row(`전체 ${sumOf(total).toLocaleString('ko-KR')}건`, total)]),
    ...byGroup.map(({ label, counts }) => row(label, counts)),
  ];
  return [
    header(`이용현황조사 ${STANDING[standing]}: ${round.name}`),
    lines([
      ...(standing === 'PLANNED' ? [{ label: '시작일', text: koreanDay(seoulDay(round.openedAt)) }] : []),
      { label: '응답 기한', text: `${koreanDay(round.closesOn)}까지` },
      ...(round.endedAt ? [{ label: '조기 종료', text: koreanDateTime(round.endedAt) }] : []),
    ]),
    ...(rows.length > 0 ? [rowsBlock(rows, draw)] : []),
    ...(open && !complete ? [context('대상 시스템을 등록하고 있습니다. 건수가 더 늘어납니다.')] : []),
    ...(total.CHANGED + total.CONTACT + total.RETIRED > 0
      ? [
          context(
            `변경 ${total.CHANGED}건 · 담당자 변경 ${total.CONTACT}건 · 미사용 ${total.RETIRED}건은 관리자 채널의 카드에서 승인하거나 돌려보냅니다.`,
          ),
        ]
      : []),
    ...(entered > 0
      ? [
          context(
            `공문·이메일·전화로 받은 답 ${entered}건${undocumented > 0 ? ` · ⚠ 받은 문서 없음 ${undocumented}건` : ''}`,
          ),
        ]
      : []),
    ...(unreachable > 0
      ? [
          section(
            `메신저와 메일로 알릴 수 없는 미응답 시스템이 ${unreachable}건 있습니다. 결과 파일에서 확인하고 ‘응답자 변경’으로 다른 사람에게 물으십시오.`,
          ),
        ]
      : []),
    actions(
      ...(living
        ? [
            button(EXTEND, '기한 변경', { value: round.id }),
            ...(open
              ? [
                  button(REASSIGN, '응답자 변경', { value: round.id }),
                  button(BY_MAIL, '메일 응답 등록', { value: round.id }),
                ]
              : []),
            button(END, open ? '조기 종료' : '예약 취소', {
              value: round.id,
              style: 'danger',
              confirm: {
                title: open ? '조사를 끝낼까요?' : '예약을 취소할까요?',
                text: open
                  ? `${round.name}: 더 이상 응답을 받지 않습니다. 미응답 ${total.SILENT}건이 남습니다.`
                  : `${round.name}: 아무에게도 알리지 않습니다.`,
                confirm: open ? '종료' : '예약 취소',
              },
            }),
          ]
        : []),
      ...(standing === 'PLANNED'
        ? []
        : [
            ...(!open && entered > 0 ? [button(BY_MAIL, '메일 응답 보기', { value: round.id })] : []),
            button(CHART, '도표 보기', { value: round.id }),
            button(RESULT, '결과 내려받기', { value: round.id }),
          ]),
    ),
  ];
}

export function boardView(round: SurveyRound, progress: Progress, standing: Standing): ModalView {
  return modal({
    callbackId: BOARD,
    title: '이용현황조사',
    blocks: boardBlocks(round, progress, standing, dataTable),
  });
}

export function boardNotice(round: SurveyRound, progress: Progress, standing: Standing): Notice {
  const { total } = progress;
  const done = sumOf(total) - total.SILENT;
  return {
    text: fallback(`${round.name} 응답 ${done}/${sumOf(total)}건`),
    blocks: boardBlocks(round, progress, standing),
  };
}
