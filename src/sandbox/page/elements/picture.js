import { useContext, useState } from 'preact/hooks';
import { html } from '../core/html.js';
import { Surface } from '../core/surface.js';

/** An image by URL or by Slack file; when it cannot be loaded its description stands in for it. */
export function Picture({ element, large = false }) {
  const surface = useContext(Surface);
  const [broken, setBroken] = useState(false);
  const url = sourceOf(element, surface);
  const alt = element.alt_text ?? '';
  if (broken || !url) return html`<span class="picture-broken">그림: ${alt}</span>`;
  return html`<img class=${large ? 'picture-large' : 'picture'} src=${url} alt=${alt} loading="lazy" onError=${() => setBroken(true)} />`;
}

function sourceOf(element, surface) {
  if (element.image_url) return element.image_url;
  const id = element.slack_file?.id ?? /[/-](F[A-Z0-9]+)\//.exec(element.slack_file?.url ?? '')?.[1];
  return id ? surface.fileUrl({ id, name: 'image' }) : null;
}
