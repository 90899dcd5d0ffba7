import { Prisma } from './client/client.ts';
import { columnsOf } from './columns.ts';

/** SQL after SET: new values for some columns of a row, each read as the table declares it. `fields`: as below. */
export function assignment<Fields extends Record<string, string>>(
  table: Prisma.ModelName,
  fields: Fields,
  values: { [Name in keyof Fields]?: unknown },
): Prisma.Sql {
  const columns = columnsOf(
    Object.fromEntries(Object.entries(fields).filter(([name]) => values[name] !== undefined)),
  );
  return Prisma.sql`(${columns}) = (
    SELECT ${columns} FROM json_populate_record(NULL::${Prisma.raw(`"${table}"`)}, ${JSON.stringify(values)}::json))`;
}

/**
 * SQL that inserts rows, which may be one part of a statement that inserts into several tables. The types ask for every
 * column, also one that a later version adds, because SQL by hand gets none of the client's defaults (ids, say).
 * @param fields Prisma's list of the columns, such as `Prisma.ConsentScalarFieldEnum`
 * @param inSql the columns that the database computes, each with its SQL
 */
export function insertion<T extends object, Computed extends keyof T = never>(
  table: Prisma.ModelName,
  fields: Record<keyof T & string, string>,
  rows: readonly Omit<T, Computed>[],
  inSql?: Record<Computed, Prisma.Sql>,
): Prisma.Sql {
  const computed: Record<string, Prisma.Sql> = { ...inSql };
  const values = Object.values<string>(fields).map((name) => computed[name] ?? Prisma.raw(`r."${name}"`));
  const into = Prisma.raw(`"${table}"`);
  return Prisma.sql`
    INSERT INTO ${into} (${columnsOf(fields)}) SELECT ${Prisma.join(values)}
    FROM json_populate_recordset(NULL::${into}, ${JSON.stringify(rows)}::json) r`;
}
