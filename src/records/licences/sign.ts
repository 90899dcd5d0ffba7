import { constants, type KeyObject, privateEncrypt } from 'node:crypto';
import { canonicalJson } from '../../store/canonical-json.ts';
import { type SignDigest, writeCms } from '../pki/cms.ts';
import { type LicencePayload, licencePayload } from './licence.ts';
import { assertInForce, type Signer } from './signer.ts';

/**
 * The licence file: CMS SignedData in DER, its content the canonical JSON of the payload. DER and not PEM, since
 * `openssl cms -verify -inform DER` takes it as it is and no text-mode transfer can pass for harmless.
 * The same payload and signer give the same bytes (RSA PKCS #1 v1.5 knows no chance, the signing time is the
 * payload's). That an approval carried out again issues no second licence does not rest on this, but on its
 * transaction and on the unique key of filing and revision.
 *
 * @throws z.ZodError when the payload is not one, SignerError when the certificate does not hold at `issuedAt`.
 */
export function signLicence(payload: LicencePayload, signer: Signer): Buffer {
  const checked = licencePayload.parse(payload);
  return signContent(Buffer.from(canonicalJson(withoutGaps(checked))), signer, new Date(checked.issuedAt));
}

/** CMS SignedData in DER over any content of ours. @throws SignerError when the certificate does not hold at `at` */
export function signContent(content: Buffer, signer: Signer, at: Date): Buffer {
  assertInForce(signer, at);
  return writeCms({ content, certificate: signer.certificate, signingTime: at }, signDigestWith(signer.key));
}

/** What stands before a SHA-256 in the DigestInfo that PKCS #1 v1.5 signs: RFC 8017, 9.2, note 1. */
const SHA256_DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** The RSA operation by node:crypto, that is OpenSSL: node-forge's own takes 60 times as long. */
export function signDigestWith(key: KeyObject): SignDigest {
  return (digest) =>
    privateEncrypt(
      { key, padding: constants.RSA_PKCS1_PADDING },
      Buffer.concat([SHA256_DIGEST_INFO, digest]),
    );
}

/** A part of a host that is present but undefined is a part that is not given. */
function withoutGaps(payload: LicencePayload): LicencePayload {
  const hosts = payload.hosts.map((host) =>
    Object.fromEntries(Object.entries(host).filter(([, part]) => part !== undefined)),
  );
  return { ...payload, hosts };
}
