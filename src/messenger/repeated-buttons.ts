import type { Button, KnownBlock } from '@slack/types';

/** Slack's limit of an accessibility_label. */
const LONGEST = 75;

/**
 * Gives buttons with the same label different names for screen readers: the label, and the subject of the button, which
 * is the last text above or next to it. `검토` read out ten times would not tell the buttons apart.
 */
export function nameRepeated(blocks: readonly KnownBlock[]): KnownBlock[] {
  const times = new Map<string, number>();
  for (const one of blocks.flatMap(buttonsOf)) times.set(one.text.text, (times.get(one.text.text) ?? 0) + 1);
  if ([...times.values()].every((count) => count === 1)) return [...blocks];
  let subject = '';
  const named = <E>(element: E): E => {
    if (!isButton(element) || times.get(element.text.text) === 1 || element.accessibility_label)
      return element;
    const name = subject ? `${element.text.text}: ${subject}` : element.text.text;
    return { ...element, accessibility_label: name.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '') };
  };
  return blocks.map((block) => {
    subject = subjectOf(block) ?? subject;
    if (block.type === 'section' && block.accessory) return { ...block, accessory: named(block.accessory) };
    return block.type === 'actions' ? { ...block, elements: block.elements.map(named) } : block;
  });
}

const isButton = (element: unknown): element is Button =>
  typeof element === 'object' && element !== null && 'type' in element && element.type === 'button';

function buttonsOf(block: KnownBlock): Button[] {
  const elements =
    block.type === 'section' ? [block.accessory] : block.type === 'actions' ? block.elements : [];
  return elements.filter(isButton);
}

/** The subject that a block names: the first line of its text, or the first value of `라벨: 값` lines. */
function subjectOf(block: KnownBlock): string | null {
  switch (block.type) {
    case 'header':
      return firstLine(block.text.text);
    case 'section':
      return block.text ? firstLine(block.text.text.replace(/^\*(.*)\*$/, '$1')) : null;
    case 'rich_text': {
      const [section] = block.elements;
      const texts = section?.type === 'rich_text_section' ? section.elements : [];
      const [, value] = texts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
      return value === undefined ? null : firstLine(value.trim());
    }
    default:
      return null;
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
