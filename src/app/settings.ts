import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const ODD_PASSWORD = ' In a password write @ as %40, / as %2F, # as %23, ? as %3F and % as %25.';

/** Whether the password is escaped. With an unescaped slash its second half would be the path, which messages show. */
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

/** The address of a proxy, written as for curl: without a scheme it is http. */
function proxy(name: string) {
  const written = url(name, ['http:', 'https:'], 'http://proxy.example.go.kr:3128');
  return z.preprocess(
    (text) => (typeof text === 'string' && !text.includes('://') ? `http://${text}` : text),
    written,
  );
}

function portNumber(name: string) {
  const wanted = `${name} must be a whole number from 0 to 65535 (0 takes any free port).`;
  return z
    .string()
    .regex(/^\d{1,5}$/, wanted)
    .transform(Number)
    .refine((port) => port <= 65_535, wanted);
}

function token(name: string, prefix: string, where: string) {
  const pattern = new RegExp(`^${prefix}-[!-~]+$`);
  return z.string().regex(pattern, `${name} must begin with ${prefix}-. Copy it from ${where}.`);
}

function channelId(name: string) {
  const wanted = `${name} must be a channel id such as C0123ABCD, not a name: it stands at the end of the channel’s details.`;
  return z.string().regex(/^[CG][A-Z0-9]{4,}$/, wanted);
}

/** Values with commas between. */
function listOf(one: RegExp, wanted: string) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((value) => value.trim())
        .filter(Boolean),
    )
    .refine((values) => values.every((value) => one.test(value)), wanted)
    .default([]);
}

/** The allowed values of each setting. A message about a wrong value never quotes it. */
export const settings = z.object({
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
  SLACK_BOT_ID: z
    .string()
    .regex(/^B[A-Z0-9]{4,}$/, 'SLACK_BOT_ID must be the id of a bot such as B0123ABCD; a start names it.')
    .optional(),
  DATABASE_URL: url(
    'DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'postgresql://user:password@host:5432/bogeup',
  ).optional(),
  DATA_DIR: z.string().default('./data'),
  PORT: portNumber('PORT').default(3000),
  HEALTH_PORT: portNumber('HEALTH_PORT').optional(),
  HTTPS_PROXY: proxy('HTTPS_PROXY').optional(),
  HTTP_PROXY: proxy('HTTP_PROXY').optional(),
  NO_PROXY: z.string().optional(),
  ADMIN_CHANNEL: channelId('ADMIN_CHANNEL').optional(),
  QUESTIONS_CHANNEL: channelId('QUESTIONS_CHANNEL').optional(),
  OFFICERS: listOf(
    /^[UW][A-Z0-9]{4,}$/,
    'OFFICERS must be Slack member ids with commas between, such as U0123ABCD,U0456EFGH: “Copy member ID” in a profile.',
  ),
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
  MAIL_REPLY_TO: z
    .string()
    .regex(
      /^[^\s<>@,;]+@[^\s<>@,;]+$/,
      'MAIL_REPLY_TO must be one e-mail address without a name, such as gpki@example.go.kr.',
    )
    .optional(),
  TRUST_STORE: z.string().optional(),
  CRL_DIR: z.string().optional(),
  ISSUERS: listOf(
    /^[A-Za-z0-9 ._-]{2,64}$/,
    'ISSUERS must be the CNs of issuing CAs with commas between, such as CA131100001,CA131100002.',
  ),
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
  LICENCE_SOURCE: z.enum(['own', 'official'], 'LICENCE_SOURCE must be own or official.').default('own'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`).optional(),
});

export type Settings = z.infer<typeof settings>;

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(settings.shape);

/** Settings that may be read from a file instead; the setting NAME_FILE names the file. */
export const SECRETS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'DATABASE_URL',
  'LICENCE_KEY_PASSPHRASE',
  'SECRET_KEY',
  'SMTP_URL',
] as const satisfies readonly (keyof Settings)[];

/** Settings whose names may also be written in small letters, as curl reads them. */
export const EITHER_CASE = [
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
] as const satisfies readonly (keyof Settings)[];

/** Settings of other programs whose names look like ours. */
export const OF_OTHERS = ['ALL_PROXY', 'FTP_PROXY', 'all_proxy', 'ftp_proxy'];
