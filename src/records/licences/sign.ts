import { canonicalJson } from '../../store/canonical-json.ts';
import { writeCms } from '../pki/cms.ts';
import { signDigestWith } from '../pki/sign-digest.ts';
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

/** A part of a host that is present but undefined is a part that is not given. */
function withoutGaps(payload: LicencePayload): LicencePayload {
  const hosts = payload.hosts.map((host) =>
    Object.fromEntries(Object.entries(host).filter(([, part]) => part !== undefined)),
  );
  return { ...payload, hosts };
}
