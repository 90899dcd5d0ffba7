import { z } from 'zod';
import { maskName } from '../../core/mask.ts';
import { type Answers, type Form, PERSON_SOURCES, type SearchSource } from '../../messenger/forms/form.ts';
import { type Ask, all, known, read, rowsOf } from '../../store/ask.ts';
import { type Agency, Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';
import { labelled, personLabel } from './search-people.ts';

/**
 * Names for the codes among the answers: agencies, people, systems and messenger accounts.
 * @param own an agency that the caller has read already
 */
export async function answerNames(
  tx: Tx,
  form: Form,
  answers: Answers,
  own: Pick<Agency, 'code' | 'name'> | null = null,
): Promise<(code: string) => string> {
  const codesOf = (...what: (SearchSource | 'user')[]) =>
    Object.entries(form.fields)
      .filter(([, { input }]) =>
        what.some((one) => (input.kind === 'search' ? input.source : input.kind) === one),
      )
      .flatMap(([name]): unknown[] => [answers[name] ?? []].flat())
      .filter((code): code is string => typeof code === 'string' && code !== '');
  const agencyCodes = codesOf('agency').filter((code) => code !== own?.code);
  const personIds = codesOf(...PERSON_SOURCES);
  const systemIds = codesOf('system', 'ownSystem', 'agencySystem', 'reportable');
  const slackIds = codesOf('user');
  const [{ agencies, accounts, systems }, people] = await Promise.all([
    read(
      tx,
      all({
        agencies: namesOf(agencyCodes, Prisma.sql`code AS key, name FROM "Agency" WHERE code`),
        accounts: namesOf(slackIds, Prisma.sql`"slackId" AS key, name FROM "Person" WHERE "slackId"`),
        systems: namesOf(systemIds, Prisma.sql`id AS key, name FROM "System" WHERE id`),
      }),
    ),
    personIds.length > 0 ? tx.person.findMany({ where: { id: { in: personIds } }, include: labelled }) : [],
  ]);
  const names = new Map([
    ...(own ? [[own.code, `${own.name} (${own.code})`] as const] : []),
    ...agencies.map(({ key, name }): [string, string] => [key, `${name} (${key})`]),
    ...people.map((person): [string, string] => [person.id, personLabel(person)]),
    ...systems.map(({ key, name }): [string, string] => [key, name ?? '']),
    ...accounts.map(({ key, name }): [string, string] => [key, name ? maskName(name) : '이름 없음']),
  ]);
  return (code) => names.get(code) ?? code;
}

const namedRow = z.object({ key: z.string(), name: z.string().nullable() });

/** @param from what is selected, up to the column that is compared with the keys */
function namesOf(keys: string[], from: Prisma.Sql): Ask<z.infer<typeof namedRow>[]> {
  return keys.length > 0 ? rowsOf(Prisma.sql`SELECT ${from} = ANY (${keys}::text[])`, namedRow) : known([]);
}
