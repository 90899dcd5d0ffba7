import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { getProcedure, type Registry } from '../../filing/procedure.ts';
import { stateLabel } from '../../filing/standing.ts';
import { OPEN } from '../../records/filings/states.ts';
import { isOneOf } from '../../records/filings/states-sql.ts';
import { isInitials, typingPattern } from '../../records/people/hangul.ts';
import { officersOnly } from '../../records/people/office.ts';
import { labelled, personLabel } from '../../records/people/search-people.ts';
import { namesOf } from '../../records/people/short-names.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { asAgencyCode, literal, type SearchWords, searchWords } from './search-words.ts';

/** A search result. Its personal data is masked; opening the details is recorded. */
export interface Hit {
  kind: 'filing' | 'system' | 'person' | 'agency';
  id: string;
  title: string;
  detail: string;
}

export interface Found {
  /** The query as the search read it; null when it was empty. */
  words: string | null;
  hits: Hit[];
  /** Kinds with more results than are shown. */
  more: ReadonlySet<Hit['kind']>;
}

/** How many results of each kind are shown. */
const MOST = 6;
const ASKED = MOST + 1;

export const { requireOfficer } = officersOnly(
  '검색은 표준API 관리자만 할 수 있습니다.',
  '내 시스템은 홈의 목록에서 보십시오.',
);

/**
 * Officers' search: systems by name, agency, IP, CN or licence number; filings by receipt number, 공문 number or
 * title; people by name or CN; agencies by name, short name, initial consonants or code.
 * @throws Refusal unless an officer
 */
export async function searchDesk(registry: Registry, tx: Tx, who: Known, typed: string): Promise<Found> {
  requireOfficer(who);
  const words = searchWords(typed);
  if (!words) return { words: null, hits: [], more: new Set() };
  const groups = await Promise.all([
    findFilings(registry, tx, words),
    findSystems(tx, words),
    findPeople(tx, words),
    findAgencies(tx, words),
  ]);
  return {
    words: words.text,
    hits: groups.flatMap((group) => group.slice(0, MOST)),
    more: new Set(groups.flatMap((group) => (group.length > MOST && group[0] ? [group[0].kind] : []))),
  };
}

/**
 * Finds filings by number, and open ones by title too: decided filings are too many, and the system's details list
 * them. Each condition is a query of its own with its own index; one query with OR would scan the table.
 */
async function findFilings(registry: Registry, tx: Tx, words: SearchWords): Promise<Hit[]> {
  if (words.ip) return [];
  const { code, letter } = words;
  const [byNumber, byLicence, byLetter, byTitle] = await Promise.all([
    code ? tx.filing.findMany({ where: { number: code }, select: { id: true } }) : [],
    code ? tx.licence.findMany({ where: { number: code }, select: { filingId: true } }) : [],
    letter ? filingsOfLetter(tx, letter) : [],
    openFilingsOfTitle(tx, words),
  ]);
  const ids = [
    ...byNumber.map(({ id }) => id),
    ...byLicence.map(({ filingId }) => filingId),
    ...byLetter,
    ...byTitle,
  ];
  const filings = await tx.filing.findMany({
    where: { id: { in: [...new Set(ids)] } },
    orderBy: [{ submittedAt: 'desc' }, { id: 'asc' }],
    take: ASKED,
  });
  return filings.map((filing) => {
    const procedure = getProcedure(registry, filing.procedure);
    return {
      kind: 'filing',
      id: filing.id,
      title: `${procedure.title} · ${filing.title}`,
      detail: `${filing.number} · ${stateLabel(filing, procedure)} · 제출 ${koreanDate(seoulDay(filing.submittedAt))}`,
    };
  });
}

async function openFilingsOfTitle(tx: Tx, { words }: SearchWords): Promise<string[]> {
  const every = words.map((word) => holds(Prisma.sql`title`, word));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Filing" WHERE state ${isOneOf(...OPEN)} AND ${Prisma.join(every, ' AND ')}
    ORDER BY "submittedAt" DESC, id LIMIT ${ASKED}`;
  return rows.map(({ id }) => id);
}

/**
 * Condition: the column contains the word, or the full name of the agency with this short name, or words with these
 * initial consonants (titles and system names begin with the agency's name). A word without upper and lower case, as in
 * Hangul, is compared by LIKE, which is several times faster than ILIKE.
 */
function holds(column: Prisma.Sql, word: string): Prisma.Sql {
  const texts = [word, ...namesOf(word)].map((text) => {
    const pattern = `%${literal(text)}%`;
    return text.toLowerCase() === text.toUpperCase()
      ? Prisma.sql`${column} LIKE ${pattern}`
      : Prisma.sql`${column} ILIKE ${pattern}`;
  });
  const consonants = word.length > 1 && isInitials(word) ? typingPattern(word) : null;
  const every = consonants ? [...texts, Prisma.sql`replace(${column}, ' ', '') ~ ${consonants}`] : texts;
  return Prisma.sql`(${Prisma.join(every, ' OR ')})`;
}

/**
 * Filings by the number of the 공문 alone, without agency and year, which the officer may not know. The expression has
 * to match an index that the schema cannot describe (migration desk_search).
 */
async function filingsOfLetter(tx: Tx, letter: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Filing" WHERE regexp_replace("letterKey", '^[^/]*/[^/]*/', '') = ${letter}
    ORDER BY "submittedAt" DESC, id LIMIT ${ASKED}`;
  return rows.map(({ id }) => id);
}

