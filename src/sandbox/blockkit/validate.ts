import { type Dict, dicts, isDict } from '../core/json.ts';
import { elementsOf } from '../core/view-state.ts';
import { BLOCK, type Surface } from './blocks.ts';
import { array, boolean, type Check, length, object, oneOf, Report, string } from './check.ts';
import { plain } from './objects.ts';

const MAX_BLOCKS = { message: 50, modal: 100, home: 100 };

/** A limit that Slack does not document but applies: the length of all texts in a message's blocks together. */
export const MAX_MESSAGE_BLOCKS_TEXT = 13_200;

/** The largest size of a whole view, in bytes. */
const MAX_VIEW_BYTES = 250_000;

function uniqueBlockIds(blocks: unknown, at: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const { block_id } of dicts(blocks)) {
    if (block_id === undefined || block_id === null || block_id === '') continue;
    if (seen.has(block_id)) report.add(at, `duplicate block_id: ${String(block_id)}`);
    seen.add(block_id);
  }
}

function oneFocus(blocks: unknown, at: string, report: Report): void {
  const focused = dicts(blocks)
    .flatMap(elementsOf)
    .filter((element) => element.focus_on_load === true);
  if (focused.length > 1) report.add(at, 'only one element may set focus_on_load');
}

function blocksOf(surface: Surface, min: number): Check {
  const each = array(BLOCK[surface], { min, max: MAX_BLOCKS[surface] });
  return (value, at, report) => {
    each(value, at, report);
    uniqueBlockIds(value, at, report);
    oneFocus(value, at, report);
  };
}

const VIEW = {
  private_metadata: string(3000, 0),
  callback_id: string(255, 0),
  external_id: string(255, 0),
};

const modal = object(
  {
    required: { type: oneOf('modal'), title: plain(24), blocks: blocksOf('modal', 1) },
    optional: {
      ...VIEW,
      close: plain(24),
      submit: plain(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
  },
  (view, at, report) => {
    const asks = dicts(view.blocks).some((block) => block.type === 'input');
    if (asks && !isDict(view.submit))
      report.add(at, 'must define `submit` to use an `input` block in modals');
  },
);

const home = object({ required: { type: oneOf('home'), blocks: blocksOf('home', 1) }, optional: VIEW });

/**
 * Checks a view as Slack does before it shows it.
 * @param kind what the method takes: views.open, push and update take a modal, views.publish a home.
 * @returns problems in Slack's words with JSON pointers from `/view`; none when the view is good.
 */
export function validateView(view: unknown, kind: 'modal' | 'home'): string[] {
  const report = new Report();
  (kind === 'modal' ? modal : home)(view, '/view', report);
  return report.problems;
}

/**
 * Checks the content of a message. The calling method itself checks whether there is any text.
 * @returns problems in Slack's words with JSON pointers from `/blocks` or `/attachments`.
 */
export function validateMessage(message: {
  text?: unknown;
  blocks?: unknown;
  attachments?: unknown;
}): string[] {
  const report = new Report();
  if (message.blocks !== undefined) blocksOf('message', 0)(message.blocks, '/blocks', report);
  if (dicts(message.blocks).filter((block) => block.type === 'table').length > 1) {
    report.add('/blocks', 'only one table is allowed');
  }
  dicts(message.attachments).forEach((attachment, index) => {
    if (attachment.blocks === undefined) return;
    blocksOf('message', 0)(attachment.blocks, `/attachments/${index}/blocks`, report);
  });
  return report.problems;
}

/** The number of characters of all texts in blocks, which Slack adds up for msg_blocks_too_long. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + textLength(each), 0);
  if (!isDict(value)) return 0;
  return Object.entries(value).reduce((sum, [key, inner]: [string, unknown]) => {
    return sum + (key === 'text' && typeof inner === 'string' ? length(inner) : textLength(inner));
  }, 0);
}

/** Whether the view is larger than Slack accepts, whatever its content. */
export function isViewTooLarge(view: Dict): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > MAX_VIEW_BYTES;
}
