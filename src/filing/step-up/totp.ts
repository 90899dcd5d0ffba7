import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** One-time codes as authenticator apps make them: RFC 6238 with SHA-1, six digits, thirty seconds. */
const STEP_MS = 30_000;
/** RFC 4226 recommends a secret of 160 bits. */
const SECRET_BYTES = 20;

/** @returns base32, 32 characters */
export function newSecret(): string {
  return new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32;
}

/**
 * The newest time step around `now` (the one before, this one, the next) for which the code is right, or null. The
 * caller knows which steps have been used.
 */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null; // the library mishandles characters of several bytes
  const totp = totpOf(secret);
  const current = Math.floor(now.getTime() / STEP_MS);
  // All three are compared, whichever is right, so that the time taken reveals nothing.
  const right = [current + 1, current, current - 1].filter(
    (step) => totp.validate({ token: code, timestamp: step * STEP_MS, window: 0 }) !== null,
  );
  return right[0] ?? null;
}

/** The address in the QR picture. */
export function enrolmentUri(secret: string): string {
  return totpOf(secret).toString();
}

/** The secret in groups, for typing by hand. */
export function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? '';
}

function totpOf(secret: string): TOTP {
  return new TOTP({
    issuer: '보급봇',
    label: '표준API 관리자',
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_MS / 1000,
    secret: Secret.fromBase32(secret),
  });
}
