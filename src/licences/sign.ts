import { sign } from 'node:crypto';
import { canonicalJson } from '../store/canonical-json.ts';
import { signedAttributes, writeCms } from './cms.ts';
import { type LicencePayload, licencePayload } from './licence.ts';
import { assertInForce, type Signer } from './signer.ts';

/**
 * The licence file: CMS SignedData in DER, its content the canonical JSON of the payload. DER and not PEM, since
 * `openssl cms -verify -inform DER` takes it as it is and no text-mode transfer can pass for harmless.
 * The same payload and signer give the same bytes (RSA PKCS #1 v1.5 knows no chance, the signing time is the
 * payload's), so an approval that is carried out again after a crash issues the same file, not a second one.
 *
 * @throws z.ZodError when the payload is not one, SignerError when the certificate does not hold at `issuedAt`.
 */
export function signLicence(payload: LicencePayload, signer: Signer): Buffer {
  const checked = licencePayload.parse(payload);
  const issuedAt = new Date(checked.issuedAt);
  assertInForce(signer, issuedAt);
  const content = Buffer.from(canonicalJson(withoutGaps(checked)));
  const attributes = signedAttributes(content, issuedAt);
  return writeCms({
    content,
    certificate: signer.certificate,
    signedAttributes: attributes,
    signature: sign('sha256', attributes, signer.key),
  });
}

/** A part of a host that is present but undefined is a part that is not given. */
function withoutGaps(payload: LicencePayload): LicencePayload {
  const hosts = payload.hosts.map((host) =>
    Object.fromEntries(Object.entries(host).filter(([, part]) => part !== undefined)),
  );
  return { ...payload, hosts };
}
