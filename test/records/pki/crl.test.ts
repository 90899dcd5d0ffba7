import { describe, expect, test } from 'vitest';
import type { CertificateOrder } from '../../../src/records/pki/issue-certificate.ts';
import { checkRevocation } from '../../../src/records/pki/revocation.ts';
import { day, ec, listOf, makeAuthority, makePerson, NOW, sourceOf } from './paper-pki.ts';

const ca = makeAuthority('CA131100001');
const other = makeAuthority('CA131100002');
/** Same name, another key. */
const impostor = makeAuthority('CA131100001');
const URL_1 = 'http://crl.example.go.kr/1.crl';
const SERIAL = '0123456789abcdef';
const person = (order: Partial<CertificateOrder> = {}) =>
  makePerson(ca, ec(), { serial: SERIAL, crl: URL_1, ...order }).certificate;
const mine = [{ serial: SERIAL, at: day(-2) }];
const pem = (der: Buffer) =>
  Buffer.from(`-----BEGIN X509 CRL-----\n${der.toString('base64')}\n-----END X509 CRL-----\n`);

const check = (local: Buffer[], web: Record<string, Buffer | null> = {}, certificate = person()) =>
  checkRevocation(certificate, ca.certificate, sourceOf(local, web), NOW);
const ldapOnly = person({ crl: 'ldap://cen.dir.go.kr:389/cn=crl1' });

describe('a list of the issuer, in force', () => {
  test.each([
    ['DER', listOf(ca)],
    ['PEM', pem(listOf(ca))],
    ['one that names others', listOf(ca, { revoked: [{ serial: '0A', at: day(-2) }] })],
    ['one of this certificate’s address', listOf(ca, { point: URL_1 })],
  ])('%s says good', async (_what, list) => {
    expect(await check([list])).toEqual({ state: 'good' });
  });

  test('says revoked, and since when', async () => {
    const at = new Date(Math.floor(day(-2).getTime() / 1000) * 1000);
    expect(await check([listOf(ca, { revoked: mine })])).toEqual({ state: 'revoked', at });
    expect(await check([pem(listOf(ca, { revoked: mine }))])).toMatchObject({ state: 'revoked' });
  });

  test('revoked in one of two is revoked', async () => {
    expect(await check([listOf(ca), listOf(ca, { revoked: mine })])).toMatchObject({ state: 'revoked' });
  });

  test('leading zeros of a serial number do not hide it', async () => {
    const list = listOf(ca, { revoked: [{ serial: `00${SERIAL}`, at: day(-2) }] });
    expect(await check([list])).toMatchObject({ state: 'revoked' });
  });
});

describe('what says nothing is not taken for good', () => {
  const altered = listOf(ca);
  altered[altered.length - 5] = (altered.at(-5) ?? 0) ^ 1;
  test.each<[string, Buffer[], RegExp]>([
    ['no list at all', [], /폐지 목록\(CRL\)이 없습니다/],
    ['rubbish', [Buffer.from('0garbage'), Buffer.from('read me')], /없습니다/],
    ['one that ran out', [listOf(ca, { nextUpdate: day(-0.1) })], /유효기간이 지났습니다/],
    ['one from the future', [listOf(ca, { thisUpdate: day(0.2) })], /발행일이 앞날/],
    ['one of another CA', [listOf(other)], /없습니다/],
    ['one signed by an impostor', [listOf(impostor)], /서명이 발급기관의 것이 아닙니다/],
    ['an altered one', [altered], /서명이 발급기관의 것이 아닙니다/],
    ['one of another address', [listOf(ca, { point: 'http://crl.example.go.kr/2.crl' })], /없습니다/],
  ])('%s', async (_what, lists, why) => {
    expect(await check(lists, {}, ldapOnly)).toEqual({
      state: 'unknown',
      why: expect.stringMatching(why),
    });
  });

  test('a list that ran out still condemns nobody and absolves nobody', async () => {
    expect(await check([listOf(ca, { nextUpdate: day(-0.1), revoked: mine })])).toMatchObject({
      state: 'unknown',
    });
  });
});

describe('the address in the certificate', () => {
  test('is asked when the folder has nothing', async () => {
    expect(await check([], { [URL_1]: listOf(ca) })).toEqual({ state: 'good' });
    expect(await check([], { [URL_1]: listOf(ca, { revoked: mine }) })).toMatchObject({ state: 'revoked' });
  });

  test('that does not answer leaves it unknown', async () => {
    expect(await check([])).toMatchObject({ state: 'unknown' });
    expect(await check([], { [URL_1]: null })).toMatchObject({
      why: expect.stringContaining('연결하지 못했습니다'),
    });
  });

  test('that answers with a page leaves it unknown', async () => {
    expect(await check([], { [URL_1]: Buffer.from('<html>') })).toMatchObject({ state: 'unknown' });
  });

  test('of another kind than http is not asked', async () => {
    const asked: string[] = [];
    const source = {
      local: async () => [],
      fetch: async (url: string) => {
        asked.push(url);
        return null;
      },
    };
    expect(await checkRevocation(ldapOnly, ca.certificate, source, NOW)).toMatchObject({
      state: 'unknown',
    });
    expect(asked).toEqual([]);
  });
});
