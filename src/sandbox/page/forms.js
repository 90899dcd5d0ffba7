import { fieldsOf, mergeValues } from './core/values.js';

/**
 * The state that the page keeps for a view.
 * @typedef {{blocks: object[], values: object, errors: Record<string, string>, dirty: boolean, trouble: string | null,
 *   screen: number}} Form
 *   `screen` counts the screens that the view has shown, so that the page scrolls to the top of each new one
 */

/** Whether an update made another screen of the view: none of its fields stayed, and its blocks changed. */
function isAnotherScreen(before, after) {
  const had = new Set(fieldsOf(before).map(({ block }) => block.block_id));
  if (fieldsOf(after).some(({ block }) => had.has(block.block_id))) return false;
  return JSON.stringify(before) !== JSON.stringify(after);
}

/**
 * The form of a view that has just arrived, made from the one before (same view id), if any.
 * Errors stay only where their block stayed; a view that came with other blocks is another step.
 * @param {Form | undefined} before
 * @returns {Form}
 */
export function formFor(before, view) {
  const ids = new Set(view.blocks.map((block) => block.block_id));
  const errors = Object.entries(before?.errors ?? {}).filter(([id]) => ids.has(id));
  const turned = before ? isAnotherScreen(before.blocks, view.blocks) : false;
  return {
    blocks: view.blocks,
    values: mergeValues(before ?? null, view),
    errors: Object.fromEntries(errors),
    // The bot has stored the values of the former screen.
    dirty: turned ? false : (before?.dirty ?? false),
    trouble: null,
    screen: (before?.screen ?? 0) + (turned ? 1 : 0),
  };
}

/** Forms of all open views; those of closed views are forgotten. */
export function formsFor(before, views) {
  return Object.fromEntries(views.map((view) => [view.id, formFor(before[view.id], view)]));
}

/** The form with a typed value; the error of that block is removed, since the person has seen it. */
export function withValue(form, block, element, value) {
  const { [block.block_id]: _seen, ...errors } = form.errors;
  return {
    ...form,
    dirty: true,
    errors,
    values: {
      ...form.values,
      [block.block_id]: { ...form.values[block.block_id], [element.action_id]: value },
    },
  };
}
