import { newId } from './clock.ts';
import { type Dict, isDict } from './json.ts';

const WITHOUT_ACTION = new Set(['image', 'plain_text', 'mrkdwn', 'file']);

function textDefaults(text: Dict): Dict {
  if (text.type === 'plain_text') return { emoji: true, ...text };
  if (text.type === 'mrkdwn') return { verbatim: false, ...text };
  return text;
}

function fillTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fillTexts);
  if (!isDict(value)) return value;
  const copy = { ...value };
  for (const key of Object.keys(copy)) copy[key] = fillTexts(copy[key]);
  return textDefaults(copy);
}

function withActionId(element: unknown): unknown {
  if (!isDict(element) || WITHOUT_ACTION.has(String(element.type)) || element.action_id) return element;
  return { ...element, action_id: newId('', 5) };
}

/** The blocks of the former view. Where the app gives no block id, an update keeps the one at the same position. */
type Former = readonly Dict[];

/**
 * Completes blocks as Slack does before it stores them: a missing block_id or action_id becomes a random one, and
 * texts and inputs get their defaults.
 */
export function normaliseBlocks(blocks: readonly Dict[], former: Former = []): Dict[] {
  return blocks.map((block, index) => {
    const before = former[index];
    const sameKind = before !== undefined && before.type === block.type;
    const copy: Dict = { ...block };
    if (!copy.block_id) copy.block_id = sameKind ? before.block_id : newId('', 5);
    if (block.type === 'rich_text') return copy;
    const filled = fillTexts(copy) as Dict;
    if (block.type === 'input') {
      filled.optional ??= false;
      filled.dispatch_action ??= false;
      filled.element = withActionId(filled.element);
    }
    if (filled.accessory) filled.accessory = withActionId(filled.accessory);
    if (block.type === 'actions' && Array.isArray(filled.elements)) {
      filled.elements = filled.elements.map(withActionId);
    }
    return filled;
  });
}
