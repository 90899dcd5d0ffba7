import type { InputBlock } from '@slack/types';
import { LIMIT, plain } from './blocks.ts';
import { FORM_VALUE } from './entered.ts';

type WithoutId<E> = E extends unknown ? Omit<E, 'action_id'> : never;

/** One question of a window that is no form. {@link enteredIn} reads the answer by the same block id. */
export function inputBlock(
  blockId: string,
  label: string,
  element: WithoutId<InputBlock['element']>,
  { hint, optional }: { hint?: string; optional?: boolean } = {},
): InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    ...(optional === undefined ? {} : { optional }),
    label: plain(label, LIMIT.label),
    ...(hint ? { hint: plain(hint) } : {}),
    element: { ...element, action_id: FORM_VALUE },
  };
}
