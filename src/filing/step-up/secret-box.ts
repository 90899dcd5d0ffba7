import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts the secrets of one-time codes for the database, and hashes values that it only has to recognise. */
export interface SecretBox {
  /** AES-256-GCM. It authenticates `owner` too, so that a row that was moved to another person cannot be opened. */
  seal(text: string, owner: string): string;
  /** @throws Error when it was sealed with another key or for another owner, or was changed */
  open(sealed: string, owner: string): string;
  /** HMAC-SHA-256 in base64url, different for every owner. */
  digest(text: string, owner: string): string;
}

export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = 'v1.';

/** @param key 32 random bytes. Each use derives its own key from it (HKDF, RFC 5869). */
export function makeSecretBox(key: Uint8Array): SecretBox {
  if (key.length !== KEY_BYTES) throw new Error(`a secret key has ${KEY_BYTES} bytes, not ${key.length}`);
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `bogeup ${use}`, KEY_BYTES));
  const sealing = derive('step-up secrets');
  const hashing = derive('step-up recovery codes');
  return {
    seal(text, owner) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(owner));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return FORMAT + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed.slice(FORMAT.length), 'base64url');
      if (!sealed.startsWith(FORMAT) || bytes.length < IV_BYTES + TAG_BYTES) throw new Error(UNREADABLE);
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const body = bytes.subarray(IV_BYTES + TAG_BYTES);
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new Error(UNREADABLE, { cause });
      }
    },
    digest: (text, owner) => createHmac('sha256', hashing).update(`${owner}\n${text}`).digest('base64url'),
  };
}

const UNREADABLE = 'a secret of one-time codes cannot be read: is SECRET_KEY the one it was sealed with?';
