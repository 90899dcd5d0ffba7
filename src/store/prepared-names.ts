/** The bot has fewer different SQL texts; a list of another length makes another text. */
const MOST_PREPARED = 1000;

/**
 * Names each SQL text, so that a connection prepares it once; texts beyond the limit get no name and are not kept. No
 * name is given to what returns "all columns": while an older process still runs, a migration may add one, and
 * PostgreSQL refuses a prepared statement whose result has changed. In an ask (ask.ts) the result is always one JSON.
 */
export function preparedNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST_PREPARED || (ALL_COLUMNS.test(sql) && !ONE_JSON.test(sql))) return '';
    const name = `s${names.size}`;
    names.set(sql, name);
    return name;
  };
}

const ALL_COLUMNS = /(SELECT|RETURNING|\.)\s*\*/i;
const ONE_JSON = /^\s*SELECT json_build_array\(/;
