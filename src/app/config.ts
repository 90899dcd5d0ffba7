import { resolve } from 'node:path';
import { z } from 'zod';
import { strangeNames } from './setting-names.ts';

/** How the bot reaches Slack, or the local workspace that stands in for it. */
export type SlackConnection = {
  /** xoxb-… */
  botToken: string;
  /** Another Web API base, with a trailing slash; Slack's own when left out. */
  apiUrl?: string;
  /** Channel id of the officers' desk. */
  adminChannel: string | null;
  /** Channel id of where questions are answered; left out: the officers' desk. */
  questionsChannel?: string | null;
  /** Slack user ids that are officers from the start. */
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
  /** Absolute. */
  dataDir: string;
  port: number;
  adminChannel: string | null;
  questionsChannel: string | null;
  officers: string[];
  /** PEM files; null: made once under `dataDir/keys`. */
  signer: { keyFile: string; certificateFile: string; passphrase?: string } | null;
  /** Without a server, `.eml` files are written to `dataDir/mail`. */
  mail: { smtpUrl: string | null; from: string | null };
  /**
   * Proof of identity by certificate: folders of the CA certificates and of revocation lists, absolute, and the CNs of
   * the CAs that count (empty: the known ones). No store: off; in local mode a test PKI is made under `dataDir/pki`.
   */
  trust: { store: string | null; crls: string | null; issuers: string[] };
  /** Whether officers must enrol one-time codes. Without, those who enrol are asked for them all the same. */
  stepUp: boolean;
  /** 32 bytes that encrypt the secrets of one-time codes; null: made once under `dataDir/keys`. */
  secretKey: Buffer | null;
  /** Months for which a temporary licence holds. */
  temporaryMonths: number;
  /** Local mode is meant, also on a PostgreSQL server. */
  local: boolean;
  /** What is set but has no effect, one line each. */
  unused: string[];
  /** info by default; warn in local mode, where somebody reads the terminal. */
  logLevel: (typeof LOG_LEVELS)[number];
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

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const ODD_PASSWORD = ' In a password write @ as %40, / as %2F, # as %23, ? as %3F and % as %25.';

/** A password with a slash would make its second half the path, which messages show. */
function isWellWritten({ username, password, pathname, search, hash }: URL): boolean {
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return !`${pathname}${search}${hash}`.includes('@');
}

/** A URL of one of the schemes; messages leave the value out, since it may hold a password. */
function url(name: string, schemes: string[], example: string) {
  const isUrl = (text: string) => URL.canParse(text) && schemes.includes(new URL(text).protocol);
  return z
    .string()
    .refine(isUrl, `${name} is not a usable address. Write it like ${example}.${ODD_PASSWORD}`)
    .refine(
      (text) => !isUrl(text) || isWellWritten(new URL(text)),
      `${name} holds a character that cuts its password short.${ODD_PASSWORD}`,
    );
}

function token(name: string, prefix: string, where: string) {
  const pattern = new RegExp(`^${prefix}-[!-~]+$`);
  return z.string().regex(pattern, `${name} must begin with ${prefix}-. Copy it from ${where}.`);
}

const settings = z.object({
  LOCAL: z.enum(['on', 'off'], 'LOCAL must be on or off.').optional(),
  SLACK_BOT_TOKEN: token('SLACK_BOT_TOKEN', 'xoxb', 'the app’s page “OAuth & Permissions”').optional(),
  SLACK_APP_TOKEN: token('SLACK_APP_TOKEN', 'xapp', '“App-Level Tokens” on “Basic Information”').optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(
      /^[!-~]+$/,
      'SLACK_SIGNING_SECRET holds blanks or other odd characters. Copy it from “Basic Information”.',
    )
    .optional(),
  SLACK_API_URL: url('SLACK_API_URL', ['http:', 'https:'], 'https://slack.com/api/')
    .transform((text) => (text.endsWith('/') ? text : `${text}/`))
    .optional(),
  DATABASE_URL: url(
    'DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'postgresql://user:password@host:5432/bogeup',
  ).optional(),
  DATA_DIR: z.string().default('./data'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'PORT must be a whole number from 0 to 65535 (0 takes any free port).')
    .transform(Number)
    .refine((port) => port <= 65_535, 'PORT must be a whole number from 0 to 65535 (0 takes any free port).')
    .default(3000),
  ADMIN_CHANNEL: z
    .string()
    .regex(
      /^[CG][A-Z0-9]{4,}$/,
      'ADMIN_CHANNEL must be a channel id such as C0123ABCD, not a name: it stands at the end of the channel’s details.',
    )
    .optional(),
  QUESTIONS_CHANNEL: z
    .string()
    .regex(
      /^[CG][A-Z0-9]{4,}$/,
      'QUESTIONS_CHANNEL must be a channel id such as C0123ABCD, not a name: it stands at the end of the channel’s details.',
    )
    .optional(),
  OFFICERS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    )
    .refine(
      (ids) => ids.every((id) => /^[UW][A-Z0-9]{4,}$/.test(id)),
      'OFFICERS must be Slack member ids with commas between, such as U0123ABCD,U0456EFGH: “Copy member ID” in a profile.',
    )
    .default([]),
  LICENCE_KEY: z.string().optional(),
  LICENCE_CERT: z.string().optional(),
  LICENCE_KEY_PASSPHRASE: z.string().optional(),
  SMTP_URL: url('SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@mail.example.go.kr:587').optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n]*[^\s<>@]+@[^\s<>@]+>?$/,
      'MAIL_FROM must be an e-mail address, with or without a name before it.',
    )
    .optional(),
  TRUST_STORE: z.string().optional(),
  CRL_DIR: z.string().optional(),
  ISSUERS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((cn) => cn.trim())
        .filter(Boolean),
    )
    .refine(
      (cns) => cns.every((cn) => /^[A-Za-z0-9 ._-]{2,64}$/.test(cn)),
      'ISSUERS must be the CNs of issuing CAs with commas between, such as CA131100001,CA131100002.',
    )
    .default([]),
  STEP_UP: z.enum(['on', 'off'], 'STEP_UP must be on or off.').optional(),
  SECRET_KEY: z
    .string()
    .regex(
      /^[A-Za-z0-9+/]{43}=$/,
      'SECRET_KEY must be 32 bytes in base64. Make one with: openssl rand -base64 32',
    )
    .transform((text) => Buffer.from(text, 'base64'))
    .optional(),
  TEMPORARY_MONTHS: z
    .string()
    .regex(/^([1-9]|1\d|2[0-4])$/, 'TEMPORARY_MONTHS must be a whole number of months from 1 to 24.')
    .transform(Number)
    .default(2),
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`).optional(),
});

type Settings = z.infer<typeof settings>;

/** Every setting there is. */
export const SETTINGS: readonly string[] = Object.keys(settings.shape);

/**
 * Reads the settings. An empty one counts as absent, as in an .env file. Relative paths are taken from the current
 * directory. @throws ConfigError naming everything that is wrong at once
 */
export function readConfig(env: NodeJS.ProcessEnv, given: { port?: string; dataDir?: string } = {}): Config {
  const { port = env.PORT, dataDir = env.DATA_DIR } = given;
  const present = Object.entries({ ...env, PORT: port, DATA_DIR: dataDir })
    .map(([name, value]) => [name, value?.trim()] as const)
    .filter(([, value]) => value);
  const parsed = settings.safeParse(Object.fromEntries(present));
  const problems = [
    ...strangeNames(env, SETTINGS),
    ...(parsed.success ? halfSet(parsed.data) : parsed.error.issues.map((issue) => issue.message)),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const all = parsed.data;
  return {
    slack: connection(all),
    databaseUrl: all.DATABASE_URL ?? null,
    dataDir: resolve(all.DATA_DIR),
    port: all.PORT,
    adminChannel: all.ADMIN_CHANNEL ?? null,
    questionsChannel: all.QUESTIONS_CHANNEL ?? null,
    officers: all.OFFICERS,
    signer:
      all.LICENCE_KEY && all.LICENCE_CERT
        ? {
            keyFile: resolve(all.LICENCE_KEY),
            certificateFile: resolve(all.LICENCE_CERT),
            ...(all.LICENCE_KEY_PASSPHRASE ? { passphrase: all.LICENCE_KEY_PASSPHRASE } : {}),
          }
        : null,
    mail: { smtpUrl: all.SMTP_URL ?? null, from: all.MAIL_FROM ?? null },
    trust: {
      store: all.TRUST_STORE ? resolve(all.TRUST_STORE) : null,
      crls: all.CRL_DIR ? resolve(all.CRL_DIR) : null,
      issuers: all.ISSUERS,
    },
    stepUp: isStepUpOn(all),
    secretKey: all.SECRET_KEY ?? null,
    temporaryMonths: all.TEMPORARY_MONTHS,
    local: all.LOCAL === 'on',
    unused: unused(env, all),
    logLevel: all.LOG_LEVEL ?? (all.SLACK_BOT_TOKEN ? 'info' : 'warn'),
  };
}

/** Obligatory on real Slack unless it is switched off. */
function isStepUpOn({ STEP_UP, SLACK_BOT_TOKEN }: Settings): boolean {
  return (STEP_UP ?? (SLACK_BOT_TOKEN ? 'on' : 'off')) === 'on';
}

export const NO_SECRET_KEY =
  'SECRET_KEY is not set: with PostgreSQL the secrets of officers’ one-time codes need a key that every process has. Make one with: openssl rand -base64 32 (or set STEP_UP=off, and nobody can enrol).';

/** Local mode on a server must be meant: a forgotten token would put invented people into a real database. */
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

/** Settings that mean nothing without another, or that contradict each other. */
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
  for (const name of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_API_URL'] as const) {
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
