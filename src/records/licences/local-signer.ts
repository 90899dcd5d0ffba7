import { createPrivateKey, generateKeyPair, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import forge from 'node-forge';
import { makeOnce } from '../../store/make-once.ts';
import { loadSigner, type Signer } from './signer.ts';

const YEARS = 10;
const SUBJECT = [{ name: 'commonName', value: 'Bogeup Local Licence Signer' }];

/**
 * The signer of local mode: an RSA-2048 key and a self-signed certificate, made under `dir` at the first call and
 * the same ever after. Several processes may call at once, and one may die at any point: each file appears whole
 * or not at all, the first one made stays, and everybody uses what stands on the disk.
 *
 * @returns the signer from `licence-key.pem` (mode 0600) and `licence-cert.pem` (to be handed to whoever verifies).
 * @throws SignerError when the files are there but of no use; Error of node:fs when `dir` cannot be written.
 */
export async function makeLocalSigner(dir: string, now: Date): Promise<Signer> {
  const keyFile = join(dir, 'licence-key.pem');
  const certificateFile = join(dir, 'licence-cert.pem');
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await makeOnce(keyFile, 0o600, newKeyPem);
  await makeOnce(certificateFile, 0o644, async () => selfSign(await readFile(keyFile, 'utf8'), now));
  return loadSigner({ keyFile, certificateFile }, now);
}

async function newKeyPem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function selfSign(keyPem: string, now: Date): string {
  // PKCS #1, since forge reads no other shape of key; one signature by forge itself takes some 25 ms.
  const key = forge.pki.privateKeyFromPem(
    createPrivateKey(keyPem).export({ type: 'pkcs1', format: 'pem' }).toString(),
  );
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.rsa.setPublicKey(key.n, key.e);
  // A leading 01 keeps the serial number positive and of one length.
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  certificate.validity.notBefore = new Date(now); // the example office has signed for a year before it was made
  certificate.validity.notBefore.setUTCFullYear(now.getUTCFullYear() - 2);
  certificate.validity.notAfter = new Date(now);
  certificate.validity.notAfter.setUTCFullYear(now.getUTCFullYear() + YEARS);
  certificate.setSubject(SUBJECT);
  certificate.setIssuer(SUBJECT);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(key, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
