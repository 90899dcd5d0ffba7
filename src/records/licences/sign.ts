import { canonicalJson } from '../../store/canonical-json.ts';
import { signWith, writeCms } from '../pki/cms.ts';
import { type LicencePayload, licencePayload } from './licence.ts';
import { assertInForce, type Signer } from './signer.ts';

/**
 * The licence file: CMS SignedData in DER, its content the canonical JSON of the payload. It is DER and not PEM,
 * because `openssl cms -verify -inform DER` takes it as it is and a text-mode transfer damages it visibly. The same
 * payload and signer give the same bytes (RSA PKCS #1 v1.5 has no randomness, and the signing time comes from the
 * payload). A repeated approval issues no second licence because of its transaction and the unique key of filing and
 * revision, not because of this.
 * @throws z.ZodError when the payload is invalid, SignerError when the certificate is not valid at `issuedAt`.
 */
export function signLicence(payload: LicencePayload, signer: Signer): Buffer {
  const checked = licencePayload.parse(payload);
  return signContent(Buffer.from(canonicalJson(withoutGaps(checked))), signer, new Date(checked.issuedAt));
}

/** CMS SignedData in DER over any content of ours. @throws SignerError when the certificate is not valid at `at` */
export function signContent(content: Buffer, signer: Signer, at: Date): Buffer {
  assertInForce(signer, at);
  return writeCms({ content, certificate: signer.certificate, signingTime: at }, signWith(signer.key));
}

/** Removes parts of a host that are present but undefined: they were not given. */
function withoutGaps(payload: LicencePayload): LicencePayload {
  const hosts = payload.hosts.map((host) => {
    const given: Record<string, unknown> = {};
    for (const [name, part] of Object.entries(host)) if (part !== undefined) given[name] = part;
    return given;
  });
  return { ...payload, hosts };
}
