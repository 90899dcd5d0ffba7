import type { ModuleRelease } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

export interface ModuleNeed {
  /** C or JAVA. */
  language: string;
  os: string;
  bits: number;
}

/** The newest release for this language, system and bits, or null when the operator has added none. */
export async function findModule(tx: Tx, { language, os, bits }: ModuleNeed): Promise<ModuleRelease | null> {
  const releases = await tx.moduleRelease.findMany({ where: { language, os, bits, withdrawnAt: null } });
  return releases.sort((a, b) => compareVersions(b.version, a.version))[0] ?? null;
}

/** 1.10.0 after 1.9.3: numbers by value, the rest as text. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
