import { spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { assertInForce, loadSigner, type SignerErrorCode } from '../../../src/records/licences/signer.ts';
import { certificateFor, NOW, temporaryDirectory } from './sample.ts';

const dir = temporaryDirectory();
const path = (name: string) => join(dir, name);
const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
const plainPem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' });

/** The middle of an encrypted key with the algorithm of the Korean norm, SEED-CBC, put in by its OID. */
const seedKey = [
  '-----BEGIN ENCRYPTED PRIVATE KEY-----',
  Buffer.from(
    '3050304a06092a864886f70d01050d303d301b06092a864886f70d01050c300e0408000102030405060702020800301e' +
      '06082a831a8c9a4401040410000102030405060708090a0b0c0d0e0f04020000',
    'hex',
  ).toString('base64'),
  '-----END ENCRYPTED PRIVATE KEY-----',
].join('\n');

beforeAll(() => {
  const key = rsa(2048);
  writeFileSync(path('key.pem'), plainPem(key));
  writeFileSync(path('pkcs1.pem'), key.export({ type: 'pkcs1', format: 'pem' }));
  const locked = { cipher: 'aes-256-cbc', passphrase: '비밀 번호' };
  writeFileSync(path('locked.pem'), key.export({ type: 'pkcs8', format: 'pem', ...locked }));
  writeFileSync(path('cert.pem'), certificateFor(key, 'Signer'));
  writeFileSync(path('other.pem'), certificateFor(rsa(2048), 'Other'));
  writeFileSync(path('ec.pem'), plainPem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey));
  const weak = rsa(1024);
  writeFileSync(path('weak.pem'), plainPem(weak));
  writeFileSync(path('weak-cert.pem'), certificateFor(weak, 'Weak'));
  writeFileSync(path('seed.pem'), seedKey);
  writeFileSync(path('rubbish.pem'), 'rubbish');
});

describe('loadSigner', () => {
  const load = (key: string, certificate: string, passphrase?: string) =>
    loadSigner({ keyFile: path(key), certificateFile: path(certificate), passphrase });

  it.each([
    ['key.pem', undefined],
    ['pkcs1.pem', undefined],
    ['key.pem', 'not needed'],
    ['locked.pem', '비밀 번호'],
  ])('reads %s (passphrase: %s)', async (key, passphrase) => {
    const signer = await load(key, 'cert.pem', passphrase);
    const x509 = new X509Certificate(readFileSync(path('cert.pem')));
    expect(signer).toMatchObject({ subject: 'CN=Signer', fingerprint: x509.fingerprint256 });
    expect(signer.notAfter.toISOString()).toBe('2031-01-01T00:00:00.000Z');
    expect(signer.certificate.equals(x509.raw)).toBe(true);
  });

  it.each<[SignerErrorCode, string, string, string | undefined, string]>([
    ['FILE_MISSING', 'none.pem', 'cert.pem', undefined, 'none.pem'],
    ['FILE_MISSING', 'key.pem', 'none.pem', undefined, 'none.pem'],
    ['FILE_UNREADABLE', '.', 'cert.pem', undefined, dir],
    ['KEY_UNREADABLE', 'rubbish.pem', 'cert.pem', undefined, 'rubbish.pem'],
    ['KEY_UNREADABLE', 'cert.pem', 'cert.pem', undefined, 'cert.pem'],
    ['KEY_UNREADABLE', 'seed.pem', 'cert.pem', 'any', 'SEED'],
    ['CERTIFICATE_UNREADABLE', 'key.pem', 'rubbish.pem', undefined, 'rubbish.pem'],
    ['CERTIFICATE_UNREADABLE', 'key.pem', 'key.pem', undefined, 'key.pem'],
    ['PASSPHRASE_MISSING', 'locked.pem', 'cert.pem', undefined, 'LICENCE_KEY_PASSPHRASE'],
    ['PASSPHRASE_WRONG', 'locked.pem', 'cert.pem', 'wrong', 'locked.pem'],
    ['PASSPHRASE_WRONG', 'locked.pem', 'cert.pem', '', 'locked.pem'],
    ['KEY_TOO_WEAK', 'weak.pem', 'weak-cert.pem', undefined, '2048'],
    ['KEY_TOO_WEAK', 'ec.pem', 'cert.pem', undefined, 'ec.pem'],
    ['KEY_NOT_OF_CERTIFICATE', 'key.pem', 'other.pem', undefined, 'other.pem'],
  ])('%s: key %s, certificate %s, passphrase %s', async (code, key, certificate, passphrase, told) => {
    const refusal = load(key, certificate, passphrase);
    await expect(refusal).rejects.toMatchObject({ name: 'SignerError', code });
    await expect(refusal).rejects.toThrow(told);
  });

  it('tells whether the certificate holds at an instant', async () => {
    const signer = await load('key.pem', 'cert.pem');
    const look = (now: string) => () => assertInForce(signer, new Date(now));
    expect(look('2020-12-31T23:59:59Z')).toThrow(
      expect.objectContaining({ code: 'CERTIFICATE_NOT_YET_VALID' }),
    );
    expect(look('2031-01-01T00:00:01Z')).toThrow(expect.objectContaining({ code: 'CERTIFICATE_EXPIRED' }));
    expect(look('2030-12-31T00:00:00Z')).not.toThrow();
  });

  it('tells every wrong passphrase, also one that seems to decrypt', async () => {
    // About one wrong passphrase in 256 leaves valid padding and fails only when the rubbish is parsed.
    const codes = new Set<unknown>();
    const key = generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
    const locked = { cipher: 'des-ede3-cbc', passphrase: 'right' };
    writeFileSync(path('small.pem'), key.export({ type: 'pkcs1', format: 'pem', ...locked }));
    for (let i = 0; i < 1500; i++) {
      await load('small.pem', 'cert.pem', `wrong ${i}`).catch((error: { code?: unknown }) =>
        codes.add(error.code),
      );
    }
    expect([...codes]).toEqual(['PASSPHRASE_WRONG']);
  });
});

