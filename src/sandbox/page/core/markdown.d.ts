import type { Json } from './blockkit.js';
export function parseInline(source: string): Json[];
export function parseMarkdown(source: string): Json[];
