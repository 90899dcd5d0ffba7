import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  licenceFileName,
  licencePayload,
  makeLicenceNumber,
  temporaryExpiry,
} from '../../../src/records/licences/licence.ts';
import { NOW, samplePayload } from './sample.ts';

describe('temporaryExpiry', () => {
  it.each([
    ['2026-03-02T01:00:00Z', 2, '2026-05-02'],
    ['2026-12-31T03:00:00Z', 2, '2027-02-28'],
    ['2027-12-31T03:00:00Z', 2, '2028-02-29'],
    ['2026-08-31T03:00:00Z', 1, '2026-09-30'],
    ['2026-11-15T03:00:00Z', 14, '2028-01-15'],
    // Seoul is nine hours ahead: at 15:00Z the day there has turned.
    ['2026-01-30T14:59:59Z', 1, '2026-02-28'],
    ['2026-01-31T15:00:00Z', 1, '2026-03-01'],
    ['2025-12-31T15:00:00Z', 2, '2026-03-01'],
  ])('issued %s for %i months ends %s', (issuedAt, months, expiresOn) => {
    expect(temporaryExpiry(new Date(issuedAt), months)).toBe(expiresOn);
  });

  it('never skips a month and never leaves the calendar', () => {
    const day = fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 36 }), (issuedAt, months) => {
        const inSeoul = new Date(issuedAt.getTime() + 9 * 3_600_000);
        const [year = 0, month = 0, date = 0] = temporaryExpiry(issuedAt, months).split('-').map(Number);
        expect(year * 12 + month - 1).toBe(inSeoul.getUTCFullYear() * 12 + inSeoul.getUTCMonth() + months);
        expect(date).toBeLessThanOrEqual(inSeoul.getUTCDate());
        expect(date).toBeGreaterThanOrEqual(Math.min(28, inSeoul.getUTCDate()));
      }),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d months', (months) => {
    expect(() => temporaryExpiry(NOW, months)).toThrow(RangeError);
  });
});

describe('names', () => {
  it('numbers by kind and by the year in Korea', () => {
    expect(makeLicenceNumber('TEMPORARY', NOW, 123)).toBe('TEMP-2026-000123');
    expect(makeLicenceNumber('REGULAR', new Date('2026-12-31T15:00:00Z'), 7)).toBe('REG-2027-000007');
  });

  it('names the file after the number', () => {
    expect(licenceFileName(samplePayload())).toBe('gpkiapi-TEMP-2026-000123.lic');
  });

  it.each(['../x', 'A B', 'a-1', '', '가-1', 'A/1', 'A\n1'])('refuses %j as a number', (number) => {
    expect(() => licenceFileName({ number })).toThrow();
  });
});

describe('licencePayload', () => {
  const accepts = (change: object) => licencePayload.safeParse({ ...samplePayload(), ...change }).success;

  it('takes a temporary and a regular licence', () => {
    expect(accepts({})).toBe(true);
    expect(accepts({ kind: 'REGULAR', expiresOn: null, module: null, previous: 'TEMP-2026-000123' })).toBe(
      true,
    );
  });

  it.each<[string, object]>([
    ['a temporary licence without end', { expiresOn: null }],
    ['a regular licence with an end', { kind: 'REGULAR' }],
    ['a day that does not exist', { expiresOn: '2026-02-30' }],
    ['no host', { hosts: [] }],
    ['a host that names nothing', { hosts: [{}] }],
    ['a host that names undefined', { hosts: [{ mac: undefined }] }],
    ['an address that is none', { hosts: [{ ip: ['10.1.2.300'] }] }],
    ['a field that the format does not know', { note: 'x' }],
    ['another format', { format: 'bogeup-licence/2' }],
    ['local time', { issuedAt: '2026-03-02T10:00:00+09:00' }],
    ['16 bits', { module: { name: 'm', version: '1', language: 'C', os: 'AIX', bits: 16 } }],
    ['revision 0', { revision: 0 }],
  ])('refuses %s', (_name, change) => {
    expect(accepts(change)).toBe(false);
  });
});
