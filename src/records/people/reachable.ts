import type { Person } from '../../store/client/client.ts';
import { DESK } from '../../store/outbox.ts';

/** The columns that decide whether a person can be reached by message or mail. */
export const reachableColumns = { id: true, slackId: true, email: true, deactivatedAt: true } as const;

type Reach = Pick<Person, 'id' | 'slackId' | 'email' | 'deactivatedAt'>;

/**
 * Ids of those who can be reached: with a working messenger account, or without any account but with an e-mail
 * address. When nobody can, the desk, because officers have a telephone.
 */
export function reachable(...people: (Reach | null)[]): string[] {
  const ids = people.flatMap((person) =>
    (person?.slackId || person?.email) && !person.deactivatedAt ? [person.id] : [],
  );
  return ids.length > 0 ? [...new Set(ids)] : [DESK];
}
