import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import type { Resume } from '../../../src/filing/decision.ts';
import { bare, newRecoveryCodes, readTyped } from '../../../src/filing/step-up/recovery-codes.ts';
import { makeSecretBox } from '../../../src/filing/step-up/secret-box.ts';
import { enrolmentUri, inGroups, newSecret, stepOfCode } from '../../../src/filing/step-up/totp.ts';
import { carry, whatWaits } from '../../../src/filing/step-up-views.ts';

describe('codes', () => {
  /** RFC 6238, appendix B, SHA-1: the last six of the eight digits. */
  const rfcSecret = Secret.fromLatin1('12345678901234567890').base32;
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i seconds is %s', (seconds, code) => {
    expect(stepOfCode(rfcSecret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
  });

  it('are good one step early and one late, and no more', () => {
    const step = 40_000_000;
    const at = (steps: number) => new Date((step + steps) * 30_000 + 29_999);
    const code = TOTP.generate({ secret: Secret.fromBase32(rfcSecret), timestamp: step * 30_000 });
    expect([-2, -1, 0, 1, 2].map((steps) => stepOfCode(rfcSecret, code, at(steps)))).toEqual([
      null,
      step,
      step,
      step,
      null,
    ]);
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '-12345', '1e5', '28708 '])(
    '%j is none',
    (code) => {
      expect(stepOfCode(rfcSecret, code, new Date(59_000))).toBeNull();
    },
  );

  it('a secret has 160 bits, is new every time, and fits what apps read', () => {
    const secret = newSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newSecret()).not.toBe(secret);
    expect(inGroups(secret)).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    const uri = new URL(enrolmentUri(secret));
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: '보급봇',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});

describe('what is typed', () => {
  it.each([
    ['123456', { kind: 'code', text: '123456' }],
    [' 123 456 ', { kind: 'code', text: '123456' }],
    ['１２３４５６', { kind: 'code', text: '123456' }],
    ['abcd-efgh-jkmn', { kind: 'recovery', text: 'ABCDEFGHJKMN' }],
    ['ABCDEFGHJKMN', { kind: 'recovery', text: 'ABCDEFGHJKMN' }],
    ['12345', null],
    ['', null],
    ["' OR 1=1 --", null],
    ['ABCD-EFGH', null],
  ])('%j', (typed, read) => {
    expect(readTyped(typed)).toEqual(read);
  });

  it('every recovery code can be typed as it is shown', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([A-HJKMNP-Z2-9]{4}-){2}[A-HJKMNP-Z2-9]{4}$/);
      expect(readTyped(code)).toEqual({ kind: 'recovery', text: bare(code) });
    }
  });
});

describe('the box', () => {
  const key = Buffer.alloc(32, 1);
  const box = makeSecretBox(key);

  it('opens what it sealed, also in another process with the same key', () => {
    expect(makeSecretBox(key).open(box.seal('SECRET', 'kim'), 'kim')).toBe('SECRET');
  });

  it('seals the same differently every time, and shows nothing of it', () => {
    const sealed = box.seal('SECRET', 'kim');
    expect(box.seal('SECRET', 'kim')).not.toBe(sealed);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('SECRET');
  });

  it('opens for nobody else, not when altered, and not with another key', () => {
    const sealed = box.seal('SECRET', 'kim');
    expect(() => box.open(sealed, 'lee')).toThrow(/SECRET_KEY/);
    expect(() => makeSecretBox(Buffer.alloc(32, 2)).open(sealed, 'kim')).toThrow(/SECRET_KEY/);
    for (const altered of [
      sealed.slice(0, -2),
      `${sealed.slice(0, 8)}A${sealed.slice(9)}x`,
      '',
      'v1.',
      'v2.AA',
    ])
      expect(() => box.open(altered, 'kim')).toThrow(/SECRET_KEY/);
  });

  it('hashes by key and owner', () => {
    const hash = box.digest('ABCDEFGHJKMN', 'kim');
    expect(box.digest('ABCDEFGHJKMN', 'kim')).toBe(hash);
    expect(box.digest('ABCDEFGHJKMN', 'lee')).not.toBe(hash);
    expect(makeSecretBox(Buffer.alloc(32, 2)).digest('ABCDEFGHJKMN', 'kim')).not.toBe(hash);
  });

  it('takes a key of 32 bytes only', () => {
    expect(() => makeSecretBox(Buffer.alloc(16))).toThrow(/32 bytes/);
  });
});

const target = { filingId: 'f', revision: 2 };
it.each<[string, Resume]>([
  [
    'an approval, the chosen module with it',
    { next: 'decide', decision: { verb: 'filing.approve', ...target, moduleId: 'm' } },
  ],
  [
    'an approval from where the revision was not known',
    { next: 'decide', decision: { verb: 'filing.approve', filingId: 'f' } },
  ],
  ['a 승인취소', { next: 'decide', decision: { verb: 'filing.reopen', ...target, reason: '이유' } }],
  ['a window that asks', { next: 'ask', verb: 'filing.reopen', target }],
  ['a file that is still to be attached', { next: 'attach', target }],
  ['a button that is pressed again', { next: 'press' }],
])('what waits for a code is carried whole: %s', (_what, resume) => {
  expect(whatWaits(carry({ purpose: 'what', resume }))).toEqual(resume);
});

it.each<Record<string, string>>([
  {},
  { next: 'decide', verb: 'filing.reject', filing: 'f' },
  { next: 'other', verb: 'filing.approve', filing: 'f' },
  { next: 'attach' },
])('what carries no decision that wants a code carries nothing: %j', (carried) => {
  expect(whatWaits(carried)).toBeNull();
});

it('a window that an earlier version opened asks again: it does not say that a file was to be attached first', () => {
  const target = { filingId: 'f' };
  expect(whatWaits({ verb: 'filing.approve', filing: 'f', official: 'asked' })).toEqual({
    next: 'ask',
    verb: 'filing.approve',
    target,
  });
});
