import type { Block, Element, Json, Values } from './core/blockkit.js';
export interface Form {
  blocks: Block[];
  values: Values;
  errors: Record<string, string>;
  dirty: boolean;
  trouble: string | null;
  screen: number;
}
export function formFor(
  before: Form | undefined,
  view: { blocks: Block[]; state?: { values: Values } },
): Form;
export function formsFor(
  before: Record<string, Form>,
  views: { id: string; blocks: Block[]; state?: { values: Values } }[],
): Record<string, Form>;
export function withValue(form: Form, block: Block, element: Element, value: Json): Form;
