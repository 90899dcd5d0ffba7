import type { Button, KnownBlock } from '@slack/types';
import { actions, button, context, divider } from './blocks.ts';

/** The number of the shown page, counted from 0, and the number of pages. */
interface Paging {
  page: number;
  pages: number;
}

/** The requested page; if it does not exist any more, the last one. */
export function pageOf(asked: number, total: number, size: number): Paging {
  const pages = Math.max(1, Math.ceil(total / size));
  return { page: Math.min(Math.max(0, Math.floor(asked) || 0), pages - 1), pages };
}

interface Turning {
  /** The action id of the buttons, to which `.back` and `.next` are added. */
  actionId: string;
  /** The value of the button that leads to this page. */
  valueFor?: (page: number) => string;
  labels?: { back: string; next: string };
}

const LABELS = { back: '이전 쪽', next: '다음 쪽' };

/** The buttons to the previous and the next page, as far as they exist. */
export function turnButtons({ page, pages }: Paging, turning: Turning): Button[] {
  const { actionId, valueFor = String, labels = LABELS } = turning;
  return [
    ...(page > 0 ? [button(`${actionId}.back`, labels.back, { value: valueFor(page - 1) })] : []),
    ...(page < pages - 1 ? [button(`${actionId}.next`, labels.next, { value: valueFor(page + 1) })] : []),
  ];
}

interface PagerOptions extends Turning {
  /** A text that replaces the page number. */
  text?: string;
  /** Whether a divider is drawn above. */
  divided?: boolean;
}

/** The page number and the buttons below a list; nothing for a single page. */
export function pager(paging: Paging, { text, divided = false, ...turning }: PagerOptions): KnownBlock[] {
  const { page, pages } = paging;
  if (pages <= 1) return [];
  return [
    ...(divided ? [divider] : []),
    context(text ?? `${page + 1} / ${pages} 쪽`),
    actions(...turnButtons(paging, turning)),
  ];
}
