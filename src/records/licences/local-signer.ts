import { createPrivateKey, createPublicKey, generateKeyPair, X509Certificate } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeOnce } from '../../store/make-once.ts';
import { issueCertificate, type SubjectPart } from '../pki/issue-certificate.ts';
import { loadSigner, type Signer } from './signer.ts';

const YEARS = 10;
const SUBJECT: readonly SubjectPart[] = [['cn', 'Bogeup Local Licence Signer']];

/**
 * The signer of local mode: an RSA-2048 key and a self-signed certificate. The first call makes them under `dir`;
 * later calls read them. Several processes may call at once, and one may die at any point: each file appears whole or
 * not at all, and the first one that was made stays.
 * @returns the signer from `licence-key.pem` (mode 0600) and `licence-cert.pem` (which verifiers are given).
 * @throws SignerError when the files exist but cannot be used; Error of node:fs when `dir` cannot be written.
 */
export async function makeLocalSigner(dir: string, now: Date): Promise<Signer> {
  const keyFile = join(dir, 'licence-key.pem');
  const certificateFile = join(dir, 'licence-cert.pem');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await makeOnce(keyFile, 0o600, newKeyPem);
  await makeOnce(certificateFile, 0o644, async () => selfSign(await readFile(keyFile, 'utf8'), now));
  return loadSigner({ keyFile, certificateFile });
}

async function newKeyPem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function selfSign(keyPem: string, now: Date): string {
  const key = createPrivateKey(keyPem);
  const notBefore = new Date(now); // the example office has signed for a year before it was made
  notBefore.setUTCFullYear(now.getUTCFullYear() - 2);
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(now.getUTCFullYear() + YEARS);
  const order = { subject: SUBJECT, publicKey: createPublicKey(key), notBefore, notAfter };
  return new X509Certificate(issueCertificate(order, { subject: SUBJECT, key })).toString();
}
