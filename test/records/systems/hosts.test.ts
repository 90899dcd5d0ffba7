import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classifyIp,
  MAX_ADDRESSES,
  parseHostName,
  parseIpList,
  parseMac,
} from '../../../src/records/systems/hosts.ts';

function addressesOf(text: string): string[] {
  const list = parseIpList(text);
  if (!list.ok) throw new Error(list.message);
  return list.addresses.map((host) => host.address);
}

function refusalOf(result: { ok: boolean; message?: string }): string {
  expect(result.ok).toBe(false);
  return result.message ?? '';
}

describe('parseIpList', () => {
  it.each([
    ['10.10.1.21', ['10.10.1.21']],
    ['10.10.1.21, 10.10.1.22', ['10.10.1.21', '10.10.1.22']],
    ['10.10.1.21\r\n10.10.1.22\n', ['10.10.1.21', '10.10.1.22']],
    ['10.10.1.21 / 10.10.1.22; 10.10.1.23', ['10.10.1.21', '10.10.1.22', '10.10.1.23']],
    ['１０．１０．１．２１', ['10.10.1.21']],
    ['10.10.1.21, 10.10.1.21', ['10.10.1.21']],
    ['FD00:0:0:0::0007', ['fd00::7']],
    ['::ffff:10.10.1.21', ['10.10.1.21']],
  ])('%j gives %j', (text, addresses) => {
    expect(addressesOf(text)).toEqual(addresses);
  });

  it('tells version and kind', () => {
    expect(parseIpList('10.0.0.1, 152.99.58.31, fd00::7, 2606:4700::1')).toEqual({
      ok: true,
      addresses: [
        { address: '10.0.0.1', version: 4, kind: 'private' },
        { address: '152.99.58.31', version: 4, kind: 'public' },
        { address: 'fd00::7', version: 6, kind: 'private' },
        { address: '2606:4700::1', version: 6, kind: 'public' },
      ],
    });
  });

  it.each([
    ['', '입력해 주십시오'],
    [' , ', '입력해 주십시오'],
    ['127.0.0.1', '루프백'],
    ['::1', '루프백'],
    ['169.254.10.1', '링크 로컬'],
    ['fe80::1%eth0', '링크 로컬'],
    ['224.0.0.1', '멀티캐스트'],
    ['ff02::1', '멀티캐스트'],
    ['0.0.0.0', '정해지지 않았음'],
    ['::', '정해지지 않았음'],
    ['255.255.255.255', '브로드캐스트'],
    ['192.0.2.1', '예약'],
    ['10.0.0.0/24', '대역'],
    ['10.0.0.1~10', '대역'],
    ['10.0.0.1-10.0.0.9', '대역'],
    ['10.0.0.1:8080', '포트'],
    ['010.0.0.1', '올바른 IP 주소가 아닙니다'],
    ['10.0.1', '올바른 IP 주소가 아닙니다'],
    ['10.0.0.256', '올바른 IP 주소가 아닙니다'],
    ['was01', '올바른 IP 주소가 아닙니다'],
  ])('refuses %j: %s', (text, part) => {
    expect(refusalOf(parseIpList(text))).toContain(part);
  });

  it('names the one address that is wrong among many', () => {
    expect(refusalOf(parseIpList('10.0.0.1, 127.0.0.1, 10.0.0.2'))).toContain('127.0.0.1');
  });

  it('bounds what one text may hold', () => {
    const many = Array.from({ length: MAX_ADDRESSES + 1 }, (_, n) => `10.0.0.${n}`).join('\n');
    expect(refusalOf(parseIpList(many))).toContain(`${MAX_ADDRESSES}개까지`);
    expect(refusalOf(parseIpList('x'.repeat(10_000))).length).toBeLessThan(200);
  });

  it('gives canonical text that it reads back the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
        const first = parseIpList(ip);
        fc.pre(first.ok);
        if (!first.ok) return;
        expect(parseIpList(first.addresses.map((host) => host.address).join(','))).toEqual(first);
      }),
    );
  });
});

describe('classifyIp', () => {
  it('calls RFC 1918 and the old networks of cities and provinces private', () => {
    for (const ip of ['10.0.0.1', '172.31.0.1', '192.168.0.1', '98.0.0.0', '105.1.2.3', '113.255.255.255']) {
      expect(classifyIp(ip)).toBe('private');
    }
    for (const ip of ['97.255.255.255', '114.0.0.0', '172.32.0.1', '152.99.56.86']) {
      expect(classifyIp(ip)).toBe('public');
    }
  });

  it('gives null for what is no address, and never throws', () => {
    expect(classifyIp('was01')).toBeNull();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        classifyIp(text);
        parseIpList(text);
        parseMac(text);
        parseHostName(text);
      }),
    );
  });
});

describe('parseMac', () => {
  it.each([
    '00:1a:2b:3c:4d:5e',
    '00-1A-2B-3C-4D-5E',
    '001a.2b3c.4d5e',
    '001A2B3C4D5E',
    ' 00:1a:2b:3c:4d:5e ',
  ])('writes %j one way', (text) => {
    expect(parseMac(text)).toEqual({ ok: true, value: '00:1A:2B:3C:4D:5E' });
  });

  it.each(['', '00:1a:2b:3c:4d', '00:1a:2b:3c:4d:5g', '00:1a:2b:3c:4d:5e, 00:1a:2b:3c:4d:5f'])(
    'refuses %j',
    (text) => {
      expect(refusalOf(parseMac(text))).toContain('Mac 주소');
    },
  );
});

describe('parseHostName', () => {
  it.each(['was01', 'WAS-01', 'was_01', 'was01.mois.go.kr'])('takes %j as it is', (name) => {
    expect(parseHostName(` ${name} `)).toEqual({ ok: true, value: name });
  });

  it.each([
    ['', '입력해 주십시오'],
    ['10.0.0.1', 'IP 주소입니다'],
    ['행정서버', '영문, 숫자'],
    ['was 01', '영문, 숫자'],
    ['-was', '영문, 숫자'],
    ['was..01', '영문, 숫자'],
    ['a'.repeat(64), '영문, 숫자'],
  ])('refuses %j: %s', (name, part) => {
    expect(refusalOf(parseHostName(name))).toContain(part);
  });
});
