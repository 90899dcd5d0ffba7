import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildChain } from '../../../src/records/pki/chain.ts';
import { judgeCertificate, type Trust } from '../../../src/records/pki/judge.ts';
import { readSignedChallenge, verifySignature } from '../../../src/records/pki/signed-challenge.ts';
import { runs } from '../../runs.ts';
import {
  caName,
  day,
  ec,
  type Holder,
  listOf,
  makeAuthority,
  makePerson,
  NOW,
  personName,
  rsa,
  signContent,
  sourceOf,
  trustIn,
} from './paper-pki.ts';

const root = makeAuthority('GPKIRootCA1');
const ca = makeAuthority('CA131100001', root);
const key = rsa();
const lists = sourceOf([listOf(root), listOf(ca)]);
const TEXT = 'bogeup-challenge/1 account=U1 until=x nonce=y';
const asked = { text: TEXT, expiresAt: day(1), usedAt: null };

function judge(file: Buffer, trust: Trust = trustIn([root, ca], lists), name = '홍길동') {
  return judgeCertificate({ file, fileName: '', challenges: [asked], name }, trust, NOW);
}
const judged = (holder: Holder, trust?: Trust) => judge(signContent(holder, TEXT), trust);
const hong = makePerson(ca, key);

test('the right certificate gives its facts', async () => {
  expect(await judged(hong)).toMatchObject({
    ok: true,
    path: 'online',
    challenge: TEXT,
    person: { cn: '001홍길동001', name: '홍길동', nameSerial: '001', policy: '1.2.410.100001.2.2.1' },
  });
});

test('BMPString and decomposed names are the same person', async () => {
  const bmp = makePerson(ca, key, { subject: personName('001홍길동007', 'bmp') });
  expect(await judged(bmp)).toMatchObject({ ok: true, person: { name: '홍길동', nameSerial: '007' } });
  const nfd = makePerson(ca, key, { subject: personName('001홍길동001'.normalize('NFD')) });
  expect(await judged(nfd)).toMatchObject({ ok: true, person: { name: '홍길동' } });
  expect(await judge(signContent(hong, TEXT), undefined, '홍길동'.normalize('NFD'))).toMatchObject({
    ok: true,
  });
});

describe('test CAs', () => {
  const testRoot = makeAuthority('GPKIRootCA1T');
  const testCa = makeAuthority('CA131100001T', testRoot);
  const crls = sourceOf([listOf(testRoot), listOf(testCa)]);
  const rules = { issuers: ['CA131100001T'] };
  test('count in local mode only, whatever the store and the issuers say', async () => {
    const holder = makePerson(testCa, key);
    const store = [testRoot, testCa];
    expect(await judged(holder, trustIn(store, crls, { ...rules, testCas: true }))).toMatchObject({
      ok: true,
    });
    expect(await judged(holder, trustIn(store, crls, rules))).toMatchObject({ reason: 'TEST_CA' });
  });

  test('also above an issuer with a common name', async () => {
    const quiet = makeAuthority('CA131100001', testRoot);
    const trust = trustIn([testRoot, quiet], sourceOf([listOf(testRoot), listOf(quiet)]));
    expect(await judged(makePerson(quiet, key), trust)).toMatchObject({ reason: 'TEST_CA' });
  });
});

describe('revocation above the person', () => {
  test('a revoked CA vouches for nobody', async () => {
    const revoked = [{ serial: ca.certificate.x509.serialNumber, at: day(-1) }];
    const trust = trustIn([root, ca], sourceOf([listOf(root, { revoked }), listOf(ca)]));
    expect(await judged(hong, trust)).toMatchObject({ reason: 'REVOKED' });
  });

  test('a CA whose list is missing is not believed, unless it is itself the end of the chain', async () => {
    const crls = sourceOf([listOf(ca)]);
    expect(await judged(hong, trustIn([root, ca], crls))).toMatchObject({ reason: 'REVOCATION_UNKNOWN' });
    expect(await judged(hong, trustIn([ca], crls))).toMatchObject({ ok: true });
  });
});

describe('chains', () => {
  const chain = (holder: Holder, store: (typeof root)[], embedded: (typeof root)[] = []) =>
    buildChain(
      holder.certificate,
      embedded.map(({ certificate }) => certificate),
      store.map(({ certificate }) => certificate),
      NOW,
    )?.map(({ cn }) => cn) ?? null;

  test('an intermediate may come with the signature; an anchor may not', () => {
    expect(chain(hong, [root], [ca])).toEqual(['001홍길동001', 'CA131100001', 'GPKIRootCA1']);
    expect(chain(hong, [], [ca, root])).toBeNull();
    expect(chain(hong, [root])).toBeNull();
  });

  test('an impostor with the names of the real ones leads nowhere', () => {
    const fakeRoot = makeAuthority('GPKIRootCA1');
    const fakeCa = makeAuthority('CA131100001', fakeRoot);
    expect(chain(makePerson(fakeCa, key), [root, ca], [fakeCa, fakeRoot])).toBeNull();
  });

  test('a person’s certificate issues nothing', () => {
    const person = ec();
    const holder = makePerson(ca, person, { subject: caName('CA131100001') });
    const forged = makePerson({ subject: caName('CA131100001'), key: person }, key);
    expect(buildChain(forged.certificate, [holder.certificate], [root.certificate], NOW)).toBeNull();
  });

  test('a CA that ran out issues nothing', () => {
    const old = makeAuthority('CA131100001', root, { notAfter: day(-1) });
    expect(chain(makePerson(old, key), [root, old])).toBeNull();
  });

  test('the person’s own certificate in the store is no anchor', () => {
    expect(buildChain(hong.certificate, [], [hong.certificate], NOW)).toBeNull();
  });
});

test('a weak key is named as such', async () => {
  const { generateKeyPairSync } = await import('node:crypto');
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  expect(await judged(makePerson(ca, weak))).toMatchObject({ reason: 'UNSUPPORTED_KEY' });
});

test('a signature without the certificate cannot be judged', () => {
  expect(readSignedChallenge(Buffer.from('MAMCAQE=', 'base64'))).toEqual({
    ok: false,
    reason: 'NOT_A_SIGNATURE',
  });
});

describe('no flipped bit anywhere in the file verifies', () => {
  const file = signContent(hong, TEXT);
  const trust = trustIn([root, ca], lists);
  test('the file itself does', async () => {
    expect(await judge(file, trust)).toMatchObject({ ok: true });
  });

  test('every bit may be flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (place, bit) => {
        const bytes = Buffer.from(file);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        expect(await judge(bytes, trust)).toMatchObject({ ok: false });
      }),
      { numRuns: runs(150, 1500) },
    );
  });

  test('a file cut short or with something after it does not', async () => {
    fc.assert(
      fc.property(fc.nat(file.length - 1), (length) => {
        expect(readSignedChallenge(file.subarray(0, length)).ok).toBe(false);
      }),
    );
    expect(readSignedChallenge(Buffer.concat([file, Buffer.from([0])])).ok).toBe(false);
  });

  test('nor does any other content', () => {
    const read = readSignedChallenge(file);
    if (!read.ok) throw new Error(read.reason);
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(verifySignature(read.signed, Buffer.from(text))).toBe(text === TEXT);
      }),
    );
  });
});
