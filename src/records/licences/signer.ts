import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The signer of licences: an RSA key of at least 2048 bits and its certificate. */
export interface Signer {
  key: KeyObject;
  certificatePem: string;
  /** The same certificate, DER. */
  certificate: Buffer;
  subject: string;
  notBefore: Date;
  notAfter: Date;
  /** SHA-256 of the certificate, upper-case hex with colons, as `openssl x509 -fingerprint -sha256` prints it. */
  fingerprint: string;
}

export type SignerErrorCode =
  | 'FILE_MISSING'
  | 'FILE_UNREADABLE'
  | 'KEY_UNREADABLE'
  | 'CERTIFICATE_UNREADABLE'
  | 'PASSPHRASE_MISSING'
  | 'PASSPHRASE_WRONG'
  | 'KEY_TOO_WEAK'
  | 'KEY_NOT_OF_CERTIFICATE'
  | 'CERTIFICATE_NOT_YET_VALID'
  | 'CERTIFICATE_EXPIRED';

/**
 * The message is for the operator: what is wrong, in which file, what to do. It never contains the key or passphrase.
 */
export class SignerError extends Error {
  readonly code: SignerErrorCode;

  constructor(code: SignerErrorCode, message: string) {
    super(message);
    this.name = 'SignerError';
    this.code = code;
  }
}

interface SignerFiles {
  /** PEM, PKCS #8 (plain or encrypted) or PKCS #1. */
  keyFile: string;
  /** PEM; the first certificate counts if there are several. */
  certificateFile: string;
  passphrase?: string | undefined;
}

/**
 * Reads the pair; whether the certificate is in force is asked whenever something is signed, as it may end meanwhile.
 * @throws SignerError when the two cannot be used together
 */
export async function loadSigner(files: SignerFiles): Promise<Signer> {
  const { keyFile, certificateFile } = files;
  const key = readKey(await readText(keyFile, 'licence key'), keyFile, files.passphrase);
  const x509 = readCertificate(await readText(certificateFile, 'licence certificate'), certificateFile);
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048) {
    throw new SignerError(
      'KEY_TOO_WEAK',
      `The licence key is not RSA of 2048 bits or more: ${keyFile}. Make a new one.`,
    );
  }
  if (!x509.checkPrivateKey(key)) {
    throw new SignerError(
      'KEY_NOT_OF_CERTIFICATE',
      `The licence key (${keyFile}) does not belong to the certificate (${certificateFile}). Name the two that were issued together.`,
    );
  }
  return { key, ...describeCertificate(x509) };
}

/** @throws SignerError when the certificate is not valid at `at`; then nothing may be signed with it. */
export function assertInForce(signer: Pick<Signer, 'subject' | 'notBefore' | 'notAfter'>, at: Date): void {
  if (at < signer.notBefore) {
    throw new SignerError(
      'CERTIFICATE_NOT_YET_VALID',
      `The licence certificate (${signer.subject}) holds from ${signer.notBefore.toISOString()}. Check the clock of this machine.`,
    );
  }
  if (at > signer.notAfter) {
    throw new SignerError(
      'CERTIFICATE_EXPIRED',
      `The licence certificate (${signer.subject}) expired at ${signer.notAfter.toISOString()}. Name a new one in LICENCE_CERT.`,
    );
  }
}

/** Whether something may be signed at `at`. */
export function isSignerInForce({ notBefore, notAfter }: Pick<Signer, 'notBefore' | 'notAfter'>, at: Date) {
  return notBefore <= at && at <= notAfter;
}

/** The public facts of a certificate. */
export function describeCertificate(x509: X509Certificate): Omit<Signer, 'key'> {
  return {
    certificatePem: x509.toString(),
    certificate: x509.raw,
    subject: x509.subject.replaceAll('\n', ', '),
    notBefore: new Date(x509.validFrom),
    notAfter: new Date(x509.validTo),
    fingerprint: x509.fingerprint256,
  };
}

async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw missing
      ? new SignerError('FILE_MISSING', `There is no ${what} ${file}. Check the path.`)
      : new SignerError(
          'FILE_UNREADABLE',
          `The ${what} ${file} cannot be read. Let the group of this account read it: chgrp, chmod 640.`,
        );
  }
}

/** The beginning of the OIDs 1.2.410.200004.1.…: the key is encrypted with SEED, as Korean certificate keys are. */
const SEED_OID = Buffer.from('2a831a8c9a4401', 'hex');

function readKey(pem: string, file: string, passphrase: string | undefined): KeyObject {
  const locked = /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem);
  if (locked && passphrase === undefined) {
    throw new SignerError(
      'PASSPHRASE_MISSING',
      `The licence key is locked: ${file}. Set LICENCE_KEY_PASSPHRASE.`,
    );
  }
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  } catch {
    // OpenSSL's error does not tell the two apart: now and then a wrong passphrase decrypts to well-padded garbage,
    // and parsing that fails with the same code as an unknown cipher.
    const seed = Buffer.from(pem.replace(/-----[^-]+-----/g, ''), 'base64').includes(SEED_OID);
    if (locked && !seed) {
      throw new SignerError(
        'PASSPHRASE_WRONG',
        `The passphrase does not open the licence key: ${file}. Correct LICENCE_KEY_PASSPHRASE.`,
      );
    }
    throw new SignerError(
      'KEY_UNREADABLE',
      `The licence key cannot be used: ${file}. Name an RSA key in PEM; one that is locked with SEED has to be locked with AES instead.`,
    );
  }
}

function readCertificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new SignerError(
      'CERTIFICATE_UNREADABLE',
      `The licence certificate cannot be used: ${file}. Name an X.509 certificate in PEM.`,
    );
  }
}
