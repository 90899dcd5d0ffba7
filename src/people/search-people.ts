import type { Known } from '../filing/procedure.ts';
import type { Prisma } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { maskName } from './mask.ts';

const MOST = 100;

/** `김*용 · 행정안전부 디지털안전정책과 · 001김*용002`: same names are told apart by agency and CN (guide 1.8). */
export function personLabel(
  person: { name: string | null; department: string | null; agency: { name: string } | null },
  cn: string | null,
): string {
  const name = person.name ? maskName(person.name) : '이름 없음';
  const masked = cn && person.name ? cn.replace(person.name, name) : cn;
  return [name, [person.agency?.name, person.department].filter(Boolean).join(' '), masked]
    .filter(Boolean)
    .join(' · ');
}

/**
 * Registered people by name, agency, department or certificate CN, for the choice of a new contact: every word that was
 * typed has to be found. Names come masked; the CN tells namesakes apart.
 */
export async function searchPeople(
  tx: Tx,
  who: Known,
  typed: string,
): Promise<{ text: string; value: string }[]> {
  if (!who.registeredAt && !who.officer) return [];
  const words = typed.normalize('NFC').split(/\s+/).filter(Boolean).slice(0, 5);
  if (words.length === 0) return [];
  const contains = (word: string) => ({ contains: word, mode: 'insensitive' as const });
  const matches = (word: string): Prisma.PersonWhereInput => ({
    OR: [
      { name: contains(word) },
      { department: contains(word) },
      { agency: { name: contains(word) } },
      { certificates: { some: { purpose: 'PERSON', endedAt: null, cn: contains(word) } } },
    ],
  });
  const people = await tx.person.findMany({
    where: { registeredAt: { not: null }, deactivatedAt: null, AND: words.map(matches) },
    include: { agency: true, certificates: { where: { purpose: 'PERSON', endedAt: null }, take: 1 } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
  });
  return people.map((person) => ({
    text: personLabel(person, person.certificates[0]?.cn ?? null),
    value: person.id,
  }));
}
