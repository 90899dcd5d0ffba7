import { describe, expect, it } from 'vitest';
import {
  judgeLicence,
  type LicenceStanding,
  type LicenceVerdict,
} from '../../../src/records/licences/judge.ts';
import { samplePayload } from './sample.ts';

const temporary = samplePayload();
const regular = samplePayload({ kind: 'REGULAR', number: 'REG-2026-000009', expiresOn: null });
const right = { ip: ['10.1.2.3'] };
const wrong = { ip: ['10.9.9.9'] };

describe('judgeLicence', () => {
  const before = '2026-05-01';
  const after = '2026-05-03';

  // Read downwards: each line lacks the fault of the line above it, and nothing else.
  it.each<[LicenceStanding, string, typeof right, LicenceVerdict]>([
    ['revoked', after, wrong, 'REVOKED'],
    ['revoked', before, right, 'REVOKED'],
    ['superseded', after, wrong, 'SUPERSEDED'],
    ['superseded', before, right, 'SUPERSEDED'],
    ['unknown', after, wrong, 'EXPIRED'],
    ['current', after, right, 'EXPIRED'],
    ['unknown', before, wrong, 'WRONG_HOST'],
    ['current', before, wrong, 'WRONG_HOST'],
    ['unknown', before, right, 'UNRECORDED'],
    ['current', before, right, 'VALID'],
  ])('%s, on %s, host %j: %s', (standing, today, host, verdict) => {
    const judged = judgeLicence({ payload: temporary, host, today, standing });
    expect(judged.verdict).toBe(verdict);
    expect(judged.text).toContain('TEMP-2026-000123');
    expect(judged.text).toMatch(/(니다|시오)\.$/);
  });

  it('lets a temporary licence hold through its last day', () => {
    const on = (today: string) => judgeLicence({ payload: temporary, today, standing: 'current' }).verdict;
    expect(on('2026-05-02')).toBe('VALID');
    expect(on('2026-05-03')).toBe('EXPIRED');
    expect(on('2027-01-01')).toBe('EXPIRED');
  });

  it('never ends a regular licence, and names no end', () => {
    const judged = judgeLicence({ payload: regular, today: '2099-12-31', standing: 'current' });
    expect(judged).toEqual({ verdict: 'VALID', text: 'REG-2026-000009: 쓸 수 있는 라이선스입니다.' });
  });

  it('does not judge a host that was not given, but does not pass one that cannot be compared', () => {
    const payload = samplePayload({ hosts: [{ mac: '00:1A:2B:3C:4D:5E', domain: 'a.go.kr' }] });
    const judge = (host?: object) => judgeLicence({ payload, host, today: before, standing: 'current' });
    expect(judge().verdict).toBe('VALID');
    expect(judge(right).verdict).toBe('WRONG_HOST');
    expect(judge(right).text).toContain('(MAC, 도메인)');
    expect(judge({}).verdict).toBe('WRONG_HOST');
  });

  it('shows no address of the licence to whoever asks', () => {
    expect(
      judgeLicence({ payload: temporary, host: wrong, today: before, standing: 'current' }).text,
    ).not.toMatch(/10\.\d/);
  });
});
