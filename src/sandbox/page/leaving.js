import { askConfirm, CHANGE_PERSON } from './core/confirm.js';

let isUnsent = () => false;

/**
 * From now on leaving the page, and changing to another person, asks first where something would be lost.
 * @param {() => boolean} unsent whether the person has typed what is not sent
 * @returns {() => void} ends it
 */
export function guardLeaving(unsent) {
  const leaving = (event) => unsent() && event.preventDefault(); // the browser then asks in its own words
  isUnsent = unsent;
  addEventListener('beforeunload', leaving);
  return () => {
    isUnsent = () => false;
    removeEventListener('beforeunload', leaving);
  };
}

/** Whether another person may take the place of this one. */
export const mayChange = async () => !isUnsent() || askConfirm(CHANGE_PERSON);
