import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { assertInForce, loadSigner } from '../../records/licences/signer.ts';
import { openTrust } from '../../records/pki/trust.ts';
import { FolderInUse } from '../../store/process-lock.ts';
import { type Config, readConfig, refuseByChance } from '../config.ts';
import { openToOthers } from '../key-files.ts';
import { type Identity, refuseOtherBot } from '../own-bot.ts';
import { type Checks, openChecks, Risk } from './doctor-check.ts';
import { checkFolder, checkNode, checkPort } from './doctor-machine.ts';
import { openJudge, openSlackChecks } from './doctor-slack.ts';
import { openMailer } from './mail.ts';
import { lookAtDatabase, MAY_NOT_CREATE, refuseLostDatabase } from './open-database.ts';
import { useProxies } from './proxy.ts';
import { refuseOtherPurpose } from './purpose.ts';
import { runCommand } from './run.ts';
import { keysFolder } from './signing.ts';

interface DoctorParts {
  env: NodeJS.ProcessEnv;
  given: { port?: string; dataDir?: string };
  nodeVersion: string;
  now: () => Date;
  out(line: string): void;
  name: string;
  /** Whether to let Slack check everything that the bot draws; that takes a minute or two. */
  views?: boolean;
}

/**
 * Checks everything that a start needs and prints one line for each, with what to do.
 * @returns 1 when a start would fail or the bot would not work, 0 when there are no problems or only risks
 */
export async function doctor(parts: DoctorParts): Promise<number> {
  const { out, now } = parts;
  const checks = openChecks(out);
  const { check } = checks;
  await check('Node.js', () => checkNode(parts.nodeVersion));
  let config: Config | undefined;
  await check('settings', () => {
    const read = readConfig(parts.env, parts.given);
    refuseByChance(read);
    config = read;
    if (read.unused.length > 0) throw new Risk(read.unused.join(' '));
    return read.slack
      ? `real Slack, ${read.slack.mode} mode`
      : 'local mode, for trying out: SLACK_BOT_TOKEN is not set';
  });
  if (!config) return 1;
  const settled = config;
  await check('data folder', () => checkFolder(settled));
  await check('key files', () => checkKeyFiles(settled));
  if (settled.slack && settled.proxies) useProxies(settled.proxies);
  const slack = settled.slack && openSlackChecks(settled.slack);
  const start: Asked = {
    purpose: slack ? 'REAL' : 'TRIAL',
    bot: (await slack?.identity()) ?? {},
    successor: settled.newBotId,
  };
  await check('database', () => checkDatabase(settled, parts, start));
  await check('licence signer', () => checkSigner(settled, now()));
  await check('mail', () => checkMail(settled));
  await check('registration by certificate', () => checkTrust(settled, now));
  if (settled.slack?.mode !== 'socket') await check('port', () => checkPort(settled.port));
  if (settled.slack && slack) await askSlack(settled.slack, slack, checks);
  if (parts.views) await check('views', () => checkViews(settled, now));
  return checks.wouldStart() ? 0 : 1;
}

async function checkViews({ slack }: Config, now: () => Date): Promise<string> {
  if (!slack) throw new Risk('Slack judges them: set SLACK_BOT_TOKEN, or leave --views out.');
  const [{ openExampleOffice }, { drawn }, { judgeViews }] = await Promise.all([
    import('./example-office.ts'),
    import('./drawn.ts'),
    import('./doctor-views.ts'),
  ]);
  const { filings, close } = await openExampleOffice(now);
  try {
    return await judgeViews(openJudge(slack), drawn(filings));
  } finally {
    await close();
  }
}

function checkKeyFiles(config: Config): string {
  const open = openToOthers(config);
  if (open.length > 0) throw new Risk(open.join(' '));
  return 'none that other accounts of this machine can read';
}

async function askSlack(
  slack: NonNullable<Config['slack']>,
  ask: ReturnType<typeof openSlackChecks>,
  { check }: Checks,
): Promise<void> {
  await check('Slack', () => ask.checkBot());
  if (slack.mode === 'socket') await check('Socket Mode', () => ask.checkSocket(slack.appToken));
  await check('officers’ channel', () => ask.checkChannel());
  await check('questions’ channel', () => ask.checkQuestions());
  await check('officers', () => ask.checkOfficers());
}

async function checkMail(config: Config): Promise<string> {
  const report = await openMailer(config).verify();
  if (!config.slack || config.mail.smtpUrl) return report;
  throw new Risk(`${report}, and nobody sends it. Set SMTP_URL and MAIL_FROM.`);
}

