import { maskEmail, maskName } from '../../core/mask.ts';
import type { Person } from '../../store/client/client.ts';
import type { Operator } from './command.ts';

/**
 * Finds a person by id, messenger account, e-mail or full name.
 * @returns null, after a line that says so, when nobody or several people match
 */
export async function findPerson({ store, out }: Operator, asked: string): Promise<Person | null> {
  const text = asked.normalize('NFC');
  const found = await store.db.person.findMany({
    where: {
      OR: [{ id: text }, { slackId: text }, { name: text }, { email: { equals: text, mode: 'insensitive' } }],
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const [person] = found;
  if (person && found.length === 1) return person;
  if (!person) {
    out(`Nobody is called ‘${asked}’. Give the full name, the Slack id, the e-mail address or the id.`);
    return null;
  }
  out(`${found.length} people are called ‘${asked}’. Give the id of one:`);
  for (const { id, name, email, agencyCode } of found)
    out(`  ${id}  ${name ? maskName(name) : '-'}  ${email ? maskEmail(email) : '-'}  ${agencyCode ?? '-'}`);
  return null;
}
