import { z } from 'zod';
import { type Ask, instant, map, read, rowsOf } from '../../store/ask.ts';
import { type ModuleRelease, Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

export interface ModuleNeed {
  /** C or JAVA. */
  language: string;
  os: string;
  /** Null where the paper does not say; then every width fits. */
  bits: number | null;
}

const releaseRow: z.ZodType<ModuleRelease> = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  language: z.string(),
  os: z.string(),
  bits: z.number(),
  fileName: z.string(),
  sha256: z.string(),
  notes: z.string(),
  addedBy: z.string(),
  addedAt: instant,
  withdrawnAt: instant.nullable(),
});

/**
 * The newest release of each product that fits, by name and width. Empty when the operator has added none; with
 * several, somebody has to choose.
 */
export function modulesFor({ language, os, bits }: ModuleNeed): Ask<ModuleRelease[]> {
  const releases = rowsOf(
    Prisma.sql`
      SELECT * FROM "ModuleRelease" WHERE language = ${language} AND os = ${os} AND "withdrawnAt" IS NULL
      AND ${bits === null ? Prisma.sql`TRUE` : Prisma.sql`bits = ${bits}`}`,
    releaseRow,
  );
  return map(releases, (all) =>
    newestOfEach(all).sort((a, b) => a.name.localeCompare(b.name, 'ko') || a.bits - b.bits),
  );
}

export function fittingModules(tx: Tx, need: ModuleNeed): Promise<ModuleRelease[]> {
  return read(tx, modulesFor(need));
}

/** The newest release of each product on each platform. */
export function newestOfEach<R extends Product & { version: string }>(releases: readonly R[]): R[] {
  const newest = new Map<string, R>();
  for (const release of releases) {
    const other = newest.get(productKey(release));
    if (!other || compareVersions(release.version, other.version) > 0)
      newest.set(productKey(release), release);
  }
  return [...newest.values()];
}

/** Releases with the same values here are versions of one product: the newer one replaces the older. */
export type Product = Pick<ModuleRelease, 'name' | 'language' | 'os' | 'bits'>;

export function productKey({ name, language, os, bits }: Product): string {
  return JSON.stringify([name, language, os, bits]);
}

/** Puts 1.10.0 after 1.9.3: compares numbers by value and the rest as text. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
