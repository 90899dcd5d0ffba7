import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchHost, normaliseIp, normaliseMac } from '../../../src/records/licences/hosts.ts';

describe('normaliseIp', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    [' 10.0.0.1 ', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:0a00:0001', '10.0.0.1'],
    ['2001:0DB8:0:0::1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])('%j is %j', (text, ip) => {
    expect(normaliseIp(text)).toBe(ip);
  });

  it.each(['', '10.1', '010.0.0.1', '0x7f.0.0.1', '10.0.0.256', '10.0.0.1/24', 'was01', '::1::', '12345'])(
    '%j is no address',
    (text) => {
      expect(normaliseIp(text)).toBeNull();
    },
  );

  it('gives every spelling of an IPv6 address one form', () => {
    fc.assert(
      fc.property(fc.ipV6(), (ip) => {
        const normal = normaliseIp(ip);
        expect(normaliseIp(ip.toUpperCase())).toBe(normal);
        expect(normal && normaliseIp(normal)).toBe(normal);
      }),
    );
  });
});

describe('normaliseMac', () => {
  it.each(['00:1A:2B:3C:4D:5E', '00-1a-2b-3c-4d-5e', '001a.2b3c.4d5e', '001A2B3C4D5E'])('%s', (text) => {
    expect(normaliseMac(text)).toBe('001a2b3c4d5e');
  });

  it.each(['test', '00:1A:2B:3C:4D', '00:1A:2B:3C:4D:5G', ''])('%j is none', (text) => {
    expect(normaliseMac(text)).toBeNull();
  });
});

describe('matchHost', () => {
  const bound = [
    { ip: ['10.1.2.3', '2001:db8::1'], host: 'was01', mac: '00:1A:2B:3C:4D:5E', domain: 'was.seoul.go.kr' },
    { ip: ['10.1.2.4'], host: 'was02', mac: 'test' },
  ];

  it.each([
    ['one of the addresses', { ip: ['192.168.0.9', '2001:DB8:0::1'] }],
    ['MAC in another spelling', { mac: ['00-1a-2b-3c-4d-5e'] }],
    ['host name in other case', { host: 'WAS01' }],
    ['domain in other case and with a root dot', { domain: 'WAS.seoul.go.kr.' }],
    ['all parts', { ip: ['10.1.2.3'], host: 'was01', mac: ['001a2b3c4d5e'], domain: 'was.seoul.go.kr' }],
    ['the second server', { ip: ['10.1.2.4'], host: 'was02' }],
    ['a part that the licence does not bind', { ip: ['10.1.2.4'], domain: 'elsewhere.go.kr' }],
    ['a placeholder', { mac: ['TEST'] }],
  ])('fits by %s', (_name, observed) => {
    expect(matchHost(bound, observed)).toBe('MATCH');
  });

  it.each([
    ['another address', { ip: ['10.1.2.5'] }],
    ['the right address with the wrong card', { ip: ['10.1.2.3'], mac: ['00:00:00:00:00:01'] }],
    ['parts of two servers mixed', { ip: ['10.1.2.3'], host: 'was02' }],
    ['an address that only begins alike', { ip: ['10.1.2.30'] }],
  ])('does not fit: %s', (_name, observed) => {
    expect(matchHost(bound, observed)).toBe('MISMATCH');
  });

  it('says so when there is nothing to compare', () => {
    expect(matchHost(bound, {})).toBe('NOTHING_TO_COMPARE');
    expect(matchHost(bound, { ip: [] })).toBe('NOTHING_TO_COMPARE');
    expect(matchHost([{ mac: 'test' }], { ip: ['10.1.2.3'] })).toBe('NOTHING_TO_COMPARE');
  });

  it('knows a Korean domain by either of its names', () => {
    expect(matchHost([{ domain: '서울.한국' }], { domain: 'XN--2I4BQ6H.xn--3e0b707e' })).toBe('MATCH');
    expect(matchHost([{ domain: '서울.한국' }], { domain: '서울.한국'.normalize('NFD') })).toBe('MATCH');
    expect(matchHost([{ domain: '서울.한국' }], { domain: '부산.한국' })).toBe('MISMATCH');
  });
});