describe('makeLocalSigner', () => {
  it('makes a key that only its owner reads, and a certificate for ten years, and for the two before', async () => {
    const fresh = join(temporaryDirectory(), 'keys');
    const signer = await makeLocalSigner(fresh, NOW);
    expect(signer.subject).toBe('CN=Bogeup Local Licence Signer');
    expect([signer.notBefore, signer.notAfter].map((at) => at.toISOString().slice(0, 10))).toEqual([
      '2024-03-02',
      '2036-03-02',
    ]);
    expect(signer.key.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(readdirSync(fresh).sort()).toEqual(['licence-cert.pem', 'licence-key.pem']);
    expect(statSync(join(fresh, 'licence-key.pem')).mode & 0o777).toBe(0o600);
    expect(statSync(fresh).mode & 0o777).toBe(0o700);
  });

  it('is the same at every start', async () => {
    const first = await makeLocalSigner(dir, NOW);
    const later = await makeLocalSigner(dir, new Date('2027-01-01T00:00:00Z'));
    expect(later.fingerprint).toBe(first.fingerprint);
    expect(later.key.equals(first.key)).toBe(true);
  });

  it('goes on where a process died: the key was made, the certificate was not', async () => {
    const { key } = await makeLocalSigner(dir, NOW);
    rmSync(path('licence-cert.pem'));
    const again = await makeLocalSigner(dir, NOW);
    expect(again.key.equals(key)).toBe(true);
  });

  it('refuses a key that does not fit, rather than make another', async () => {
    const spoilt = temporaryDirectory();
    await makeLocalSigner(spoilt, NOW);
    writeFileSync(join(spoilt, 'licence-key.pem'), plainPem(rsa(2048)));
    await expect(makeLocalSigner(spoilt, NOW)).rejects.toMatchObject({ code: 'KEY_NOT_OF_CERTIFICATE' });
  });

  it('comes to one signer when called several times at once', async () => {
    const shared = join(temporaryDirectory(), 'keys');
    const signers = await Promise.all(Array.from({ length: 4 }, () => makeLocalSigner(shared, NOW)));
    expect(new Set(signers.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(readdirSync(shared)).toHaveLength(2);
  });

  it('comes to one signer when several processes start at once', async () => {
    const shared = join(temporaryDirectory(), 'keys');
    const module = new URL('../../../src/records/licences/local-signer.ts', import.meta.url).href;
    const script =
      `const { makeLocalSigner } = await import(${JSON.stringify(module)});` +
      `console.log((await makeLocalSigner(${JSON.stringify(shared)}, new Date(${NOW.getTime()}))).fingerprint);`;
    const start = async () => {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
      let printed = '';
      child.stdout.on('data', (chunk) => (printed += chunk));
      child.stderr.on('data', (chunk) => (printed += chunk));
      await once(child, 'close');
      return printed.trim();
    };
    const [one, ...others] = await Promise.all([start(), start(), start()]);
    expect(one).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(others).toEqual([one, one]);
    expect(readdirSync(shared)).toHaveLength(2);
  });
});
