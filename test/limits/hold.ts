import type { Button, HomeView, KnownBlock, ModalView } from '@slack/types';
import { newest } from '../../src/messenger/newer-blocks.ts';
import {
  isViewTooLarge,
  MAX_MESSAGE_BLOCKS_TEXT,
  textLength,
  validateMessage,
  validateView,
} from '../../src/sandbox/blockkit/validate.ts';

/** Everything that Slack would refuse in a view, also with newer blocks in place; empty when it would be shown. */
export function viewFaults(view: ModalView | HomeView): string[] {
  const drawn = newest(view.blocks as KnownBlock[], () => false);
  return [
    ...(drawn ? validateView({ ...view, blocks: drawn.blocks }, view.type) : []),
    ...validateView(view, view.type),
    ...(isViewTooLarge({ ...view }) ? ['larger than 250 KB'] : []),
    ...longOptions(view.blocks),
    ...nameless(view.blocks),
  ];
}

/** chat.update counts the bytes of the escaped text, and refuses more. */
const UPDATE_TEXT_BYTES = 4000;

/** Everything that Slack would refuse in a message, or in bringing it up to date. */
export function messageFaults({ text, blocks }: { text: string; blocks: KnownBlock[] }): string[] {
  const drawn = newest(blocks, () => false);
  return [
    ...(drawn ? validateMessage({ text, blocks: drawn.blocks }) : []),
    ...validateMessage({ text, blocks }),
    ...(textLength(blocks) > MAX_MESSAGE_BLOCKS_TEXT ? [`${textLength(blocks)} characters in blocks`] : []),
    ...(Buffer.byteLength(text) > UPDATE_TEXT_BYTES ? ['text too long for chat.update'] : []),
    ...(text.trim() === '' ? ['no fallback text'] : []),
    ...longOptions(blocks),
  ];
}

/** Slack's own types say 75, its SDKs 150: the smaller one is safe. */
const OPTION_VALUE = 75;

function longOptions(blocks: unknown): string[] {
  const found = JSON.stringify(blocks, (_key, value) => {
    const isOption = value && typeof value === 'object' && 'text' in value && !('type' in value);
    return isOption && String(value.value ?? '').length > OPTION_VALUE ? '!option too long' : value;
  });
  return found.includes('!option too long') ? ['an option value of more than 75 characters'] : [];
}

/** Buttons that stand several times in a view and say nothing of their own to who hears it. */
function nameless(blocks: unknown): string[] {
  const buttons = buttonsIn(blocks);
  const repeated = buttons.filter(
    (one) =>
      !one.accessibility_label && buttons.some((other) => other !== one && other.text.text === one.text.text),
  );
  return [...new Set(repeated.map(({ text }) => `no accessibility_label: ${text.text}`))];
}

/** Every button in these blocks, in order. */
export function buttonsIn(blocks: unknown): Button[] {
  const found: Button[] = [];
  JSON.stringify(blocks, (_key, value) => {
    if (value && typeof value === 'object' && value.type === 'button') found.push(value);
    return value;
  });
  return found;
}
