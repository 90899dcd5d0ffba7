import type { Db } from '../../store/store.ts';
import { buildAgencyIndex, searchAgencies } from './agencies.ts';

/** The table is checked for changes at most this often, because it does not change between two keystrokes. */
const LOOK_EVERY_MS = 5000;

/** The only option when nothing was found. Whoever chooses it is told how to ask for an agency to be added. */
const NOTHING = {
  text: '찾은 기관이 없습니다. 정식 이름 일부, 약칭, 초성이나 기관코드로 찾으십시오.',
  value: '-',
};

export interface AgencyDirectory {
  /** Type-ahead over all agencies: name, 초성 or code. */
  search(typed: string): Promise<{ text: string; value: string }[]>;
}

/** Keeps the index in memory and rebuilds it when the table has changed (an import, perhaps by another process). */
export async function openAgencyDirectory(db: Db, now: () => Date): Promise<AgencyDirectory> {
  let seen = '';
  let nextLook = 0;
  let index = buildAgencyIndex([]);
  async function refresh(): Promise<void> {
    if (now().getTime() < nextLook) return;
    nextLook = now().getTime() + LOOK_EVERY_MS;
    const [{ count = 0, mark = '' } = {}] = await db.$queryRaw<{ count: number; mark: string }[]>`
      SELECT count(*)::int AS count, coalesce(max(xmin::text::bigint)::text, '') AS mark FROM "Agency"`;
    const found = `${count}:${mark}`;
    if (found === seen) return;
    const agencies = await db.agency.findMany();
    index = buildAgencyIndex(
      agencies.map(({ code, name, abolished, successorCode }) => ({
        code,
        name,
        abolished,
        successor: successorCode,
      })),
    );
    seen = found;
  }
  await refresh();
  return {
    async search(typed) {
      await refresh();
      const found = searchAgencies(index, typed, 30);
      if (found.length === 0 && typed.trim() !== '') return [NOTHING];
      return found.map(({ agency, successor }) => ({
        text: `${agency.name} (${agency.code})${agency.abolished ? ` 폐지${successor ? ` → ${successor.name}` : ''}` : ''}`,
        value: agency.code,
      }));
    },
  };
}
