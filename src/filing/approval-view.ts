import type { ActionsBlock, KnownBlock, ModalView } from '@slack/types';
import {
  actions,
  button,
  context,
  cut,
  type Labelled,
  lines,
  modal,
  plain,
  section,
  title,
} from '../messenger/blocks.ts';
import { enteredIn, type StateValues } from '../messenger/entered.ts';
import { inputBlock } from '../messenger/input-block.ts';
import type { Filing } from '../store/client/client.ts';
import type { Approval } from './approval.ts';
import { decisionTarget } from './card.ts';

/** Callback id of the window that asks again before an approval that cannot be undone. */
export const IRREVERSIBLE = 'filing.irreversible';
/** Action id: shows the review of this or of another filing in the open window. */
export const READ_NEXT = 'filing.readNext';
const TICK = 'sure';
/** The longest text for everything that the checks point out. */
const POINTED = 1500;

/** The top of a window: which filing it decides. */
export function aboutBlocks(filing: Filing, about: readonly Labelled[]): KnownBlock[] {
  return [lines([...about, { label: '접수번호', text: filing.number }])];
}

export function approvalBlocks({ effect, stops, looks }: Approval): KnownBlock[] {
  const pointed = [...stops.map((text) => `✖ ${text}`), ...looks.map((text) => `⚠ ${text}`)];
  return [
    section(`승인하면: ${effect}`),
    ...(pointed.length > 0 ? [section(cut(pointed.join('\n'), POINTED))] : []),
  ];
}

export const backToReview = ({ id }: Pick<Filing, 'id'>): ActionsBlock =>
  actions(button(READ_NEXT, '검토로 돌아가기', { value: id }));

/**
 * The window before an approval that cannot be undone: what it does, what the checks point out, and a box to tick.
 */
export function irreversibleView(
  filing: Filing,
  about: readonly Labelled[],
  approval: Approval,
  fromReview: boolean,
): ModalView {
  return modal({
    callbackId: IRREVERSIBLE,
    title: '되돌릴 수 없는 승인',
    submit: '승인',
    close: '취소',
    metadata: { filing: decisionTarget(filing) },
    blocks: [
      ...aboutBlocks(filing, about),
      title('승인하면'),
      section(approval.effect),
      ...approvalBlocks(approval).slice(1),
      inputBlock(TICK, '확인', {
        type: 'checkboxes',
        options: [{ text: plain('위 내용을 확인했으며, 되돌릴 수 없음을 알고 승인합니다.'), value: 'yes' }],
      }),
      ...(fromReview ? [backToReview(filing)] : []),
      context('잘못 접수된 신청이면 승인하지 말고 보완요청이나 반려를 하십시오.'),
    ],
  });
}

export const isTicked = (values: StateValues): boolean =>
  (enteredIn(values, TICK)?.selected_options ?? []).length > 0;

/** The error shown when the box was not ticked. */
export const UNTICKED = { [TICK]: '확인에 표시해야 승인할 수 있습니다.' };
