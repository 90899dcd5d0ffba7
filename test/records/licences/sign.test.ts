import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LicencePayload, licencePayload } from '../../../src/records/licences/licence.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { signLicence } from '../../../src/records/licences/sign.ts';
import { loadSigner, type Signer } from '../../../src/records/licences/signer.ts';
import { openLicence } from '../../../src/records/licences/verify.ts';
import { readCms } from '../../../src/records/pki/cms.ts';
import { canonicalJson } from '../../../src/store/canonical-json.ts';
import {
  certificateFor,
  hasOpenssl,
  type NameForm,
  NOW,
  openssl,
  samplePayload,
  temporaryDirectory,
} from './sample.ts';

const dir = temporaryDirectory();
let signer: Signer;

/** Named in Korean, as agencies are. */
function koreanSigner(form?: NameForm): Promise<Signer> {
  const certificateFile = join(dir, 'korean.pem');
  writeFileSync(certificateFile, certificateFor(signer.key, '한국지역정보개발원', form));
  return loadSigner({ keyFile: join(dir, 'licence-key.pem'), certificateFile });
}

beforeAll(async () => {
  signer = await makeLocalSigner(dir, NOW);
});

/** DER of the issuer of a version 3 certificate. */
function issuerOf(certificate: Buffer): Buffer {
  const [tbs] = forge.asn1.fromDer(certificate.toString('latin1')).value;
  const issuer = typeof tbs === 'object' ? tbs.value[3] : undefined;
  if (typeof issuer !== 'object') throw new Error('no issuer');
  return Buffer.from(forge.asn1.toDer(issuer).getBytes(), 'latin1');
}

const bmp = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** What node-forge makes of the same payload by itself: RSA, ASN.1 and all. */
function signedByForge(payload: LicencePayload): Buffer {
  const message = forge.pkcs7.createSignedData();
  message.content = forge.util.createBuffer(canonicalJson(payload), 'utf8');
  message.addCertificate(signer.certificatePem);
  message.addSigner({
    key: forge.pki.privateKeyFromPem(signer.key.export({ type: 'pkcs1', format: 'pem' }).toString()),
    certificate: signer.certificatePem,
    digestAlgorithm: forge.pki.oids.sha256 ?? '',
    authenticatedAttributes: [
      { type: forge.pki.oids.contentType ?? '', value: forge.pki.oids.data ?? '' },
      { type: forge.pki.oids.signingTime ?? '', value: payload.issuedAt },
      { type: forge.pki.oids.messageDigest ?? '' },
    ],
  });
  message.sign();
  return Buffer.from(forge.asn1.toDer(message.toAsn1()).getBytes(), 'binary');
}

const nameForms: [NameForm, string][] = [
  ['UTF8String', 'CN=한국지역정보개발원'],
  ['BMPString', 'CN=한국지역정보개발원'],
  ['two values in one part', 'serialNumber=7 + CN=한국지역정보개발원'],
];

describe('signLicence', () => {
  it('gives the same file as node-forge, to the byte', () => {
    for (const payload of [samplePayload(), samplePayload({ issuedAt: '2035-12-31T23:59:59Z' })]) {
      expect(signLicence(payload, signer).equals(signedByForge(payload))).toBe(true);
    }
  });

  it('carries the canonical JSON of the payload, and RSA with SHA-256 over the attributes', () => {
    const parts = readCms(signLicence(samplePayload(), signer));
    expect(parts.content.toString()).toBe(canonicalJson(samplePayload()));
    const publicKey = createPublicKey(signer.certificatePem);
    expect(verify('sha256', parts.signedAttributes, publicKey, parts.signature)).toBe(true);
    expect(parts.signature).toHaveLength(256);
  });

  it.each(nameForms)('carries the certificate as it is, and names it by its own bytes: %s', async (form) => {
    const korean = await koreanSigner(form);
    const file = signLicence(samplePayload(), korean);
    expect(file.includes(korean.certificate)).toBe(true);
    const issuer = issuerOf(korean.certificate);
    expect(issuer.includes(form === 'BMPString' ? bmp('한국') : '한국')).toBe(true);
    // Issuer and subject of the certificate, and the name of the signer.
    expect(file.toString('latin1').split(issuer.toString('latin1'))).toHaveLength(4);
  });

  it('gives the same bytes again, whatever the order of the keys', () => {
    const reversed = Object.fromEntries(Object.entries(samplePayload()).reverse()) as LicencePayload;
    expect(signLicence(reversed, signer).equals(signLicence(samplePayload(), signer))).toBe(true);
  });

  it('takes a part of a host that is undefined for not given', () => {
    const gaps = samplePayload({ hosts: [{ ip: ['10.0.0.1'], mac: undefined, domain: undefined }] });
    const opened = openLicence(signLicence(gaps, signer), [signer.certificatePem]);
    expect(opened).toMatchObject({ ok: true, payload: { hosts: [{ ip: ['10.0.0.1'] }] } });
  });

  it('signs the largest payload there can be so that it opens, in base64 too', () => {
    // A control character is six bytes of JSON: no text takes more.
    const longest = '\u0001'.repeat(300);
    const ip = Array.from({ length: 64 }, (_, i) => `2001:0db8:1111:2222:3333:4444:255.255.255.${100 + i}`);
    const hosts = Array.from({ length: 64 }, () => ({ ip, host: longest, mac: longest, domain: longest }));
    const file = signLicence(samplePayload({ hosts, filing: longest }), signer);
    const text = Buffer.from(file.toString('base64').replace(/.{64}/g, '$&\r\n'));
    expect(openLicence(text, [signer.certificatePem])).toMatchObject({ ok: true, payload: { hosts } });
    expect(licencePayload.safeParse(samplePayload({ hosts: [...hosts, { ip }] })).success).toBe(false);
    expect(licencePayload.safeParse(samplePayload({ hosts: [{ ip: [...ip, '::1'] }] })).success).toBe(false);
    expect(licencePayload.safeParse(samplePayload({ hosts: [{ host: `${longest}x` }] })).success).toBe(false);
  });

  it('refuses what is no payload, and a day on which the certificate does not hold', () => {
    expect(() => signLicence(samplePayload({ hosts: [] }), signer)).toThrow('hosts');
    const late = samplePayload({ issuedAt: '2036-03-03T00:00:00Z' });
    expect(() => signLicence(late, signer)).toThrow(expect.objectContaining({ code: 'CERTIFICATE_EXPIRED' }));
    const early = samplePayload({ issuedAt: '2024-03-01T00:00:00Z' });
    expect(() => signLicence(early, signer)).toThrow(
      expect.objectContaining({ code: 'CERTIFICATE_NOT_YET_VALID' }),
    );
  });
});