/** Checks the database without changing it: pending migrations are left to the start, as an older bot may still run. */
async function checkDatabase(config: Config, parts: DoctorParts, start: Asked): Promise<string> {
  await refuseLostDatabase(config);
  const folder = new URL('../../../prisma/migrations', import.meta.url);
  const known = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return config.databaseUrl
    ? checkServer(config.databaseUrl, known, () => ask(config, parts, start))
    : checkEmbedded(config.dataDir, known, start, () => ask(config, parts, start));
}

async function checkServer(
  databaseUrl: string,
  known: string[],
  askDatabase: () => Promise<void>,
): Promise<string> {
  const { mayCreate, applied } = await lookAtDatabase(databaseUrl);
  const waiting = known.filter((name) => !applied?.includes(name)).length;
  if (waiting > 0 && !mayCreate)
    throw new Error(`The account of DATABASE_URL may not make tables. ${MAY_NOT_CREATE}`);
  if (!applied) return 'PostgreSQL, empty: its tables are made at the first start';
  if (waiting > 0) return `PostgreSQL, ${pending(waiting, known)}`;
  await askDatabase();
  return `PostgreSQL, ${allApplied(known)}`;
}

async function checkEmbedded(
  dataDir: string,
  known: string[],
  { purpose, bot, successor }: Asked,
  askBot: () => Promise<void>,
): Promise<string> {
  if (!existsSync(join(dataDir, 'db'))) return `embedded, will be made in ${dataDir} at the first start`;
  const [{ lookIntoFolder }, { refuseNewer }] = await Promise.all([
    import('../../store/store.ts'),
    import('../../store/migrate.ts'),
  ]);
  try {
    return await lookIntoFolder(dataDir, async (applied, db) => {
      const waiting = known.filter((name) => !applied.has(name)).length;
      refuseNewer(applied, known.toSorted());
      if (waiting > 0) return `embedded, ${dataDir}, ${pending(waiting, known)}`;
      await refuseOtherPurpose(db, purpose);
      await refuseOtherBot(db, bot, successor);
      return `embedded, ${dataDir}, ${allApplied(known)}`;
    });
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    await askBot(); // the running bot has it open and answers
    return `embedded, ${dataDir}, ${allApplied(known)}`;
  }
}

const allApplied = ({ length }: string[]) => `${length} of ${length} migrations applied`;
const pending = (waiting: number, { length }: string[]) =>
  `${waiting} of ${length} migrations are applied at the next start: back up before`;

/** What a start would ask of the database. */
interface Asked {
  purpose: 'TRIAL' | 'REAL';
  bot: Identity;
  successor: string | null;
}

/** Asks the database, or the bot that has it open, whether a start would accept it. */
async function ask(config: Config, { now, name }: DoctorParts, start: Asked): Promise<void> {
  const lines: string[] = [];
  const terminal = { now, out: (line: string) => lines.push(line), name };
  const code = await runCommand(config, 'check', start, terminal);
  if (code !== 0) throw new Error(lines.join(' '));
}

async function checkTrust({ slack, trust }: Config, now: () => Date): Promise<string> {
  const { store, crls, issuers } = trust;
  if (!store) return slack ? 'off (TRUST_STORE is not set)' : 'with a test PKI under DATA_DIR/pki';
  const opened = await openTrust({ store, crls, issuers, testCas: slack === null }, now);
  const ended = opened.store.filter(({ notAfter }) => notAfter < now());
  if (ended.length > 0)
    throw new Error(`${ended.map(({ cn }) => cn).join(', ')} in TRUST_STORE has expired. Replace it.`);
  return `${opened.store.length} CA certificates, lists from ${crls ?? 'http addresses only (CRL_DIR is not set)'}`;
}

/** How long before its end the doctor warns of a certificate that expires. */
const SOON_DAYS = 60;

async function checkSigner(config: Config, now: Date): Promise<string> {
  const keyFile = join(keysFolder(config), 'licence-key.pem');
  const own = !config.signer;
  const selfMade = 'LICENCE_KEY is not set: a self-made key signs. Set LICENCE_KEY and LICENCE_CERT.';
  if (own && !existsSync(keyFile)) {
    if (config.slack) throw new Risk(selfMade);
    return 'will be made under DATA_DIR/keys at the first start';
  }
  const files = config.signer ?? { keyFile, certificateFile: join(keysFolder(config), 'licence-cert.pem') };
  const signer = await loadSigner(files);
  const { subject, notAfter } = signer;
  const until = `${subject}, until ${notAfter.toISOString().slice(0, 10)}`;
  if (config.licenceSource === 'own') assertInForce(signer, now);
  if (notAfter.getTime() - now.getTime() <= SOON_DAYS * 86_400_000)
    throw new Risk(`${until}. Have a new certificate issued and change the signer.`);
  if (own && config.slack) throw new Risk(`${until}. ${selfMade}`);
  return until;
}
