import type { Json } from './blockkit.js';
export function parseInline(source: string): Json[];
export function parseMrkdwn(source: string): Json[];
