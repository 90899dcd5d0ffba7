import type { ViewOutput, ViewStateValue } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { divider, LIMIT } from '../blocks.ts';

/** For each property of an entered value, the property with which an element starts with that value. */
const INITIAL = {
  value: 'initial_value',
  selected_option: 'initial_option',
  selected_options: 'initial_options',
  selected_date: 'initial_date',
  selected_user: 'initial_user',
} as const satisfies Partial<Record<keyof ViewStateValue, string>>;

/**
 * Draws the submitted view again, with a notice above and everything that was typed: for when the view has been
 * replaced and no window can be put on top of it. Chosen files cannot be restored; they have to be chosen again.
 */
export function refill(view: ViewOutput, notice: readonly KnownBlock[]): ModalView {
  const blocks = view.blocks.map((block) => refillBlock(block as unknown as Filled, view.state.values));
  return {
    type: 'modal',
    callback_id: view.callback_id,
    title: view.title,
    ...(view.close ? { close: view.close } : {}),
    ...(view.submit ? { submit: view.submit } : {}),
    private_metadata: view.private_metadata,
    notify_on_close: view.notify_on_close,
    blocks: [...notice, divider, ...blocks].slice(0, LIMIT.blocks),
  };
}

interface Filled {
  block_id?: string;
  element?: { action_id?: string };
}

function refillBlock(block: Filled, values: ViewOutput['state']['values']): KnownBlock {
  const { element } = block;
  const state = values[block.block_id ?? '']?.[element?.action_id ?? ''];
  if (!element || !state) return block as unknown as KnownBlock;
  const filled: Record<string, unknown> = { ...element };
  for (const [entered, initial] of Object.entries(INITIAL)) {
    const value: unknown = state[entered as keyof ViewStateValue];
    const isEmpty = value === undefined || value === null || (value as { length?: number }).length === 0;
    if (isEmpty) delete filled[initial];
    else filled[initial] = value;
  }
  return { ...block, element: filled } as unknown as KnownBlock;
}
