import { createReadStream, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { earlierCheckpoints, ownCheckpoints } from '../../features/privacy/checkpoint-file.ts';
import { bitWidths, moduleLanguages, operatingSystems } from '../../records/modules/choices.ts';
import { type Config, readConfig } from '../config.ts';
import { declareAudit } from './cli-audit.ts';
import { declareCodes } from './cli-codes.ts';
import { declareDoctor } from './cli-doctor.ts';
import { declareHolidays } from './cli-holidays.ts';
import { declarePrivacy } from './cli-privacy.ts';
import { declareSecretKey } from './cli-secret-key.ts';
import type { CommandName } from './commands.ts';
import { intoFile, readArgument, requireFile } from './given-file.ts';
import { OperatorMistake } from './mistake.ts';
import { placeOf } from './place.ts';
import { loadSettingsFile } from './settings-file.ts';
import { unknownCommand } from './unknown-command.ts';

// Each command loads its modules when it is called: the local page should not wait for those of the doctor.

const now = () => new Date();
const out = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);
const name = userInfo().username;
const STOP_WITHIN_MS = 10_000;

const program = new Command('bogeup')
  .description('Hands out the GPKI Standard API over Slack. Settings come from the environment.')
  .option('--data-dir <folder>', 'instead of DATA_DIR')
  .option('--env-file <file>', 'settings, instead of .env beside the program')
  .version(readVersion());

function given(): { dataDir?: string; port?: string } {
  return program.opts<{ dataDir?: string }>();
}

/** The settings of a command, whose database is named: it may be another one than was meant. */
function settled(): Config {
  const config = readConfig(process.env, given());
  complain(`Database: ${placeOf(config)}`);
  return config;
}

async function onDatabase(
  command: CommandName,
  args: unknown,
  say = out,
  attached?: () => AsyncIterable<Uint8Array>,
): Promise<number> {
  const { runCommand } = await import('./run.ts');
  return runCommand(settled(), command, args, { now, out: say, name, progress, attached });
}

/** Runs a command that prints a document: to the terminal, or to a file that only this account may read. */
async function document(path: string | undefined, command: CommandName, args: unknown): Promise<number> {
  if (path === undefined) return onDatabase(command, args);
  return toFile(path, command, args, (lines) => intoFile(path, `${lines.join('\n')}\n`, 0o600));
}

/** Writes the list of revoked licences; it is public, so the file gets the usual rights. */
const writeList = (path: string) =>
  toFile(path, 'licence.list', {}, (lines) => intoFile(path, Buffer.from(lines.join(''), 'base64')));

/** Hands what a command prints to `write`; what it prints when it fails goes to the terminal. */
async function toFile(
  path: string,
  command: CommandName,
  args: unknown,
  write: (lines: string[]) => void,
): Promise<number> {
  const lines: string[] = [];
  const code = await onDatabase(command, args, (line) => void lines.push(line));
  if (code === 0) write(lines);
  for (const line of code === 0 ? [`${path} was written.`] : lines) out(line);
  return code;
}

/** Draws a progress bar on a terminal; in a log it prints nothing. */
function progress(done: number, total: number): void {
  if (!process.stderr.isTTY) return;
  const share = total === 0 ? 1 : done / total;
  const bar = '█'.repeat(Math.round(share * 30)).padEnd(30, '░');
  process.stderr.write(`\r${bar} ${done}/${total}${done >= total ? '\n' : ''}`);
}

program
  .command('start', { isDefault: true })
  .description('run the bot; without Slack settings in a local workspace')
  .option('--port <number>', 'instead of PORT')
  .action(({ port }: { port?: string }) => run(() => runBot(port)));

program
  .command('demo')
  .description('fill the empty trial workspace of the running bot with an office that has worked for a year')
  .action(() =>
    run(async () => {
      const { fillRunning } = await import('./demo.ts');
      return fillRunning(readConfig(process.env, given()), out);
    }),
  );

program
  .command('migrate')
  .description('bring the database up to date')
  .action(() => run(() => onDatabase('migrate', {})));

declareDoctor(program, (views) =>
  run(async () => {
    const { doctor } = await import('./doctor.ts');
    const nodeVersion = process.versions.node;
    return doctor({ env: process.env, given: given(), nodeVersion, now, out, name, views });
  }),
);

const terminal = { now, out, name, version: readVersion() };
program
  .command('backup')
  .argument('<file>', 'that is not there yet')
  .description('the whole database in one file, while the bot runs; without keys')
  .action((file: string) => run(async () => (await import('./backup.ts')).backup(settled(), file, terminal)));
program
  .command('restore')
  .argument('<file>', 'made by backup')
  .description('lay a backup out in an empty DATA_DIR or database, and prove its audit trail')
  .action((file: string) =>
    run(async () => (await import('./restore.ts')).restore(settled(), file, terminal)),
  );

const licence = program.command('licence').description('licence files');
licence
  .command('verify')
  .argument('<file>')
  .description('whether a licence is genuine, in force and, with --host, for that server')
  .option('--host <what...>', 'IP addresses, MAC, domain or host name of the server')
  .option('--list <file>', 'a signed list of superseded and revoked licences, where no database can be asked')
  .action((path: string, { host = [], list }: { host?: string[]; list?: string }) =>
    run(() =>
      verifyLicence({
        file: readArgument(path),
        hosts: host,
        ...(list === undefined ? {} : { list: readArgument(list) }),
      }),
    ),
  );
licence
  .command('chain')
  .argument('<number>', 'such as REG-2026-000001')
  .description('every licence of its system, old to new, with dates and reasons')
  .action((number: string) => run(() => onDatabase('licence.chain', { number })));
