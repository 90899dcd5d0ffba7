import { isWorkingTime, nextSendingTime } from '../../core/calendar.ts';
import { type ModuleRelease, Prisma } from '../../store/client/client.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import type { Operation } from '../../store/operation.ts';
import { enqueueEach } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { inForce } from '../in-force.ts';
import { compareVersions, newestOfEach, type Product, productKey } from './fitting.ts';

export const NEWER = 'module.newer';

export interface Told {
  people: number;
  /** Number of systems whose contact and deputy both have neither a messenger account nor an e-mail address. */
  unreachable: number;
  at: Date;
}

/**
 * Which release each system uses: the one that was delivered to it last. Only systems in use with a licence in force.
 * A regular licence comes without a module, so the temporary one before it counts.
 */
const systemsWithModules = Prisma.sql`
  SELECT DISTINCT ON (l."systemId") s.id, s.name, s."contactId", s."deputyId", l."moduleId"
  FROM "Licence" l JOIN "System" s ON s.id = l."systemId"
  WHERE l."moduleId" IS NOT NULL AND s."retiredAt" IS NULL AND EXISTS (
    SELECT 1 FROM "Licence" f
    WHERE f."systemId" = s.id AND ${inForce('f')})`;
const lastDelivered = Prisma.sql`ORDER BY l."systemId", l."issuedAt" DESC`;

/**
 * Tells contacts and deputies of systems with an older release about a release that is the newest of its product: one
 * message or mail for each person and release, in business hours.
 */
export async function tellAffected({ tx, now }: Operation, release: ModuleRelease): Promise<Told> {
  const holidays = await readExtraHolidays(tx);
  const at = isWorkingTime(now, holidays) ? now : nextSendingTime(now, holidays);
  const older = await olderReleases(tx, release);
  if (older.length === 0) return { people: 0, unreachable: 0, at };
  const affected = Prisma.sql`
    SELECT * FROM (${systemsWithModules} ${lastDelivered}) used WHERE used."moduleId" IN (${Prisma.join(older)})`;
  const people = await enqueueEach(
    tx,
    now,
    { key: `${NEWER}:${release.id}`, notice: NEWER, facts: { moduleId: release.id }, notBefore: at },
    Prisma.sql`
      WITH affected AS (${affected})
      SELECT p.id FROM "Person" p
      WHERE (p."slackId" IS NOT NULL OR p.email IS NOT NULL) AND p."deactivatedAt" IS NULL AND p.id IN (
        SELECT "contactId" FROM affected UNION SELECT "deputyId" FROM affected)`,
  );
  const [alone] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${affected}) system WHERE NOT EXISTS (
      SELECT 1 FROM "Person" p WHERE p.id IN (system."contactId", system."deputyId")
        AND (p."slackId" IS NOT NULL OR p.email IS NOT NULL) AND p."deactivatedAt" IS NULL)`;
  return { people, unreachable: alone?.count ?? 0, at };
}

/** Ids of the releases that this one replaces; none when a newer one exists. */
async function olderReleases(tx: Tx, release: ModuleRelease): Promise<string[]> {
  const others = (await releasesOf(tx, release)).filter(({ id }) => id !== release.id);
  const isNewest = others.every(
    (other) => other.withdrawnAt || compareVersions(other.version, release.version) < 0,
  );
  if (!isNewest) return [];
  return others.filter((other) => compareVersions(other.version, release.version) < 0).map(({ id }) => id);
}

/** All releases of a product on its platform, also withdrawn ones. */
function releasesOf(tx: Tx, { name, language, os, bits }: Product): Promise<ModuleRelease[]> {
  return tx.moduleRelease.findMany({ where: { name, language, os, bits } });
}

/** The newest release in use of the same product, or null when all are withdrawn. */
export async function newestOf(tx: Tx, product: Product): Promise<ModuleRelease | null> {
  const releases = await releasesOf(tx, product);
  return newestOfEach(releases.filter(({ withdrawnAt }) => !withdrawnAt))[0] ?? null;
}

interface UsingSystem {
  id: string;
  name: string;
  /** The release that was delivered to it last. */
  moduleId: string;
}

/** The systems of this person, as contact or deputy, each with the release it uses. */
export function systemsOf(tx: Tx, personId: string): Promise<UsingSystem[]> {
  return tx.$queryRaw<UsingSystem[]>`
    ${systemsWithModules} AND (s."contactId" = ${personId} OR s."deputyId" = ${personId}) ${lastDelivered}`;
}

/** Those of this person's systems that use an older release of the same product. */
export async function systemsBehind(
  tx: Tx,
  personId: string,
  release: ModuleRelease,
): Promise<UsingSystem[]> {
  const older = new Set(
    (await releasesOf(tx, release))
      .filter(({ version }) => compareVersions(version, release.version) < 0)
      .map(({ id }) => id),
  );
  return (await systemsOf(tx, personId)).filter(({ moduleId }) => older.has(moduleId));
}

export function isSameProduct(a: Product, b: Product): boolean {
  return productKey(a) === productKey(b);
}
