import { instant } from '../store/ask.ts';
import { type Licence, Prisma } from '../store/client/client.ts';
import type { LicenceKind } from '../store/client/enums.ts';

/**
 * A licence is in force until another supersedes it or it is revoked. The end of its validity (expiresOn) does not
 * change that.
 */
export const IN_FORCE = { supersededAt: null, revokedAt: null } as const;

/** The SQL condition, for the licence with this alias. */
export const inForce = (alias: 'l' | 'f' | 'r'): Prisma.Sql =>
  Prisma.raw(`(${alias}."supersededAt" IS NULL AND ${alias}."revokedAt" IS NULL)`);

/** The two columns of a row that SQL returns as JSON. */
export const endsOfRow = { supersededAt: instant.nullable(), revokedAt: instant.nullable() };

type Ends = Pick<Licence, 'supersededAt' | 'revokedAt'>;

export const isInForce = (licence: Ends): boolean => endOf(licence) === null;

/** How and when it ended; null while it is in force. */
export function endOf({ supersededAt, revokedAt }: Ends): { how: 'superseded' | 'revoked'; at: Date } | null {
  if (revokedAt) return { how: 'revoked', at: revokedAt };
  return supersededAt && { how: 'superseded', at: supersededAt };
}

/**
 * Whether a new licence of this kind supersedes that one, when it is in force. A temporary one never supersedes a
 * regular one: 재배포 is tested next to a running system.
 */
export const supersedes = (kind: LicenceKind, old: Pick<Licence, 'kind'>): boolean =>
  kind === 'REGULAR' || old.kind === kind;

/** The licence in force; a regular one before a temporary one. */
export function currentLicence<T extends Ends & Pick<Licence, 'kind'>>(licences: readonly T[]): T | null {
  const inForceNow = licences.filter(isInForce);
  return inForceNow.find((one) => one.kind === 'REGULAR') ?? inForceNow[0] ?? null;
}
