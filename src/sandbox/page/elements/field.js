import { useContext } from 'preact/hooks';
import { Surface } from '../core/surface.js';
import { readValue, wrapValue } from '../core/values.js';

/**
 * A field's value, and the functions that change it or send it.
 * @returns {{value: unknown, set: (value: unknown) => void, send: (value: unknown) => void, sends: boolean,
 *   choose: (value: unknown) => void}}
 *   `sends`: whether the bot gets every change at once; `choose` sets the value and, if so, sends it
 */
export function useField(block, element) {
  const surface = useContext(Surface);
  const value = readValue(element, surface.values[block.block_id]?.[element.action_id]);
  const sends = block.type !== 'input' || block.dispatch_action === true;
  const set = (next) => surface.setValue(block, element, wrapValue(element, next));
  const send = (next) => surface.act(block, element, wrapValue(element, next));
  const choose = (next) => {
    set(next);
    if (sends) send(next);
  };
  return { value, sends, set, send, choose };
}

/** Attributes that tie a control to its label, hint and error. */
export const described = ({ id, label, labelledBy, describedBy, invalid, required }) => ({
  id,
  'aria-label': id && !label ? undefined : label,
  'aria-labelledby': labelledBy,
  'aria-describedby': describedBy || undefined,
  'aria-invalid': invalid ? 'true' : undefined,
  'aria-required': required ? 'true' : undefined,
});
