import { type KeyObject, verify } from 'node:crypto';

export type Digest = 'sha256' | 'sha384' | 'sha512';

/** Digests that are accepted. SHA-1 and HAS-160, which old GPKI tools offer, are not. */
export const DIGESTS: Readonly<Record<string, Digest>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

interface Scheme {
  key: 'rsa' | 'ec';
  /** Null where the digest is named elsewhere: CMS names RSA without a digest. */
  digest: Digest | null;
}

/** Signature algorithms: RSA PKCS #1 v1.5 and ECDSA. */
export const SCHEMES: Readonly<Record<string, Scheme>> = {
  '1.2.840.113549.1.1.1': { key: 'rsa', digest: null },
  '1.2.840.113549.1.1.11': { key: 'rsa', digest: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', digest: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', digest: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', digest: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', digest: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', digest: 'sha512' },
};

const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** The key of a certificate if its kind and size are accepted, else null (KCDSA, RSA-1024, Ed25519 …). */
export function soundKey(certificate: { publicKey: KeyObject }): KeyObject | null {
  let key: KeyObject;
  try {
    key = certificate.publicKey;
  } catch {
    return null; // OpenSSL does not know the algorithm
  }
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return modulusLength >= 2048 ? key : null;
  if (key.asymmetricKeyType === 'ec') return CURVES.has(namedCurve) ? key : null;
  return null;
}

/** Whether a signature with this algorithm (OID) is valid. Never throws. */
export function isSigned(data: Buffer, algorithm: string, key: KeyObject, signature: Buffer): boolean {
  const scheme = SCHEMES[algorithm];
  if (!scheme?.digest || scheme.key !== key.asymmetricKeyType) return false;
  return holds(scheme.digest, data, key, signature);
}

/** Whether a signature over this digest is valid. Never throws. */
export function holds(digest: Digest, data: Buffer, key: KeyObject, signature: Buffer): boolean {
  try {
    return verify(digest, data, key, signature);
  } catch {
    return false;
  }
}
