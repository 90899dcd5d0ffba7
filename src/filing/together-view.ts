import type { ModalView, PlainTextOption } from '@slack/types';
import { button, cut, LIMIT, modal, plain, section } from '../messenger/blocks.ts';
import type { StateValues } from '../messenger/entered.ts';
import { pager } from '../messenger/pager.ts';
import { decisionTarget, REVIEW, readTarget } from './card.ts';
import type { Outcome, Plain, PlainPage } from './together.ts';

/** Opens the window; its button has no value. */
export const TOGETHER = 'filing.together';
export const TOGETHER_PAGE = 'filing.togetherPage';
export const TOGETHER_CHOSEN = 'filing.togetherChosen';
const CHOICE = 'chosen';
/** The longest text for what the checks point out in one filing, so that ten of them stay readable. */
const LOOKS = 600;

const isOpen = ({ stops }: Plain) => stops.length === 0;

/** Ticked at first: the filings about which the checks point out nothing. */
export function untroubled({ rows }: PlainPage): string[] {
  return rows
    .filter((row) => isOpen(row) && row.looks.length === 0)
    .map(({ filing }) => decisionTarget(filing));
}

/** 일괄 승인: a page of plain filings, each with what the checks point out, and a tick. */
export function togetherView(page: PlainPage, ticked: readonly string[]): ModalView {
  const options = page.rows.flatMap((row, index): PlainTextOption[] =>
    isOpen(row)
      ? [
          {
            text: plain(`${index + 1}. ${row.procedure} · ${row.filing.title}`, LIMIT.option),
            value: decisionTarget(row.filing),
          },
        ]
      : [],
  );
  const initial = options.filter(({ value }) => ticked.includes(value ?? ''));
  const count = initial.length;
  return modal({
    callbackId: TOGETHER,
    title: '일괄 승인',
    ...(options.length > 0
      ? { submit: count > 0 ? `선택한 ${count}건 승인` : '선택한 신청 승인', close: '취소' }
      : {}),
    metadata: { page: page.page },
    blocks: [
      section(
        page.total === 0
          ? '한꺼번에 승인할 수 있는 신청이 없습니다.'
          : '라이선스나 관리자 권한이 나가지 않는 신청만 모았습니다. 확인할 것(⚠)이 있는 신청은 ‘검토’로 내용을 본 뒤 고르십시오.',
      ),
      ...page.rows.map((row, index) =>
        section(rowText(row, index), button(REVIEW, '검토', { value: row.filing.id })),
      ),
      ...(options.length > 0
        ? [
            {
              type: 'input' as const,
              block_id: `${CHOICE}${page.page}`,
              label: plain('승인할 신청'),
              optional: true,
              dispatch_action: true,
              element: {
                type: 'checkboxes' as const,
                action_id: TOGETHER_CHOSEN,
                options,
                ...(initial.length > 0 ? { initial_options: initial } : {}),
              },
            },
          ]
        : []),
      ...pager(page, {
        actionId: TOGETHER_PAGE,
        text: `모두 ${page.total}건 · ${page.page + 1} / ${page.pages} 쪽. 고른 것은 쪽마다 따로 승인합니다.`,
        labels: { back: '앞 10건', next: '다음 10건' },
      }),
    ],
  });
}

function rowText({ filing, procedure, agency, applicant, looks, stops }: Plain, index: number): string {
  const facts = [agency === filing.title ? null : agency, applicant, filing.number].filter(Boolean);
  const found = [...stops.map((text) => `✖ ${text}`), ...looks.map((text) => `⚠ ${text}`)];
  return [
    `${index + 1}. ${procedure} · ${cut(filing.title, 200)}`,
    cut(facts.join(' · '), 300),
    found.length > 0 ? cut(found.join('\n'), LOOKS) : '✔ 자동 점검에서 확인할 것이 없습니다.',
    ...(stops.length > 0 ? ['한꺼번에 승인할 수 없습니다. ‘검토’를 누르고 따로 처리하십시오.'] : []),
  ].join('\n');
}

/** The ticked filings, whatever the page. */
export function tickedIn(values: StateValues): string[] {
  return Object.entries(values)
    .filter(([block]) => block.startsWith(CHOICE))
    .flatMap(([, byAction]) => byAction[TOGETHER_CHOSEN]?.selected_options ?? [])
    .map(({ value }) => value ?? '');
}

export const targetsOf = (ticked: readonly string[]) => [...new Set(ticked)].map(readTarget);

/** The result for each. */
export function togetherOutcome(outcomes: readonly Outcome[]): ModalView {
  const approved = outcomes.filter(({ refused }) => refused === null).length;
  const refused = outcomes.length - approved;
  return modal({
    callbackId: 'filing.approvedTogether',
    title: '일괄 승인 결과',
    blocks: [
      section(
        refused === 0
          ? `${approved}건을 승인하고 신청자에게 알렸습니다.`
          : `${approved}건을 승인하고 ${refused}건은 승인하지 않았습니다.`,
      ),
      ...outcomes.map(({ title, number, refused: why }) =>
        section(
          why === null
            ? `✔ 승인: ${title} (접수번호 ${number})`
            : `✖ 승인하지 않음: ${title} (접수번호 ${number})\n${cut(why, 500)}`,
        ),
      ),
    ],
  });
}
