import { isPrivateKey } from './material.ts';
import { refusalTexts } from './refusals.ts';

/** What a person reads who chose a file with a private key; null: it holds none. */
export function privateKeyRefusal(bytes: Buffer, name: string): string | null {
  return isPrivateKey(bytes, name) ? refusalTexts.PRIVATE_KEY : null;
}
