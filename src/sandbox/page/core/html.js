import htm from 'htm';
import { h } from 'preact';

/** Tagged template that makes preact nodes. Strings put into it always become text, never markup. */
export const html = htm.bind(h);
