import type { Block, Element, Values } from './blockkit.js';
export function mergeValues(
  before: { blocks: Block[]; values: Values } | null,
  view: { blocks: Block[]; state?: { values: Values } },
): Values;
export function checkForm(blocks: Block[], values: Values): Record<string, string>;
export function fieldsOf(blocks: Block[]): { block: Block; element: Element }[];
