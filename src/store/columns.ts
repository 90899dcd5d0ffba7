import { Prisma } from './client/client.ts';

/**
 * The columns of a table, named one by one, for SQL by hand that is asked at every click: a statement with `*` cannot
 * stay prepared (prepared-names.ts).
 * @param fields Prisma's list of them, such as `Prisma.DraftScalarFieldEnum`
 * @param table the alias of the table in the statement
 */
export function columnsOf(fields: Record<string, string>, table?: string): Prisma.Sql {
  const prefix = table ? `${table}.` : '';
  return Prisma.raw(
    Object.values(fields)
      .map((field) => `${prefix}"${field}"`)
      .join(', '),
  );
}
