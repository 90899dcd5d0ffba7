import type { ModuleRelease } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

export interface ModuleNeed {
  /** C or JAVA. */
  language: string;
  os: string;
  /** Null where the paper does not say: then every width fits. */
  bits: number | null;
}

/**
 * The newest release of each product that fits, by name and width. None: the operator has added none. Several:
 * somebody has to choose.
 */
export async function fittingModules(tx: Tx, { language, os, bits }: ModuleNeed): Promise<ModuleRelease[]> {
  const releases = await tx.moduleRelease.findMany({
    where: { language, os, withdrawnAt: null, ...(bits === null ? {} : { bits }) },
  });
  return newestOfEach(releases).sort((a, b) => a.name.localeCompare(b.name, 'ko') || a.bits - b.bits);
}

/** Of each product on each platform the newest release. */
export function newestOfEach<R extends Product & { version: string }>(releases: readonly R[]): R[] {
  const newest = new Map<string, R>();
  for (const release of releases) {
    const other = newest.get(productKey(release));
    if (!other || compareVersions(release.version, other.version) > 0)
      newest.set(productKey(release), release);
  }
  return [...newest.values()];
}

/** What releases have in common of which one takes the place of another. */
export type Product = Pick<ModuleRelease, 'name' | 'language' | 'os' | 'bits'>;

export function productKey({ name, language, os, bits }: Product): string {
  return JSON.stringify([name, language, os, bits]);
}

/** 1.10.0 after 1.9.3: numbers by value, the rest as text. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
