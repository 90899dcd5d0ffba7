import { resolve } from 'node:path';
import type { LicenceSource } from '../records/licences/issue.ts';
import { readSecretFiles, SECRET_FILES } from './secret-files.ts';
import { strangeNames } from './setting-names.ts';
import { EITHER_CASE, type LogLevel, OF_OTHERS, SETTINGS, type Settings, settings } from './settings.ts';

/** How the bot reaches Slack, or the local workspace that stands in for it. */
export type SlackConnection = {
  /** xoxb-… */
  botToken: string;
  /** Another base address of the Web API, with a trailing slash; left out: Slack's own. */
  apiUrl?: string;
  /** Channel id of the officers' desk. */
  adminChannel: string | null;
  /** Id of the channel in which questions are answered; left out: the officers' desk. */
  questionsChannel?: string | null;
  /** Slack user ids of people who are officers from the start. */
  officers: string[];
} & (
  | { mode: 'socket' /** xapp-… */; appToken: string }
  | { mode: 'http'; signingSecret: string; port: number }
);

export interface Config {
  /** null: local mode, where the local workspace makes its own connection. */
  slack: SlackConnection | null;
  /** PostgreSQL; null: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** An absolute path. */
  dataDir: string;
  port: number;
  /** The port that serves health and metrics to this machine; null: none. */
  healthPort: number | null;
  /**
   * The socket of systemd, if it waits for the message that the bot is ready; without a sign of life for `watchdogMs`
   * it restarts the bot.
   */
  serviceManager: { socket: string; watchdogMs: number | null } | null;
  /** Addresses of the proxies, and the hosts reached without them; null: no proxy. With real Slack only. */
  proxies: { http: string | null; https: string | null; except: string } | null;
  adminChannel: string | null;
  questionsChannel: string | null;
  officers: string[];
  /** The id of a bot that takes the place of the one to which the database belongs. */
  newBotId: string | null;
  /** PEM files; null: made once under `dataDir/keys`. */
  signer: { keyFile: string; certificateFile: string; passphrase?: string } | null;
  /** The mail server; without one, mails are written as `.eml` files to `dataDir/mail`. */
  mail: { smtpUrl: string | null; from: string | null; replyTo: string | null };
  /**
   * Proof of identity by certificate: absolute paths of the folders with CA certificates and revocation lists, and the
   * CNs of the CAs whose certificates are accepted (empty: the known ones). Without a store proof is off, except that
   * local mode makes a test PKI under `dataDir/pki`.
   */
  trust: { store: string | null; crls: string | null; issuers: string[] };
  /** Whether officers must use one-time codes. If not, officers who enrolled are still asked for them. */
  stepUp: boolean;
  /** 32 bytes that encrypt the secrets of one-time codes; null: made once under `dataDir/keys`. */
  secretKey: Buffer | null;
  /** For how many months a temporary licence is valid. */
  temporaryMonths: number;
  /** Who makes the licences: the bot, or the official generator, whose files officers attach. */
  licenceSource: LicenceSource;
  /** Whether local mode was asked for by name; on a PostgreSQL server it must be. */
  local: boolean;
  /** Paths of the files with keys and passwords that the settings name. */
  keyFiles: string[];
  /** One line for each setting that is set but has no effect. */
  unused: string[];
  /** info by default; warn in local mode, where somebody reads the terminal. */
  logLevel: LogLevel;
}

/** What is wrong with the settings, one line each: which setting, what, and what to do. Never holds a value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const OTHER_NAMES = [...EITHER_CASE.map((name) => name.toLowerCase()), ...OF_OTHERS];

/**
 * Reads the settings. An empty one counts as absent, as in an .env file. Relative paths are taken from the current
 * directory. @throws ConfigError naming everything that is wrong at once
 */
