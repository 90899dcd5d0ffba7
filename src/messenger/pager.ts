import type { Button, KnownBlock } from '@slack/types';
import { actions, button, context, divider } from './blocks.ts';

/** Which page of a list is shown, from 0, and of how many. */
interface Paging {
  page: number;
  pages: number;
}

/** The page that is asked for; in place of one that is gone by now, the last. */
export function pageOf(asked: number, total: number, size: number): Paging {
  const pages = Math.max(1, Math.ceil(total / size));
  return { page: Math.min(Math.max(0, Math.floor(asked) || 0), pages - 1), pages };
}

interface Turning {
  /** Followed by `.back` and `.next`. */
  actionId: string;
  /** What a button carries for the page that it leads to. */
  valueFor?: (page: number) => string;
  labels?: { back: string; next: string };
}

const LABELS = { back: '이전 쪽', next: '다음 쪽' };

/** The buttons to the pages before and after, where there are such. */
export function turnButtons({ page, pages }: Paging, turning: Turning): Button[] {
  const { actionId, valueFor = String, labels = LABELS } = turning;
  return [
    ...(page > 0 ? [button(`${actionId}.back`, labels.back, { value: valueFor(page - 1) })] : []),
    ...(page < pages - 1 ? [button(`${actionId}.next`, labels.next, { value: valueFor(page + 1) })] : []),
  ];
}

interface PagerOptions extends Turning {
  /** In place of where one is. */
  text?: string;
  /** A line above. */
  divided?: boolean;
}

/** Where one is in a list, and the buttons that lead on; nothing where there is one page. */
export function pager(paging: Paging, { text, divided = false, ...turning }: PagerOptions): KnownBlock[] {
  const { page, pages } = paging;
  if (pages <= 1) return [];
  return [
    ...(divided ? [divider] : []),
    context(text ?? `${page + 1} / ${pages} 쪽`),
    actions(...turnButtons(paging, turning)),
  ];
}
