/** Windows reserves these names for devices, with any extension. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const RESERVED = /[<>:"|?*]/g;
const MAX_LENGTH = 100;
const FALLBACK = '첨부파일';

/** The part after the last dot, lower case; empty when there is none. */
export function extensionOf(name: string): string {
  return /[^.]\.([^./\\]{1,16})$/.exec(name.normalize('NFC').trim())?.[1]?.toLowerCase() ?? '';
}

/**
 * Makes a file name safe to store, show and download: no folders, no control or invisible characters (some of them
 * turn the reading direction and so hide an extension), no names and characters that Windows reserves, in NFC, at
 * most 100 characters with the extension kept.
 */
export function safeFileName(name: string): string {
  // \p{C}: controls, format characters, lone surrogates, private use, unassigned.
  const cleaned = name
    .normalize('NFC')
    .replace(/\p{C}/gu, '')
    .split(/[/\\]/)
    .at(-1)
    ?.replace(RESERVED, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const safe = (cleaned || FALLBACK).replace(DEVICE_NAME, '_$&');
  const letters = [...safe];
  if (letters.length <= MAX_LENGTH) return safe;
  const extension = extensionOf(safe);
  const tail = extension === '' ? '' : `.${extension}`;
  const body = letters.slice(0, MAX_LENGTH - [...tail].length).join('');
  return body.replace(/[\s.]+$/, '') + tail;
}
