import { html } from '../core/html.js';
import { Link, Mrkdwn, plain, Text } from '../core/text.js';
import { Element } from '../elements/element.js';
import { Picture } from '../elements/picture.js';
import { FileBlock } from './file.js';
import { Input } from './input.js';
import { Markdown } from './markdown.js';
import { RichText } from './rich-text.js';
import { Section } from './section.js';
import { Table } from './table.js';

// Focusable: when a new screen replaces another, the focus goes to its heading.
const Header = ({ block }) => html`<h3 class="block-header" tabindex="-1">${plain(block.text)}</h3>`;

const MARKS = { warning: '⚠', error: '✖', success: '✔' };

const Alert = ({ block }) => html`<div class=${`block-alert alert-${block.level ?? 'default'}`} role="note">
  <span aria-hidden="true">${MARKS[block.level] ?? 'ℹ'}</span>
  <div><${Text} object=${block.text} /></div>
</div>`;

const Divider = () => html`<hr class="block-divider" />`;

const Context = ({ block }) => html`<div class="block-context">
  ${block.elements.map((element) =>
    element.type === 'image'
      ? html`<${Picture} element=${element} />`
      : element.type === 'mrkdwn'
        ? html`<${Mrkdwn} text=${element.text} />`
        : html`<span>${plain(element)}</span>`,
  )}
</div>`;

const Actions = ({ block }) => html`<div class="block-actions">
  ${block.elements.map((element) => html`<${Element} key=${element.action_id} block=${block} element=${element} />`)}
</div>`;

const Image = ({ block }) => html`<figure class="block-image">
  ${block.title && html`<figcaption>${plain(block.title)}</figcaption>`}
  <${Picture} element=${block} large />
</figure>`;

const Video = ({ block }) => html`<div class="block-video">
  <strong><${Link} url=${block.title_url ?? block.video_url}>▶ ${plain(block.title)}<//></strong>
  ${block.description && html`<p><${Text} object=${block.description} /></p>`}
</div>`;

const BLOCKS = {
  section: Section,
  header: Header,
  divider: Divider,
  context: Context,
  actions: Actions,
  input: Input,
  image: Image,
  rich_text: RichText,
  markdown: Markdown,
  table: Table,
  data_table: Table,
  alert: Alert,
  file: FileBlock,
  video: Video,
};

/** @param {{blocks: object[]}} props blocks of a message, a modal or the Home */
export function Blocks({ blocks }) {
  return html`<div class="blocks">
    ${blocks.map((block, index) => {
      const Kind = BLOCKS[block.type];
      return Kind
        ? html`<${Kind} key=${block.block_id ?? index} block=${block} />`
        : html`<p class="unknown" key=${index}>표시할 수 없는 블록입니다 (${block.type})</p>`;
    })}
  </div>`;
}
