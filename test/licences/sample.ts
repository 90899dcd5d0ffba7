import { spawnSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll } from 'vitest';
import type { LicencePayload } from '../../src/licences/licence.ts';

export const NOW = new Date('2026-03-02T01:23:45.678Z');

/** A temporary licence; what is given replaces. */
export function samplePayload(change: Partial<LicencePayload> = {}): LicencePayload {
  const payload = {
    format: 'bogeup-licence/1',
    number: 'TEMP-2026-000123',
    kind: 'TEMPORARY',
    system: { id: '42', name: '서울특별시 온나라 시스템' },
    agency: { code: '6110000', name: '서울특별시' },
    hosts: [
      { ip: ['10.1.2.3', '2001:db8::1'], host: 'was01', mac: '00:1A:2B:3C:4D:5E', domain: 'was.seoul.go.kr' },
      { ip: ['10.1.2.4'], host: 'was02', mac: '00:1A:2B:3C:4D:5F', domain: 'was.seoul.go.kr' },
    ],
    module: { name: 'GPKI 표준API', version: '1.5.1.0', language: 'Java', os: 'Linux', bits: 64 },
    issuedAt: NOW.toISOString(),
    expiresOn: '2026-05-02',
    filing: 'A-2026-0007',
    revision: 1,
    previous: null,
    ...change,
  };
  return payload as LicencePayload;
}

const directories: string[] = [];

afterAll(() => {
  for (const dir of directories) rmSync(dir, { recursive: true, force: true });
});

/** An empty directory, gone when the test file that imports this has ended. */
export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'bogeup-licence-'));
  directories.push(dir);
  return dir;
}

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** @throws Error with openssl's own words when it fails. */
export function openssl(...args: string[]): Buffer {
  const { status, stdout, stderr } = spawnSync('openssl', args);
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** A self-signed certificate with a UTF8String name, valid for the ten years about NOW. */
export function certificateFor(key: KeyObject, commonName: string): string {
  const forgeKey = forge.pki.privateKeyFromPem(key.export({ type: 'pkcs1', format: 'pem' }).toString());
  const certificate = forge.pki.createCertificate();
  // Forge keeps text for UTF8String as it is and encodes it when writing.
  const name = [{ name: 'commonName', value: commonName, valueTagClass: forge.asn1.Type.UTF8 }];
  certificate.publicKey = forge.pki.rsa.setPublicKey(forgeKey.n, forgeKey.e);
  certificate.serialNumber = '0123';
  certificate.validity.notBefore = new Date('2021-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2031-01-01T00:00:00Z');
  // @types/node-forge has no wider type than Class here; the value is the ASN.1 tag number.
  certificate.setSubject(name as unknown as forge.pki.CertificateField[]);
  certificate.setIssuer(name as unknown as forge.pki.CertificateField[]);
  certificate.sign(forgeKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
