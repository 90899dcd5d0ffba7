import { z } from 'zod';
import { seoulDay } from '../../core/calendar.ts';
import { boundHost } from './hosts.ts';

/**
 * The signed payload of a licence file. The names below are the file format `bogeup-licence/1`. Files stay on servers
 * for years, so the names never change; a new format would be `/2`.
 */

const text = z.string().min(1).max(300);

/** Upper-case ASCII, so that it can be a file name, Slack text and a CSV cell without change. */
const licenceNumber = z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/);

const shared = {
  format: z.literal('bogeup-licence/1'),
  number: licenceNumber,
  system: z.strictObject({ id: text, name: text }),
  agency: z.strictObject({ code: text, name: text }),
  hosts: z.array(boundHost).min(1).max(64),
  /** The module that was delivered with it; null where none was (a reissue, a system for SCVP only). */
  module: z
    .strictObject({ name: text, version: text, language: text, os: text, bits: z.literal([32, 64]) })
    .nullable(),
  /** UTC instant with Z. It is also the signing time of the file, there in whole seconds. */
  issuedAt: z.iso.datetime(),
  /** Receipt number of the filing whose approval issued it. */
  filing: text,
  /** 1 for the first licence of its kind that a system gets, then counting up. */
  revision: z.int().min(1),
  /** Number of the licence that this one supersedes. */
  previous: licenceNumber.nullable(),
};

/** A temporary licence always ends. No source gives a regular licence an end, so it must not state one. */
export const licencePayload = z.discriminatedUnion('kind', [
  z.strictObject({ ...shared, kind: z.literal('TEMPORARY'), expiresOn: z.iso.date() }),
  z.strictObject({ ...shared, kind: z.literal('REGULAR'), expiresOn: z.null() }),
]);

export type LicencePayload = z.infer<typeof licencePayload>;
type LicenceKind = LicencePayload['kind'];

const PREFIX: Record<LicenceKind, string> = { TEMPORARY: 'TEMP', REGULAR: 'REG' };

/** `TEMP-2026-000123`. The year is that of the issue in Korea; the caller keeps the sequence unique. */
export function makeLicenceNumber(kind: LicenceKind, issuedAt: Date, sequence: number): string {
  return licenceNumber.parse(
    `${PREFIX[kind]}-${seoulDay(issuedAt).slice(0, 4)}-${String(sequence).padStart(6, '0')}`,
  );
}

/** `gpkiapi-TEMP-2026-000123.lic`. On the server it is stored as `gpkiapi.lic` in the conf directory. */
export function licenceFileName(payload: Pick<LicencePayload, 'number'>): string {
  return `gpkiapi-${licenceNumber.parse(payload.number)}.lic`;
}

/**
 * The last day (YYYY-MM-DD, inclusive, Asia/Seoul) of a temporary licence: the same day `months` later, or the
 * last day of that month where it has no such day (31 December + 2 months = 28 or 29 February).
 */
export function temporaryExpiry(issuedAt: Date, months: number): string {
  if (!Number.isInteger(months) || months < 1)
    throw new RangeError(`months must be a whole number from 1: ${months}`);
  const [year = 0, month = 0, day = 0] = seoulDay(issuedAt).split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}
