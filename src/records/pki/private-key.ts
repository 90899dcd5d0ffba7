import { isPrivateKey } from './material.ts';
import { refusalTexts } from './refusals.ts';

/** The refusal for a file with a private key; null when it contains none. */
export function privateKeyRefusal(bytes: Buffer, name: string): string | null {
  return isPrivateKey(bytes, name) ? refusalTexts.PRIVATE_KEY : null;
}
