import { X509Certificate } from 'node:crypto';
import {
  type Asn1,
  BOOLEAN,
  bytesOf,
  children,
  encode,
  expect,
  isType,
  members,
  numberOf,
  octetsOf,
  oidOf,
  parse,
  SEQUENCE,
  serialOf,
  tagged,
} from './asn1.ts';
import { isPrivateKey, MAX_BYTES, toDer } from './material.ts';
import { commonName, type Name, nameOf, partsOf, pointsOf } from './names.ts';

/**
 * Facts of a certificate: OpenSSL reads keys and signatures; this file reads the parts that OpenSSL does not report.
 */
export interface Certificate {
  x509: X509Certificate;
  subject: Name;
  issuer: Name;
  cn: string | null;
  /** The most specific one first. */
  ous: string[];
  /** The value of `o=`. */
  organisation: string | null;
  issuerCn: string | null;
  /** The issuer's name in DER; CMS repeats it. */
  issuerDer: Buffer;
  /** Upper-case hex without leading zeros. */
  serial: string;
  /** OIDs. */
  policies: string[];
  /** Null: the extension is absent, so every use is allowed. */
  keyUsage: { signing: boolean; certificates: boolean; lists: boolean } | null;
  ca: boolean;
  pathLength: number | null;
  /** Subject key identifier. */
  keyId: Buffer | null;
  /** OID of the algorithm with which the issuer signed it. */
  signatureAlgorithm: string;
  /** Addresses of its revocation list, see pointsOf. */
  crlPoints: string[];
  /** Critical extensions that this program does not know. */
  unknownCritical: string[];
  notBefore: Date;
  notAfter: Date;
  /** SHA-256, upper-case hex with colons. */
  fingerprint: string;
}

type ReadCertificate =
  | { ok: true; certificate: Certificate }
  | { ok: false; reason: 'PRIVATE_KEY' | 'NOT_A_CERTIFICATE' };

/** Reads a `.cer`: DER, PEM or base64. A file that may hold a private key is refused before it is read. */
export function readCertificate(bytes: Buffer, fileName = ''): ReadCertificate {
  if (isPrivateKey(bytes, fileName)) return { ok: false, reason: 'PRIVATE_KEY' };
  const der = bytes.length <= MAX_BYTES ? toDer(bytes) : null;
  try {
    if (der) return { ok: true, certificate: parseCertificate(der) };
  } catch {
    // Neither reader understands it.
  }
  return { ok: false, reason: 'NOT_A_CERTIFICATE' };
}

/** @throws Error when the bytes are not one X.509 certificate in DER */
export function parseCertificate(der: Buffer): Certificate {
  const x509 = new X509Certificate(der);
  const [tbs, algorithm] = members(parse(der));
  const fields = members(tbs);
  const [serial, , issuerNode, , subjectNode] = tagged(fields.slice(0, 1), 0) ? fields.slice(1) : fields;
  const subject = nameOf(subjectNode);
  const issuer = nameOf(issuerNode);
  return {
    x509,
    subject,
    issuer,
    cn: commonName(subject),
    ous: partsOf(subject, 'ou'),
    organisation: partsOf(subject, 'o')[0] ?? null,
    issuerCn: commonName(issuer),
    issuerDer: encode(expect(issuerNode, SEQUENCE)),
    serial: serialOf(serial),
    signatureAlgorithm: oidOf(members(algorithm)[0]),
    ...extensionFacts(tagged(fields.slice(6), 3)),
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    fingerprint: x509.fingerprint256,
  };
}

const EXTENSION = {
  keyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  crlPoints: '2.5.29.31',
  policies: '2.5.29.32',
} as const;
/**
 * Extensions that this file checks, or that are harmless for a person's certificate: names, policy mapping and
 * constraints.
 */
const KNOWN = new Set<string>([
  ...Object.values(EXTENSION),
  '2.5.29.17',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.37',
]);

function extensionFacts(wrapped: Asn1 | undefined) {
  const found = new Map<string, { critical: boolean; value: Asn1 }>();
  for (const extension of wrapped ? members(children(wrapped)[0]) : []) {
    const parts = members(extension);
    const oid = oidOf(parts[0]);
    if (found.has(oid)) throw new Error(`extension ${oid} stands twice`);
    const critical = parts.length > 2 && isType(parts[1], BOOLEAN) && bytesOf(parts[1])[0] !== 0;
    found.set(oid, { critical, value: parse(octetsOf(parts.at(-1))) });
  }
  const at = (oid: string) => found.get(oid)?.value;
  const constraints = at(EXTENSION.basicConstraints);
  const [ca, pathLength] = constraints ? members(constraints) : [];
  const policies = at(EXTENSION.policies);
  const points = at(EXTENSION.crlPoints);
  const keyId = at(EXTENSION.keyId);
  return {
    policies: policies ? members(policies).map((policy) => oidOf(members(policy)[0])) : [],
    keyUsage: keyUsage(at(EXTENSION.keyUsage)),
    ca: isType(ca, BOOLEAN) && bytesOf(ca)[0] !== 0,
    pathLength: pathLength ? numberOf(pathLength) : null,
    keyId: keyId ? octetsOf(keyId) : null,
    crlPoints: points ? members(points).flatMap((point) => pointsOfEntry(members(point))) : [],
    unknownCritical: Array.from(found).flatMap(([oid, { critical }]) =>
      critical && !KNOWN.has(oid) ? [oid] : [],
    ),
  };
}

function pointsOfEntry(parts: Asn1[]): string[] {
  const name = tagged(parts, 0);
  return name ? pointsOf(name) : [];
}

/** Bits count from the left: digitalSignature is 0, keyCertSign 5, cRLSign 6. */
function keyUsage(node: Asn1 | undefined): Certificate['keyUsage'] {
  if (!node) return null;
  const bits = bytesOf(node)[1] ?? 0;
  return {
    signing: (bits & 0x80) !== 0,
    certificates: (bits & 0x04) !== 0,
    lists: (bits & 0x02) !== 0,
  };
}
