import { useContext } from 'preact/hooks';
import { html } from '../core/html.js';
import { Surface } from '../core/surface.js';
import { FileFace } from '../elements/file-input.js';

/** A file of a message: its type, its size, and a link to download it. */
export function FileCard({ file }) {
  const { fileUrl } = useContext(Surface);
  const name = file.name || file.title || '파일';
  const picture = /^image\/(png|jpe?g|gif|webp)$/.test(file.mimetype ?? '');
  const card = html`<div class="file file-card">
    <${FileFace} file=${file} />
    <a class="button button-small" href=${fileUrl(file)} download=${name} aria-label=${`${name} 내려받기`}>내려받기</a>
  </div>`;
  // As in Slack, a picture is shown in its message.
  return picture
    ? html`<figure class="file-figure">
        <img class="file-picture" src=${fileUrl(file)} alt=${`그림: ${name}`} />
        ${card}
      </figure>`
    : card;
}

/** Slack's file block names a remote file; the workspace has only uploaded ones. */
export const FileBlock = ({ block }) =>
  html`<div class="file file-card"><${FileFace} file=${{ name: block.external_id ?? '파일' }} /></div>`;
