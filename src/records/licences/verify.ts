import { createHash, verify, X509Certificate } from 'node:crypto';
import { canonicalJson } from '../../store/canonical-json.ts';
import { isWhole, readCms, type SignedCmsParts } from '../pki/cms.ts';
import { type LicencePayload, licencePayload } from './licence.ts';
import { type RevocationList, revocationList } from './revocation-list.ts';
import { describeCertificate, type Signer } from './signer.ts';

export type OpenRefusal = 'NOT_A_LICENCE' | 'ALTERED' | 'UNKNOWN_SIGNER' | 'UNKNOWN_FORMAT' | 'FORGED';

type OpenedLicence =
  /** `sha256`: hash of the DER in hex. The records hold the hash of the file that was issued. */
  | {
      ok: true;
      payload: LicencePayload;
      sha256: string;
      signer: Pick<Signer, 'subject' | 'notAfter' | 'fingerprint'>;
    }
  | { ok: false; reason: OpenRefusal; text: string };

/** What a person reads: what is wrong and what to do. */
const REFUSAL_TEXT: Record<OpenRefusal, string> = {
  NOT_A_LICENCE: '라이선스 파일이 아닙니다. 발급받은 .lic 파일을 그대로 선택해 주십시오.',
  ALTERED:
    '라이선스 파일이 발급된 뒤 바뀌었거나 손상되었습니다. 파일을 다시 내려받아 바이너리로 옮겨 주십시오.',
  UNKNOWN_SIGNER:
    '등록되지 않은 인증서로 서명된 라이선스입니다. 이 파일을 쓰지 말고 표준API 관리자에게 알려 주십시오.',
  FORGED:
    '서명 키는 맞지만 보급봇이 만든 내용이 아닙니다. 이 파일을 쓰지 말고 표준API 관리자에게 바로 알려 주십시오.',
  UNKNOWN_FORMAT:
    '이 프로그램이 모르는 형식의 라이선스입니다. 프로그램을 최신판으로 바꾼 뒤 다시 확인해 주십시오.',
};

/** The largest valid payload is about half of this, base64 included. Larger files are not examined. */
export const MAX_BYTES = 1024 * 1024;

/** The limit for a list: half a million licences. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;

/** The beginning of every licence's payload; it tells a damaged licence from some other file. */
const MARK = '"format":"bogeup-licence/';

/**
 * Opens a licence file: DER, PEM or bare base64. It is trusted when its signer's certificate equals one of
 * `trustedCertPems`, byte for byte. There are no chains: the list names the present and former signers, also expired
 * ones, because a regular licence outlives the certificate that signed it; signing itself refuses an expired
 * certificate. Any byte that differs from the issued file, signed or not, makes it ALTERED.
 * Never throws because of `bytes`. @throws Error when one of `trustedCertPems` is no certificate.
 */
export function openLicence(bytes: Uint8Array, trustedCertPems: readonly string[]): OpenedLicence {
  const trusted = trustedCertPems.map(certificateOf);
  if (bytes.length > MAX_BYTES) return refuse('NOT_A_LICENCE');
  const file = toDer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  try {
    return openParts(file, readCms(file), trusted);
  } catch {
    // The file cannot be read to its end; every reader below throws rather than guesses.
    return refuse(file.includes(MARK) ? 'ALTERED' : 'NOT_A_LICENCE');
  }
}

const certificates = new Map<string, X509Certificate>();

/** The trusted certificates are few and remain the same; reading one takes longer than all the rest. */
function certificateOf(pem: string): X509Certificate {
  const certificate = certificates.get(pem) ?? new X509Certificate(pem);
  certificates.set(pem, certificate);
  return certificate;
}

function openParts(file: Buffer, parts: SignedCmsParts, trusted: X509Certificate[]): OpenedLicence {
  const signer = trusted.find((certificate) => certificate.raw.equals(parts.certificate));
  if (!signer) return refuse(whyUntrusted(parts, trusted));
  if (!isSignedBy(signer, parts) || !isWhole(file, parts)) return refuse('ALTERED');
  const content = readJson(parts.content);
  const payload = licencePayload.safeParse(content);
  if (!payload.success) return refuse('UNKNOWN_FORMAT');
  // One licence has one text: of a key that appears twice, this program might read one value and others the other.
  if (canonicalJson(content) !== parts.content.toString('utf8')) return refuse('FORGED');
  const { subject, notAfter, fingerprint } = describeCertificate(signer);
  const sha256 = createHash('sha256').update(file).digest('hex');
  return { ok: true, payload: payload.data, sha256, signer: { subject, notAfter, fingerprint } };
}

/**
 * Opens a signed list of superseded and revoked licences, as a licence is opened. Null when it is no list, was
 * altered, or somebody else signed it. @throws Error when one of `trustedCertPems` is no certificate.
 */
export function openRevocations(
  bytes: Uint8Array,
  trustedCertPems: readonly string[],
): RevocationList | null {
  const trusted = trustedCertPems.map(certificateOf);
  if (bytes.length > MAX_LIST_BYTES) return null;
  const file = toDer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  try {
    const parts = readCms(file);
    const signer = trusted.find((certificate) => certificate.raw.equals(parts.certificate));
    if (!signer || !isSignedBy(signer, parts) || !isWhole(file, parts)) return null;
    return revocationList.safeParse(readJson(parts.content)).data ?? null;
  } catch {
    return null;
  }
}

function whyUntrusted(parts: SignedCmsParts, trusted: X509Certificate[]): OpenRefusal {
  // Our signature with an unknown certificate: the certificate was damaged.
  if (trusted.some((certificate) => isSignedBy(certificate, parts))) return 'ALTERED';
  if (!parts.content.includes(MARK)) return 'NOT_A_LICENCE';
  return isSignedBy(new X509Certificate(parts.certificate), parts) ? 'UNKNOWN_SIGNER' : 'ALTERED';
}

function isSignedBy(certificate: X509Certificate, parts: SignedCmsParts): boolean {
  return verify('sha256', parts.signedAttributes, certificate.publicKey, parts.signature);
}

/** Returns undefined, which no payload is, for anything that is not JSON. */
function readJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Files that were mailed or pasted arrive as text. Anything that is not clean base64 is returned unchanged. */
function toDer(bytes: Buffer): Buffer {
  if (bytes[0] === 0x30) return bytes;
  const text = bytes
    .toString('latin1')
    .replace(/-----(BEGIN|END) (CMS|PKCS7)-----/g, '')
    .replace(/^\u00ef\u00bb\u00bf|\s/g, '');
  const decoded = Buffer.from(text, 'base64');
  return decoded.length > 0 && decoded.toString('base64') === text ? decoded : bytes;
}

function refuse(reason: OpenRefusal): OpenedLicence {
  return { ok: false, reason, text: REFUSAL_TEXT[reason] };
}