export function readConfig(
  surroundings: NodeJS.ProcessEnv,
  given: { port?: string; dataDir?: string } = {},
): Config {
  const { secrets, files, problems: unread } = readSecretFiles(surroundings);
  const env: NodeJS.ProcessEnv = { ...surroundings, ...secrets };
  for (const name of EITHER_CASE) env[name] ??= surroundings[name.toLowerCase()];
  const { port = env.PORT, dataDir = env.DATA_DIR } = given;
  const present = Object.entries({ ...env, PORT: port, DATA_DIR: dataDir })
    .map(([name, value]) => [name, value?.trim()] as const)
    .filter(([, value]) => value);
  const parsed = settings.safeParse(Object.fromEntries(present));
  const problems = [
    ...unread,
    ...strangeNames(surroundings, [...SETTINGS, ...SECRET_FILES, ...OTHER_NAMES]),
    ...(parsed.success ? halfSet(parsed.data) : parsed.error.issues.map((issue) => issue.message)),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const all = parsed.data;
  return {
    slack: connection(all),
    databaseUrl: all.DATABASE_URL ?? null,
    dataDir: resolve(all.DATA_DIR),
    port: all.PORT,
    healthPort: all.HEALTH_PORT ?? null,
    serviceManager: serviceManager(env),
    proxies: proxies(all),
    adminChannel: all.ADMIN_CHANNEL ?? null,
    questionsChannel: all.QUESTIONS_CHANNEL ?? null,
    officers: all.OFFICERS,
    newBotId: all.SLACK_BOT_ID ?? null,
    signer:
      all.LICENCE_KEY && all.LICENCE_CERT
        ? {
            keyFile: resolve(all.LICENCE_KEY),
            certificateFile: resolve(all.LICENCE_CERT),
            ...(all.LICENCE_KEY_PASSPHRASE ? { passphrase: all.LICENCE_KEY_PASSPHRASE } : {}),
          }
        : null,
    mail: { smtpUrl: all.SMTP_URL ?? null, from: all.MAIL_FROM ?? null, replyTo: all.MAIL_REPLY_TO ?? null },
    trust: {
      store: all.TRUST_STORE ? resolve(all.TRUST_STORE) : null,
      crls: all.CRL_DIR ? resolve(all.CRL_DIR) : null,
      issuers: all.ISSUERS,
    },
    stepUp: isStepUpOn(all),
    secretKey: all.SECRET_KEY ?? null,
    temporaryMonths: all.TEMPORARY_MONTHS,
    licenceSource: all.LICENCE_SOURCE,
    local: all.LOCAL === 'on',
    keyFiles: [...(all.LICENCE_KEY ? [resolve(all.LICENCE_KEY)] : []), ...files],
    unused: unused(env, all),
    logLevel: all.LOG_LEVEL ?? (all.SLACK_BOT_TOKEN ? 'info' : 'warn'),
  };
}

/** The proxies of the settings; this machine itself is reached without one, unless NO_PROXY says otherwise. */
function proxies({ SLACK_BOT_TOKEN, HTTP_PROXY, HTTPS_PROXY, NO_PROXY }: Settings): Config['proxies'] {
  if (!SLACK_BOT_TOKEN || !(HTTP_PROXY || HTTPS_PROXY)) return null;
  const except = NO_PROXY ?? 'localhost,127.0.0.1,[::1]';
  return { http: HTTP_PROXY ?? null, https: HTTPS_PROXY ?? null, except };
}

/** Reads what systemd sets in the environment of the process that it starts. */
function serviceManager({ NOTIFY_SOCKET, WATCHDOG_USEC }: NodeJS.ProcessEnv): Config['serviceManager'] {
  if (!NOTIFY_SOCKET) return null;
  return { socket: NOTIFY_SOCKET, watchdogMs: Number(WATCHDOG_USEC) / 1000 || null };
}

/** One-time codes are obligatory with real Slack unless they are switched off. */
function isStepUpOn({ STEP_UP, SLACK_BOT_TOKEN }: Settings): boolean {
  return (STEP_UP ?? (SLACK_BOT_TOKEN ? 'on' : 'off')) === 'on';
}

export const NO_SECRET_KEY =
  'SECRET_KEY is not set: with PostgreSQL the secrets of officers’ one-time codes need a key that every process has. Make one with: openssl rand -base64 32 (or set STEP_UP=off, and nobody can enrol).';

/** Local mode on a server must be asked for: else a forgotten token would put invented people into a real database. */
export function refuseByChance({ slack, databaseUrl, local }: Config): void {
  if (slack || !databaseUrl || local) return;
  throw new ConfigError([
    'DATABASE_URL is set, and no Slack. Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET; or, to try out on a database of its own on that server, LOCAL=on.',
  ]);
}

function unused(env: NodeJS.ProcessEnv, all: Settings): string[] {
  const has = (name: string) => Boolean(env[name]?.trim());
  const lines: string[] = [];
  if (has('PORT') && all.SLACK_APP_TOKEN)
    lines.push('PORT is set but not used: in Socket Mode nothing listens on it.');
  if (all.LOCAL === 'on' && !all.DATABASE_URL)
    lines.push('LOCAL is set but not used: without Slack and DATABASE_URL the local workspace runs anyway.');
  return lines;
}

/** Finds settings that mean nothing without another one, or that contradict each other. */
function halfSet(all: Settings): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = all;
  const problems: string[] = [];
  if (bot && !app && !secret) {
    problems.push(
      'SLACK_BOT_TOKEN alone does not say how to connect. Add SLACK_APP_TOKEN for Socket Mode or SLACK_SIGNING_SECRET for HTTP; without any of the three the local workspace runs.',
    );
  }
  if (app && secret) {
    problems.push(
      'SLACK_APP_TOKEN (Socket Mode) and SLACK_SIGNING_SECRET (HTTP) are both set. Keep the one of the mode you want.',
    );
  }
  if (all.LOCAL === 'on' && bot)
    problems.push('LOCAL=on and SLACK_BOT_TOKEN are both set. Keep the one that you want.');
  for (const name of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL', 'SLACK_BOT_ID'] as const) {
    if (all[name] && !bot) problems.push(`${name} is set without SLACK_BOT_TOKEN. Set both, or neither.`);
  }
  if (all.LICENCE_KEY && !all.LICENCE_CERT)
    problems.push('LICENCE_KEY is set without LICENCE_CERT. Name the certificate that belongs to the key.');
  if (all.LICENCE_CERT && !all.LICENCE_KEY)
    problems.push('LICENCE_CERT is set without LICENCE_KEY. Name the key that belongs to the certificate.');
  if (all.LICENCE_KEY_PASSPHRASE && !all.LICENCE_KEY)
    problems.push(
      'LICENCE_KEY_PASSPHRASE is set without LICENCE_KEY. Name the key file, or drop the passphrase.',
    );
  if (isStepUpOn(all) && bot && all.DATABASE_URL && !all.SECRET_KEY) problems.push(NO_SECRET_KEY);
  if (all.SMTP_URL && !all.MAIL_FROM)
    problems.push('SMTP_URL is set without MAIL_FROM. Name the address that mail is sent from.');
  if (!all.TRUST_STORE && all.CRL_DIR)
    problems.push('CRL_DIR is set without TRUST_STORE. Name the folder of the CA certificates too.');
  if (!all.TRUST_STORE && all.ISSUERS.length > 0)
    problems.push('ISSUERS is set without TRUST_STORE. Name the folder of the CA certificates too.');
  return problems;
}

function connection(all: Settings): SlackConnection | null {
  if (!all.SLACK_BOT_TOKEN) return null;
  const common = {
    botToken: all.SLACK_BOT_TOKEN,
    ...(all.SLACK_API_URL ? { apiUrl: all.SLACK_API_URL } : {}),
    adminChannel: all.ADMIN_CHANNEL ?? null,
    questionsChannel: all.QUESTIONS_CHANNEL ?? null,
    officers: all.OFFICERS,
  };
  return all.SLACK_APP_TOKEN
    ? { ...common, mode: 'socket', appToken: all.SLACK_APP_TOKEN }
    : { ...common, mode: 'http', signingSecret: all.SLACK_SIGNING_SECRET ?? '', port: all.PORT };
}
