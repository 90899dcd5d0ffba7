import type { Agency } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { agencyKind } from './agencies.ts';

/** What an import says about an agency. Values that it leaves out stay as they are. */
type AgencyNews = Pick<Agency, 'code' | 'name'> &
  Partial<Pick<Agency, 'abolished' | 'successorCode' | 'source'>>;

/** A change that an import makes. */
export interface AgencyChange {
  /** null: the agency is new. */
  before: Agency | null;
  after: Agency;
}

export interface AgencyPlan {
  added: AgencyChange[];
  changed: AgencyChange[];
  /** Agencies that the import abolishes (from `changed`), or adds as abolished (from `added`). */
  abolished: AgencyChange[];
  /** How many agencies the database already has as the file says. */
  same: number;
}

/**
 * Plans an import: agencies by code. None is deleted, because old papers name them. `takenOver` (이전기관코드) gives an
 * abolished agency its successor where none is documented; of several successors one that is in use.
 */
export function planImport(
  known: ReadonlyMap<string, Agency>,
  news: readonly AgencyNews[],
  takenOver: readonly (readonly [before: string, after: string])[],
): AgencyPlan {
  const after = new Map<string, Agency>();
  for (const { code, name, ...row } of news) {
    const before = known.get(code);
    after.set(code, {
      code,
      name,
      kind: agencyKind(code),
      abolished: row.abolished ?? before?.abolished ?? false,
      successorCode: row.successorCode ?? before?.successorCode ?? null,
      source: row.source ?? before?.source ?? null,
    });
  }
  const current = (code: string) => after.get(code) ?? known.get(code);
  const chosen = new Map<string, string>();
  for (const [old, next] of takenOver) {
    const soFar = chosen.get(old);
    const isBetter = soFar !== undefined && current(soFar)?.abolished && !current(next)?.abolished;
    if (soFar === undefined || isBetter) chosen.set(old, next);
  }
  for (const [old, successorCode] of chosen) {
    const agency = current(old);
    if (agency?.abolished && agency.successorCode === null) after.set(old, { ...agency, successorCode });
  }
  return sort(known, [...after.values()]);
}

function sort(known: ReadonlyMap<string, Agency>, agencies: readonly Agency[]): AgencyPlan {
  const changes = agencies.map((after) => ({ before: known.get(after.code) ?? null, after }));
  const added = changes.filter(({ before }) => before === null);
  const changed = changes.filter(({ before, after }) => before !== null && differs(before, after));
  return {
    added,
    changed,
    abolished: [...added, ...changed].filter(({ before, after }) => after.abolished && !before?.abolished),
    same: changes.length - added.length - changed.length,
  };
}

function differs(before: Agency, after: Agency): boolean {
  return (Object.keys(after) as (keyof Agency)[]).some((key) => before[key] !== after[key]);
}

/** How many agencies one statement writes. */
const BATCH = 2000;

/** Writes a plan. After every batch `progress` gets the number of agencies done. */
export async function applyImport(
  tx: Tx,
  { added, changed }: AgencyPlan,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const rows = [...added, ...changed].map(({ after }) => after);
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    await tx.$executeRaw`
      INSERT INTO "Agency" (code, name, kind, abolished, "successorCode", source)
      SELECT code, name, kind::"AgencyKind", abolished, "successorCode", source
      FROM jsonb_to_recordset(${JSON.stringify(batch)}::jsonb)
        AS row (code text, name text, kind text, abolished boolean, "successorCode" text, source text)
      ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name, kind = EXCLUDED.kind,
        abolished = EXCLUDED.abolished, "successorCode" = EXCLUDED."successorCode", source = EXCLUDED.source`;
    progress(at + batch.length, rows.length);
  }
}

/** An abolished agency to which people or systems still belong. */
export interface Stranded {
  agency: Agency;
  systems: string[];
  /** Registered people. */
  people: number;
}

/** Systems in use and registered people whose agency is abolished: somebody has to ask where they belong now. */
export async function strandedBy(tx: Tx): Promise<Stranded[]> {
  const agencies = await tx.agency.findMany({
    where: {
      abolished: true,
      OR: [
        { systems: { some: { retiredAt: null } } },
        { people: { some: { registeredAt: { not: null }, deactivatedAt: null } } },
      ],
    },
    include: {
      systems: { where: { retiredAt: null }, orderBy: { name: 'asc' } },
      _count: { select: { people: { where: { registeredAt: { not: null }, deactivatedAt: null } } } },
    },
    orderBy: { code: 'asc' },
  });
  return agencies.map(({ systems, _count, ...agency }) => ({
    agency,
    systems: systems.map(({ name }) => name),
    people: _count.people,
  }));
}
