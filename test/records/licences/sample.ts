import { spawnSync } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll } from 'vitest';
import type { LicencePayload } from '../../../src/records/licences/licence.ts';

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

/** How the name stands in a certificate; the last is CN with a serialNumber beside it in the same part. */
export type NameForm = 'UTF8String' | 'BMPString' | 'two values in one part';

/** A self-signed certificate, valid for the ten years about NOW. */
export function certificateFor(key: KeyObject, commonName: string, form: NameForm = 'UTF8String'): string {
  const { UTF8, BMPSTRING } = forge.asn1.Type;
  const forgeKey = forge.pki.privateKeyFromPem(key.export({ type: 'pkcs1', format: 'pem' }).toString());
  const certificate = forge.pki.createCertificate();
  // Forge keeps text for UTF8String as it is and encodes it when writing.
  const valueTagClass = form === 'BMPString' ? BMPSTRING : UTF8;
  const name = [{ name: 'commonName', value: commonName, valueTagClass }];
  certificate.publicKey = forge.pki.rsa.setPublicKey(forgeKey.n, forgeKey.e);
  certificate.serialNumber = '0123';
  certificate.validity.notBefore = new Date('2021-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2031-01-01T00:00:00Z');
  // @types/node-forge has no wider type than Class here; the value is the ASN.1 tag number.
  certificate.setSubject(name as unknown as forge.pki.CertificateField[]);
  certificate.setIssuer(name as unknown as forge.pki.CertificateField[]);
  certificate.sign(forgeKey, forge.md.sha256.create());
  if (form === 'two values in one part') {
    addValueToNames(certificate.tbsCertificate);
    const signed = forge.asn1.toDer(certificate.tbsCertificate).getBytes();
    certificate.signature = forgeKey.sign(forge.md.sha256.create().update(signed));
  }
  return forge.pki.certificateToPem(certificate);
}

/** Forge reads such names but has no way to write them. */
function addValueToNames(tbs: forge.asn1.Asn1): void {
  const { asn1 } = forge;
  const { OID, PRINTABLESTRING, SEQUENCE } = asn1.Type;
  const create = (type: forge.asn1.Type, constructed: boolean, value: string | forge.asn1.Asn1[]) =>
    asn1.create(asn1.Class.UNIVERSAL, type, constructed, value);
  const inside = (node?: forge.asn1.Asn1) => (Array.isArray(node?.value) ? node.value : []);
  const [, , , issuer, , subject] = inside(tbs);
  for (const name of [issuer, subject]) {
    const serialNumber = create(OID, false, asn1.oidToDer('2.5.4.5').getBytes());
    // First, since it is the shorter one, as DER sorts a SET.
    inside(inside(name)[0]).unshift(
      create(SEQUENCE, true, [serialNumber, create(PRINTABLESTRING, false, '7')]),
    );
  }
}