describe.skipIf(!hasOpenssl)('openssl cms -verify', () => {
  function verifyWithOpenssl(file: Buffer, certificatePem: string, at = NOW): string {
    const licence = join(dir, 'x.lic');
    const trusted = join(dir, 'trusted.pem');
    writeFileSync(licence, file);
    writeFileSync(trusted, certificatePem);
    const paths = ['-in', licence, '-CAfile', trusted, '-attime', String(Math.ceil(at.getTime() / 1000))];
    return openssl('cms', '-verify', '-binary', '-inform', 'DER', ...paths).toString();
  }

  it('takes the file and gives back the payload', () => {
    const content = verifyWithOpenssl(signLicence(samplePayload(), signer), signer.certificatePem);
    expect(JSON.parse(content)).toEqual(samplePayload());
  });

  it.each(nameForms)('takes it from a signer with a Korean name, %s', async (form, subject) => {
    const korean = await koreanSigner(form);
    expect(korean.subject).toBe(subject);
    const file = signLicence(samplePayload(), korean);
    expect(verifyWithOpenssl(file, korean.certificatePem)).toBe(canonicalJson(samplePayload()));
    expect(openLicence(file, [korean.certificatePem])).toMatchObject({ ok: true, payload: samplePayload() });
  });

  it('takes it with a certificate issued by an ECDSA key', async () => {
    const path = (name: string) => join(dir, name);
    const keyFile = path('licence-key.pem');
    const certificateFile = path('under-ec.pem');
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', path('ec.key'));
    openssl('req', '-x509', '-new', '-key', path('ec.key'), '-subj', '/CN=CA', '-out', path('ec.pem'));
    openssl('req', '-new', '-key', keyFile, '-subj', '/CN=Signer', '-out', path('under-ec.csr'));
    const issuer = ['-CA', path('ec.pem'), '-CAkey', path('ec.key'), '-CAcreateserial'];
    openssl('x509', '-req', '-in', path('under-ec.csr'), ...issuer, '-out', certificateFile);
    const { validFrom } = new X509Certificate(readFileSync(certificateFile));
    const today = new Date(validFrom);
    const underEc = await loadSigner({ keyFile, certificateFile });
    const payload = samplePayload({ issuedAt: today.toISOString() });
    const file = signLicence(payload, underEc);
    expect(verifyWithOpenssl(file, readFileSync(path('ec.pem'), 'utf8'), today)).toBe(canonicalJson(payload));
    expect(openLicence(file, [underEc.certificatePem]).ok).toBe(true);
  });

  it('writes times from 2050 on so that openssl reads them', () => {
    const long = { ...signer, notAfter: new Date('2060-01-01T00:00:00Z') };
    const file = signLicence(samplePayload({ issuedAt: '2050-01-01T00:00:00Z' }), long);
    const printed = join(dir, '2050.lic');
    writeFileSync(printed, file);
    expect(openssl('cms', '-cmsout', '-print', '-inform', 'DER', '-in', printed).toString()).toContain(
      'GENERALIZEDTIME:Jan  1 00:00:00 2050 GMT',
    );
    expect(openLicence(file, [signer.certificatePem]).ok).toBe(true);
  });

  it('refuses an altered file and a foreign signer, as openLicence does', async () => {
    const korean = await koreanSigner();
    const file = signLicence(samplePayload(), signer);
    const altered = Buffer.from(file);
    altered.write('9', file.indexOf('10.1.2.3'));
    expect(() => verifyWithOpenssl(altered, signer.certificatePem)).toThrow(
      /digest failure|verification failure/,
    );
    expect(() => verifyWithOpenssl(file, korean.certificatePem)).toThrow(/certificate verify error/);
  });
});