async function findSystems(tx: Tx, words: SearchWords): Promise<Hit[]> {
  const ids = words.ip
    ? (
        await tx.system.findMany({
          where: { serverIps: { has: words.ip } },
          select: { id: true },
          take: ASKED,
        })
      ).map(({ id }) => id)
    : [...new Set([...(await systemsOfCode(tx, words)), ...(await systemsOfName(tx, words))])].slice(
        0,
        ASKED,
      );
  const systems = await tx.system.findMany({ where: { id: { in: ids } }, include: { agency: true } });
  return ids.flatMap((id): Hit[] => {
    const system = systems.find((one) => one.id === id);
    if (!system) return [];
    const { name, agency, createdAt, retiredAt } = system;
    const detail = [agency.name, `등록 ${koreanDate(seoulDay(createdAt))}`, retiredAt && '미사용'];
    return [{ kind: 'system', id, title: name, detail: detail.filter(Boolean).join(' · ') }];
  });
}

async function systemsOfCode(tx: Tx, { code }: SearchWords): Promise<string[]> {
  if (!code) return [];
  const [byCn, byCertificate, byLicence] = await Promise.all([
    tx.system.findMany({ where: { serverCn: code }, select: { id: true }, take: ASKED }),
    tx.certificate.findMany({
      where: { cn: code, purpose: 'SERVER' },
      select: { systemId: true },
      take: ASKED,
    }),
    tx.licence.findMany({ where: { number: code }, select: { systemId: true } }),
  ]);
  return [
    ...byCn.map(({ id }) => id),
    ...byCertificate.flatMap(({ systemId }) => systemId ?? []),
    ...byLicence.map(({ systemId }) => systemId),
  ];
}

/** Systems whose name or agency's name contains every word; an exact match comes first. */
async function systemsOfName(tx: Tx, { text, words }: SearchWords): Promise<string[]> {
  const every = words.map(
    (word) => Prisma.sql`(${holds(Prisma.sql`s.name`, word)} OR ${holds(Prisma.sql`a.name`, word)})`,
  );
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM "System" s JOIN "Agency" a ON a.code = s."agencyCode"
    WHERE ${Prisma.join(every, ' AND ')}
    ORDER BY s.name = ${text} DESC, s."retiredAt" IS NULL DESC, s.name, s.id LIMIT ${ASKED}`;
  return rows.map(({ id }) => id);
}

async function findPeople(tx: Tx, { text, code, ip }: SearchWords): Promise<Hit[]> {
  if (ip) return [];
  const people = await tx.person.findMany({
    where: {
      OR: [
        { name: text },
        ...(code ? [{ certificates: { some: { purpose: 'PERSON' as const, cn: code } } }] : []),
      ],
    },
    include: labelled,
    orderBy: [{ registeredAt: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    take: ASKED,
  });
  return people.map((person) => {
    const [name = '', ...rest] = personLabel(person).split(' · ');
    return { kind: 'person', id: person.id, title: name, detail: rest.join(' · ') };
  });
}

async function findAgencies(tx: Tx, words: SearchWords): Promise<Hit[]> {
  if (words.ip) return [];
  const every = words.words.map((word) => holds(Prisma.sql`a.name`, word));
  const called = [words.text, ...namesOf(words.text)];
  const agencies = await tx.$queryRaw<{ code: string; name: string; abolished: boolean; systems: number }[]>`
    SELECT a.code, a.name, a.abolished,
      (SELECT count(*)::int FROM "System" s WHERE s."agencyCode" = a.code) AS systems
    FROM "Agency" a
    WHERE (${Prisma.join(every, ' AND ')}) OR a.code = ${asAgencyCode(words) ?? ''}
    ORDER BY a.abolished, a.name IN (${Prisma.join(called)}) DESC, a.name, a.code LIMIT ${ASKED}`;
  return agencies.map(({ code, name, abolished, systems }) => ({
    kind: 'agency',
    id: code,
    title: name,
    detail: `${code} · 시스템 ${systems}건${abolished ? ' · 폐지' : ''}`,
  }));
}
