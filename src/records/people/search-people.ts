import { maskCn, maskEmail, maskName } from '../../core/mask.ts';
import type { Prisma } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { namesOf } from './short-names.ts';

const MOST = 100;
type Found = { text: string; value: string };

/** The columns that a label needs. */
export const labelled = {
  agency: true,
  certificates: {
    where: { purpose: 'PERSON', endedAt: null },
    orderBy: { registeredAt: 'desc' },
    take: 1,
    select: { cn: true },
  },
} satisfies Prisma.PersonInclude;

type Labelled = Prisma.PersonGetPayload<{ include: typeof labelled }>;

/**
 * `김*용 · 001김*용002 · 행정안전부 디지털안전정책과`. The CN tells people of the same name apart (guide 1.8), or the e-mail address
 * where there is none. The CN stands before the agency, because a long agency name may be cut off.
 */
export function personLabel(person: Labelled): string {
  const name = person.name ? maskName(person.name) : '이름 없음';
  const cn = person.certificates[0]?.cn;
  const apart = cn ? maskCn(cn) : person.email && maskEmail(person.email);
  const where = [person.agency?.name, person.department].filter(Boolean).join(' ');
  return [name, apart, where, person.deactivatedAt && '비활성'].filter(Boolean).join(' · ');
}

/** Registered people with an account, for the choice of a new contact; never the searcher. */
export async function searchPeople(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  return who.registeredAt || who.officer ? find(tx, typed, reachableBesides(who)) : [];
}

/** People of the agencies whose systems the searcher is in charge of, for the choice of a deputy. */
export async function searchColleagues(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  const agency = { systems: { some: { contactId: who.id, retiredAt: null } } };
  return find(tx, typed, { ...reachableBesides(who), agency });
}

const reachableBesides = ({ id }: Known): Prisma.PersonWhereInput => ({
  id: { not: id },
  slackId: { not: null },
  registeredAt: { not: null },
  deactivatedAt: null,
});

const IN_CHARGE = { contactOf: { some: { retiredAt: null } } } satisfies Prisma.PersonWhereInput;

/** Contacts of systems in use, also those who have left; for officers. */
export async function searchContacts(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  return who.officer ? find(tx, typed, IN_CHARGE) : [];
}

/** Contacts, and who else is asked in the newest survey: former contacts, and people to whom an officer gave systems. */
export async function searchRespondents(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  if (!who.officer) return [];
  const others = await tx.$queryRaw<{ personId: string }[]>`
    SELECT DISTINCT t."personId" FROM "SurveyTarget" t JOIN "System" s ON s.id = t."systemId"
    WHERE t."roundId" = (SELECT id FROM "SurveyRound" ORDER BY "openedAt" DESC LIMIT 1)
      AND t."personId" <> s."contactId"`;
  return find(tx, typed, { OR: [IN_CHARGE, { id: { in: others.map(({ personId }) => personId) } }] });
}

/** Searches by name, agency, department or certificate CN. Every typed word has to match. */
async function find(tx: Tx, typed: string, among: Prisma.PersonWhereInput): Promise<Found[]> {
  const words = typed.normalize('NFC').split(/\s+/).filter(Boolean).slice(0, 5);
  if (words.length === 0) return [];
  const people = await tx.person.findMany({
    where: { ...among, AND: words.map(matches) },
    include: labelled,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
  });
  return people.map((person) => ({ text: personLabel(person), value: person.id }));
}

function matches(word: string): Prisma.PersonWhereInput {
  const contains = { contains: word, mode: 'insensitive' as const };
  return {
    OR: [
      { name: contains },
      { department: contains },
      { agencyCode: word.toUpperCase() },
      ...[word, ...namesOf(word)].map((name) => ({
        agency: { name: { contains: name, mode: 'insensitive' as const } },
      })),
      { certificates: { some: { purpose: 'PERSON', endedAt: null, cn: contains } } },
    ],
  };
}