licence
  .command('list')
  .description('the signed list of superseded and revoked licences')
  .requiredOption('--out <file>', 'write it there, as DER')
  .action(({ out: path }: { out: string }) => run(() => writeList(path)));

declareSecretKey(program, (file) =>
  run(async () => {
    const { changeSecretKey } = await import('./change-secret-key.ts');
    return changeSecretKey(settled(), file, { now, out, name });
  }),
);

declareCodes(program, (person) => run(() => onDatabase('codes.reset', { person })));

declareAudit(program, (path, heads) =>
  run(() => {
    const { dataDir } = readConfig(process.env, given());
    const checkpoints = path ? readArgument(path) : ownCheckpoints(dataDir);
    const earlier = path ? [] : earlierCheckpoints(dataDir);
    return onDatabase('audit.verify', { heads, checkpoints, earlier });
  }),
);

program
  .command('agencies')
  .description('agencies (이용기관)')
  .command('import')
  .argument('<file.csv>')
  .description(
    'add and correct agencies: UTF-8 or CP949, with the columns of the public 행정표준코드 files or code, name, abolished, successor, source',
  )
  .option('--dry-run', 'say what would change, and change nothing')
  .action((path: string, { dryRun = false }: { dryRun?: boolean }) =>
    run(() => onDatabase('agencies.import', { file: readArgument(path), dryRun })),
  );

declareHolidays(program, (command, args) => run(() => onDatabase(command, args)));

declarePrivacy(program, (path, command, args) => run(() => document(path, command, args)));

const valuesOf = (choices: readonly { value: string }[]) => choices.map(({ value }) => value);
const modules = program.command('modules').description('releases of the Standard API module');
modules
  .command('add')
  .argument('<file>')
  .description('add a release; approvals deliver the newest that fits, people with an older one are told')
  .addOption(new Option('--language <language>').choices(valuesOf(moduleLanguages)).makeOptionMandatory())
  .addOption(new Option('--os <system>').choices(valuesOf(operatingSystems)).makeOptionMandatory())
  .addOption(new Option('--bits <width>').choices(valuesOf(bitWidths)).makeOptionMandatory())
  .requiredOption('--release-version <version>', 'such as 1.5.0', versionNumber)
  .requiredOption('--name <name>', 'as people read it')
  .option('--notes <text>', 'as people read them', '')
  .option('--sha256 <digest>', 'refuse the file if its SHA-256 is another')
  .action(
    (
      path: string,
      options: Record<'language' | 'os' | 'bits' | 'releaseVersion' | 'name' | 'notes', string>,
    ) =>
      run(() => {
        const { releaseVersion: version, bits, ...rest } = options;
        const file = { name: basename(path), size: requireFile(path) };
        const args = { ...rest, version, bits: Number(bits), file };
        return onDatabase('modules.add', args, out, () => createReadStream(path)); // never whole in memory
      }),
  );
modules
  .command('list')
  .description('all releases with their SHA-256')
  .action(() => run(() => onDatabase('modules.list', {})));

program
  .command('sign-challenge')
  .argument('<file>', 'as the bot sent it')
  .description('local mode: sign a challenge as a person of the test PKI; writes FILE.p7m')
  .requiredOption('--person <name>', 'of the local workspace')
  .option('--revoked', 'with a revoked certificate, to see the refusal')
  .action((file: string, { person, revoked = false }: { person: string; revoked?: boolean }) =>
    run(async () => {
      const { signChallenge } = await import('./sign-challenge.ts');
      return signChallenge(readConfig(process.env, given()), { person, file, revoked }, { now, out });
    }),
  );

const unknown = unknownCommand(program, program.parseOptions(process.argv.slice(2)).operands);
const wrong = unknown ?? loadSettingsFile(program.opts<{ envFile?: string }>().envFile, complain);
if (wrong) {
  complain(wrong);
  process.exit(1);
}
await program.parseAsync();

function versionNumber(text: string): string {
  if (/^\d+(\.\d+)*([-.][0-9A-Za-z]+)*$/.test(text)) return text;
  throw new InvalidArgumentError('Write it like 1.5.0.');
}

/** Verifies a licence file. Without a database it cannot look the licence's number up, and says so. */
async function verifyLicence(args: {
  file: { name: string; base64: string };
  hosts: string[];
  list?: { name: string; base64: string };
}): Promise<number> {
  const { DatabaseAway } = await import('./open-database.ts');
  try {
    return await onDatabase('licence.verify', args);
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error;
    const { verifyLicence: verify } = await import('./licence.ts');
    const { trustedCertificates } = await import('./signing.ts');
    const config = readConfig(process.env, given());
    out(error.message);
    return verify({ db: null, now, out, trustedCertificates: () => trustedCertificates(config) }, args);
  }
}

/** Runs until it is told to stop. @returns the exit code */
async function runBot(port?: string): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve();
        process.once(signal, () => process.exit(1)); // a second signal ends the process at once
        setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      });
    }
  });
  const { start } = await import('./start.ts');
  const running = start(readConfig(process.env, { ...given(), ...(port === undefined ? {} : { port }) }), {
    now,
    out,
  });
  const bot = await Promise.race([running, stopped.then(() => null)]);
  if (!bot) return 0; // stopped during the start; unfinished work is as safe as after a power cut
  await stopped;
  await bot.stop();
  return 0;
}

/** Carries out one command and ends the process with its code: an embedded database leaves handles open. */
async function run(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.exitCode = 1;
    complain(await describe(error));
  }
  process.exit();
}

async function describe(error: unknown): Promise<string> {
  if (error instanceof OperatorMistake) return error.message;
  const { explain } = await import('./trouble.ts');
  const known = explain(error);
  if (known) return known;
  return `Something unforeseen happened; please report it.\n${error instanceof Error ? error.stack : String(error)}`;
}

function readVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}
