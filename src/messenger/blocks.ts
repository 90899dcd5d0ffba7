import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  ModalView,
  PlainTextElement,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
  SectionBlock,
} from '@slack/types';
import { nameRepeated } from './repeated-buttons.ts';

/**
 * Makes Block Kit blocks. Text that a person typed is put into plain_text or rich_text only, where Slack formats
 * nothing: `<!channel>`, `<@U…>`, `*` and `` ` `` come out as they were typed. mrkdwn() is for our own words only.
 * Everything is cut to Slack's limits here, so that no view is refused for its length.
 */
export const LIMIT = {
  text: 3000,
  header: 150,
  button: 75,
  option: 75,
  title: 24,
  blocks: 100,
  label: 2000,
  /** The size of a whole view in bytes. Slack allows 250 KB but does not say how it counts. */
  viewBytes: 200_000,
} as const;

/** Cuts a text after a whole character and adds a mark that it was cut. */
export function cut(value: string, max: number): string {
  if (value.length <= max) return value;
  const head = value.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}

export function plain(value: string, max: number = LIMIT.text): PlainTextElement {
  return { type: 'plain_text', text: cut(value, max) || ' ', emoji: false };
}

export function header(value: string): HeaderBlock {
  return { type: 'header', text: plain(value, LIMIT.header) };
}

/** Plain text, with a button next to it if given. */
export function section(value: string, accessory?: Button): SectionBlock {
  return { type: 'section', text: plain(value), ...(accessory ? { accessory } : {}) };
}

/** A heading inside a view, in our own words, with a button next to it if given. */
export function title(value: string, accessory?: Button): SectionBlock {
  return { ...mrkdwn(`*${value}*`), ...(accessory ? { accessory } : {}) };
}

/** Our own words, formatted. Text that a person typed must never be put here. */
export function mrkdwn(value: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(value, LIMIT.text) } };
}

/** Figures with their names, side by side where there is room. A number is shown with 건, a text as it is. */
export function figures(counts: Record<string, number | string>): SectionBlock {
  return {
    type: 'section',
    fields: Object.entries(counts).map(([name, count]) => ({
      type: 'mrkdwn',
      text: `${name.replaceAll('&', '&amp;')}\n*${typeof count === 'number' ? `${count.toLocaleString('ko-KR')}건` : count}*`,
    })),
  };
}

/** The same in one line. */
export function figuresLine(counts: Record<string, number | string>): SectionBlock {
  const { fields = [] } = figures(counts);
  return mrkdwn(fields.map(({ text }) => text.replace('\n', ' ')).join(' · '));
}

export function context(...values: string[]): ContextBlock {
  return { type: 'context', elements: values.slice(0, 10).map((value) => plain(value)) };
}

export const divider: DividerBlock = { type: 'divider' };

interface ButtonOptions {
  value?: string;
  style?: 'primary' | 'danger';
  confirm?: { title: string; text: string; confirm: string };
}

export function button(
  actionId: string,
  label: string,
  { value, style, confirm }: ButtonOptions = {},
): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label, LIMIT.button),
    ...(value ? { value } : {}), // Slack refuses an empty value
    ...(style ? { style } : {}),
    ...(confirm
      ? {
          confirm: {
            title: plain(confirm.title, 100),
            text: plain(confirm.text, 300),
            confirm: plain(confirm.confirm, 30),
            deny: plain('취소', 30),
          },
        }
      : {}),
  };
}

export function actions(...elements: ActionsBlock['elements']): ActionsBlock {
  return { type: 'actions', elements: elements.slice(0, 25) };
}

export interface Labelled {
  label: string;
  text: string;
}

/** `라벨: 값` lines, the label in bold, the value exactly as typed. */
export function lines(rows: readonly Labelled[]): RichTextBlock {
  const elements: RichTextElement[] = rows.flatMap(({ label, text }, index): RichTextElement[] => [
    { type: 'text', text: `${index > 0 ? '\n' : ''}${label}`, style: { bold: true } },
    { type: 'text', text: text.includes('\n') ? `\n${text}` : `  ${text}` },
  ]);
  const filled: RichTextSection = { type: 'rich_text_section', elements };
  return { type: 'rich_text', elements: [filled] };
}

/** Mentions everybody in the channel, with our own words. Slack notifies them at the post, not at an update. */
export function callChannel(words: string): RichTextBlock {
  const elements: RichTextElement[] = [
    { type: 'broadcast', range: 'channel' },
    { type: 'text', text: ` ${words}` },
  ];
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** A text that is too long for a section, shown as it was typed. */
export function longText(value: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: value }] }],
  };
}

/** Callback id of a window with buttons only: the window that a button opens replaces it. */
export const MENU_VIEW = 'menu';

/** The first blocks, as many as a view can hold; a last line says that some were left out. */
export function fitting(given: KnownBlock[]): KnownBlock[] {
  const blocks = nameRepeated(given);
  let bytes = 0;
  const over = blocks.findIndex((block, index) => {
    bytes += Buffer.byteLength(JSON.stringify(block));
    return bytes > LIMIT.viewBytes || index === LIMIT.blocks;
  });
  if (over === -1) return blocks;
  const first = blocks.slice(0, Math.min(over, LIMIT.blocks - 1));
  return [...first, context('내용이 많아 일부만 보입니다.')];
}

/** A modal; title and buttons are cut to 24 characters, blocks to what fits. */
export function modal(parts: {
  callbackId: string;
  title: string;
  blocks: KnownBlock[];
  submit?: string;
  close?: string;
  metadata?: object;
  notifyOnClose?: boolean;
}): ModalView {
  return {
    type: 'modal',
    callback_id: parts.callbackId,
    title: plain(parts.title, LIMIT.title),
    close: plain(parts.close ?? '닫기', LIMIT.title),
    ...(parts.submit ? { submit: plain(parts.submit, LIMIT.title) } : {}),
    blocks: fitting(parts.blocks),
    private_metadata: JSON.stringify(parts.metadata ?? {}),
    ...(parts.notifyOnClose ? { notify_on_close: true } : {}),
  };
}

/** Makes the `text` of a message: Slack shows it in notifications and parses it as mrkdwn, so it is escaped. */
export function fallback(value: string): string {
  const escaped = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // A zero-width space keeps markers from pairing up.
  return cut(
    escaped.replace(/[*_~`]/g, (marker) => `\u200b${marker}\u200b`),
    LIMIT.text,
  );
}
