import { createContext } from 'preact';

/**
 * The surface that holds blocks: a message, a modal or the Home.
 * {container, values, errors, busy, setValue(block, element, value), act(block, element, extra), options(block, element, query),
 *  upload(file), fileUrl(file)}
 */
export const Surface = createContext(null);
