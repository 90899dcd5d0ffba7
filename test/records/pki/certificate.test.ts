import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCertificate } from '../../../src/records/pki/certificate.ts';
import { showName } from '../../../src/records/pki/names.ts';
import { isSameName, namesAgency, parsePersonCn } from '../../../src/records/pki/rules.ts';
import { readSignedChallenge } from '../../../src/records/pki/signed-challenge.ts';
import { ec, makeAuthority, makePerson, personName, rsa } from './paper-pki.ts';

const ca = makeAuthority('CA131100001');
const key = ec();

function read(bytes: Buffer, name?: string) {
  const result = readCertificate(bytes, name);
  if (!result.ok) throw new Error(result.reason);
  return result.certificate;
}

describe('names', () => {
  test.each(['utf8', 'bmp'] as const)('%s strings are read, all OUs, most specific first', (as) => {
    const { der } = makePerson(ca, key, { subject: personName('001홍길동001', as) });
    const certificate = read(der);
    expect(certificate).toMatchObject({
      cn: '001홍길동001',
      ous: ['people', '행정안전부'],
      organisation: 'Government of Korea',
      issuerCn: 'CA131100001',
      policies: ['1.2.410.100001.2.2.1'],
      keyUsage: { signing: true, certificates: false, lists: false },
      ca: false,
    });
    expect(showName(certificate.subject)).toBe(
      'cn=001홍길동001,ou=people,ou=행정안전부,o=Government of Korea,c=KR',
    );
  });

  test('decomposed letters come out composed', () => {
    const { der } = makePerson(ca, key, { subject: personName('001홍길동001'.normalize('NFD')) });
    expect(read(der).cn).toBe('001홍길동001'.normalize('NFC'));
  });

  test('a comma in a name cannot pass for another part', () => {
    const { der } = makePerson(ca, key, { subject: [['cn', 'a,ou=행정안전부']] });
    expect(showName(read(der).subject)).toBe('cn=a\\,ou\\=행정안전부');
  });

  test.each([
    ['001홍길동001', { mark: '001', name: '홍길동', serial: '001' }],
    ['533남궁민수012', { mark: '533', name: '남궁민수', serial: '012' }],
    ['SVR1741000001', { mark: 'SVR', name: '1741000', serial: '001' }], // its policy tells it apart
    ['홍길동', null],
    ['001001', null],
  ])('the person’s CN %s', (cn, parts) => {
    expect(parsePersonCn(cn)).toEqual(parts);
  });

  test('people of one name have other serials and the same name', () => {
    expect(parsePersonCn('001홍길동002')).toEqual({ mark: '001', name: '홍길동', serial: '002' });
    expect(isSameName('홍길동', '홍길동'.normalize('NFD'))).toBe(true);
    expect(isSameName('남궁 민수', '남궁민수')).toBe(true);
    expect(isSameName('홍길동', '홍길순')).toBe(false);
    expect(isSameName('', '')).toBe(false);
  });

  test.each([
    [['people', '행정안전부'], '행정안전부', true],
    [['people', '수원시', '경기도'], '경기도 수원시', true],
    [['people', '수원시'], '경기도 수원시', false],
    [['people', '국세청'], '행정안전부', false],
    [[], '행정안전부', false],
  ])('%j names the agency %s: %s', (ous, agency, expected) => {
    expect(namesAgency(ous, agency)).toBe(expected);
  });
});

describe('forms of a file', () => {
  const { der, certificate } = makePerson(ca, key);
  const pem = certificate.x509.toString();
  test.each([
    ['DER', der],
    ['PEM', Buffer.from(pem)],
    [
      'PEM with Windows line ends and a byte order mark',
      Buffer.from(`\ufeff${pem.replaceAll('\n', '\r\n')}`),
    ],
    ['base64', Buffer.from(der.toString('base64'))],
    ['base64 in lines', Buffer.from(der.toString('base64').replace(/(.{64})/g, '$1\n'))],
  ])('%s', (_form, bytes) => {
    expect(read(bytes).fingerprint).toBe(certificate.fingerprint);
  });

  test('an EC key is told from an RSA key', () => {
    expect(read(der).x509.publicKey.asymmetricKeyType).toBe('ec');
    expect(read(makePerson(ca, rsa()).der).x509.publicKey.asymmetricKeyType).toBe('rsa');
  });

  test('anything else is no certificate, and nothing throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readCertificate(Buffer.from(bytes)).ok).toBe(false);
        expect(readSignedChallenge(Buffer.from(bytes)).ok).toBe(false);
      }),
    );
  });

  test('deep nesting is refused, not followed', () => {
    expect(readCertificate(Buffer.alloc(60_000, Buffer.from([0x30, 0x80]))).ok).toBe(false);
  });
});

describe('private keys are refused before anything else', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const elliptic = ec();
  const locked = { cipher: 'aes-256-cbc', passphrase: 'secret' };
  const shapes: [string, Buffer][] = [
    ['PKCS #8 PEM', Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }))],
    ['PKCS #8 DER', privateKey.export({ type: 'pkcs8', format: 'der' })],
    ['locked PKCS #8 PEM', Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem', ...locked }))],
    ['locked PKCS #8 DER', privateKey.export({ type: 'pkcs8', format: 'der', ...locked })],
    ['PKCS #1 DER', privateKey.export({ type: 'pkcs1', format: 'der' })],
    ['PKCS #1 PEM', Buffer.from(privateKey.export({ type: 'pkcs1', format: 'pem' }))],
    ['SEC 1 DER', elliptic.export({ type: 'sec1', format: 'der' })],
    [
      'PKCS #8 in base64',
      Buffer.from(privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')),
    ],
  ];

  test.each(shapes)('%s', (_shape, bytes) => {
    expect(readCertificate(bytes, 'harmless.cer')).toEqual({ ok: false, reason: 'PRIVATE_KEY' });
    expect(readSignedChallenge(bytes, 'harmless.p7m')).toEqual({ ok: false, reason: 'PRIVATE_KEY' });
  });

  test('a certificate and its key in one PEM', () => {
    const both = `${makePerson(ca, elliptic).certificate.x509}${elliptic.export({ type: 'pkcs8', format: 'pem' })}`;
    expect(readCertificate(Buffer.from(both))).toEqual({ ok: false, reason: 'PRIVATE_KEY' });
  });

  test.each(['001홍길동001_sig.key', '001홍길동001_ENV.KEY', 'cert.p12', 'cert.pfx', 'signPri.key'])(
    'by its name: %s',
    (name) => {
      expect(readCertificate(Buffer.from('whatever'), name)).toEqual({ ok: false, reason: 'PRIVATE_KEY' });
    },
  );

  test('a public key is none', () => {
    const bytes = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    expect(readCertificate(bytes)).toEqual({ ok: false, reason: 'NOT_A_CERTIFICATE' });
  });
});
