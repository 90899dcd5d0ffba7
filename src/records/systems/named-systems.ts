import type { Labelled } from '../../messenger/blocks.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** A message or a check names at most this many systems and counts the others. */
const NAMED = 20;

/** `대상시스템 3개` and their names. */
export async function systemLines(tx: Tx, systemIds: readonly string[]): Promise<Labelled[]> {
  return systemIds.length === 0 ? [] : linesOfSystems(await namedSystems(tx, systemIds));
}

export function linesOfSystems({ total, names }: NamedSystems): Labelled[] {
  if (total === 0) return [];
  const more = total > names.length ? [`외 ${total - names.length}개`] : [];
  return [{ label: `대상시스템 ${total}개`, text: [...names, ...more].join('\n') }];
}

interface NamedSystems {
  total: number;
  /** The first names. */
  names: string[];
}

/** SQL for the systems' names as an array; `ids` is SQL for an array of ids. */
export const namesOf = (ids: Prisma.Sql): Prisma.Sql => Prisma.sql`ARRAY(
  SELECT n.name FROM "System" n WHERE n.id = ANY(${ids}) ORDER BY n.name, n.id LIMIT ${NAMED})`;

export async function namedSystems(tx: Tx, systemIds: readonly string[]): Promise<NamedSystems> {
  const systems = await tx.system.findMany({
    where: { id: { in: [...systemIds] } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: NAMED,
    select: { name: true },
  });
  return { total: systemIds.length, names: systems.map(({ name }) => name) };
}

/** The title of a filing about several systems: `민원관리시스템 외 2개`. */
export function severalTitle(names: readonly string[]): string {
  const [first = '', ...others] = names;
  return others.length > 0 ? `${first} 외 ${others.length}개` : first;
}
