import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { OperatorMistake } from './mistake.ts';

/** Runs a tool of PostgreSQL. It gets the address in its environment: every account can read arguments. */
export async function runPostgres(
  tool: 'pg_dump' | 'pg_restore',
  databaseUrl: string,
  args: string[],
): Promise<void> {
  const env = { PATH: pathOfTools(), ...addressOf(databaseUrl) };
  const target = tool === 'pg_restore' ? [`--dbname=${env.PGDATABASE}`] : [];
  const child = spawn(tool, [...target, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed).on('close', done);
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new OperatorMistake(
      `${tool} was not found. Install PostgreSQL’s client programs (postgresql-client).`,
    );
  });
  if (code !== 0) throw new OperatorMistake(`${tool} failed: ${complaint.trim().split('\n')[0]}`);
}

/** What a DATABASE_URL says beside the address, as libpq calls it. */
const PARAMETERS = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
} as const;

/** The address of the database in the environment variables of libpq. */
export function addressOf(databaseUrl: string): Record<string, string> & { PGDATABASE: string } {
  const { username, password, hostname, port, pathname, searchParams } = new URL(databaseUrl);
  const given = Object.entries(PARAMETERS).map(([name, variable]) => [variable, searchParams.get(name)]);
  return {
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGHOST: decodeURIComponent(searchParams.get('host') ?? hostname),
    PGPORT: port || '5432',
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    ...Object.fromEntries(given.filter(([, value]) => value !== null)),
  };
}

/** The folders in which the tools of PostgreSQL are looked for. */
function pathOfTools(): string {
  return ['/usr/local/bin', '/usr/bin', '/bin', dirname(process.execPath)].join(':');
}
