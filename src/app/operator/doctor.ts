import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadSigner } from '../../records/licences/signer.ts';
import { openTrust } from '../../records/pki/trust.ts';
import { type Config, readConfig } from '../config.ts';
import { openSlackChecks } from './doctor-slack.ts';
import { openMailer } from './mail.ts';
import { runCommand } from './run.ts';
import { keysFolder } from './signing.ts';
import { explain } from './trouble.ts';

/** Of package.json; below it some libraries do not start. */
const NODE_FLOOR = [20, 19] as const;

export interface DoctorParts {
  env: NodeJS.ProcessEnv;
  given: { port?: string; dataDir?: string };
  nodeVersion: string;
  now: () => Date;
  out(line: string): void;
  name: string;
}

/** Looks at everything that a start needs; one line each, with what to do. @returns 0 when all is well */
export async function doctor(parts: DoctorParts): Promise<number> {
  const { out, now } = parts;
  let healthy = true;
  /** A check returns what is well, or throws what is not. */
  const check = async (what: string, look: () => Promise<string> | string): Promise<void> => {
    try {
      out(`✓ ${what}: ${await look()}`);
    } catch (error) {
      healthy = false;
      out(`✗ ${what}: ${explain(error) ?? (error instanceof Error ? error.message : String(error))}`);
    }
  };

  await check('Node.js', () => checkNode(parts.nodeVersion));
  let config: Config | undefined;
  await check('settings', () => {
    config = readConfig(parts.env, parts.given);
    return config.slack ? `real Slack, ${config.slack.mode} mode` : 'local mode';
  });
  if (!config) return 1;
  const settled = config;
  await check('database', () => checkDatabase(settled, parts));
  await check('licence signer', () => checkSigner(settled, now()));
  await check('mail', () => openMailer(settled).verify());
  await check('registration by certificate', () => checkTrust(settled, now));
  const { slack } = settled;
  if (slack) {
    const { checkSlack, checkChannel, checkQuestions } = openSlackChecks(slack);
    await check('Slack', () => checkSlack());
    await check('officers’ channel', () => checkChannel());
    await check('questions’ channel', () => checkQuestions());
    await check('officers', () => {
      if (slack.officers.length > 0) return `${slack.officers.length} from the settings`;
      throw new Error('OFFICERS is empty. Name at least two, since nobody decides a filing of their own.');
    });
  }
  return healthy ? 0 : 1;
}

function checkNode(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) return version;
  throw new Error(`${version} is too old. Install Node.js ${NODE_FLOOR.join('.')} or newer.`);
}

/** Opening it applies what is pending, as a start would. */
async function checkDatabase(config: Config, { now, name }: DoctorParts): Promise<string> {
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'db')))
    return `embedded, will be made in ${config.dataDir} at the first start`;
  const lines: string[] = [];
  const code = await runCommand(config, 'migrate', {}, { now, out: (line) => lines.push(line), name });
  if (code !== 0) throw new Error(lines.join(' '));
  const folder = new URL('../../../prisma/migrations', import.meta.url);
  const count = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length;
  return `${config.databaseUrl ? 'PostgreSQL' : `embedded, ${config.dataDir}`}, ${count} of ${count} migrations applied`;
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

async function checkSigner(config: Config, now: Date): Promise<string> {
  if (config.slack && !config.signer)
    throw new Error('LICENCE_KEY is not set: a self-made key signs. Set LICENCE_KEY and LICENCE_CERT.');
  const keyFile = join(keysFolder(config), 'licence-key.pem');
  if (!config.signer && !existsSync(keyFile)) return 'will be made under DATA_DIR/keys at the first start';
  const files = config.signer ?? { keyFile, certificateFile: join(keysFolder(config), 'licence-cert.pem') };
  const { subject, notAfter } = await loadSigner(files, now);
  return `${subject}, until ${notAfter.toISOString().slice(0, 10)}`;
}
