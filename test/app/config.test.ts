import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError, readConfig, refuseByChance } from '../../src/app/config.ts';
import { loadSettingsFile } from '../../src/app/operator/settings-file.ts';
import { SECRETS } from '../../src/app/settings.ts';

const bot = { SLACK_BOT_TOKEN: 'xoxb-1-secret' };

function problems(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return [...error.problems];
    throw error;
  }
  return [];
}

test('nothing set is local mode with the embedded database in ./data', () => {
  expect(readConfig({})).toEqual({
    slack: null,
    databaseUrl: null,
    dataDir: resolve('data'),
    port: 3000,
    healthPort: null,
    serviceManager: null,
    proxies: null,
    adminChannel: null,
    questionsChannel: null,
    officers: [],
    newBotId: null,
    signer: null,
    mail: { smtpUrl: null, from: null, replyTo: null },
    trust: { store: null, crls: null, issuers: [] },
    stepUp: false,
    secretKey: null,
    temporaryMonths: 2,
    licenceSource: 'own',
    local: false,
    keyFiles: [],
    unused: [],
    logLevel: 'warn',
  });
});

test('what systemd sets is taken as it is', () => {
  const socket = '/run/systemd/notify';
  expect(readConfig({ NOTIFY_SOCKET: socket, WATCHDOG_USEC: '120000000' }).serviceManager).toEqual({
    socket,
    watchdogMs: 120_000,
  });
  expect(readConfig({ NOTIFY_SOCKET: socket }).serviceManager).toEqual({ socket, watchdogMs: null });
  expect(readConfig({ WATCHDOG_USEC: '120000000' }).serviceManager).toBeNull();
});

test('an empty setting is an absent one', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: '', PORT: ' ', DATABASE_URL: '' }).slack).toBeNull();
});

test('bot and app token: Socket Mode', () => {
  const { slack } = readConfig({
    ...bot,
    SLACK_APP_TOKEN: 'xapp-1',
    ADMIN_CHANNEL: 'C01234',
    OFFICERS: 'U00001, U00002,',
  });
  expect(slack).toEqual({
    mode: 'socket',
    botToken: 'xoxb-1-secret',
    appToken: 'xapp-1',
    adminChannel: 'C01234',
    questionsChannel: null,
    officers: ['U00001', 'U00002'],
  });
});

test('bot token and signing secret: HTTP on PORT, at another Web API base', () => {
  const { slack } = readConfig({
    ...bot,
    SLACK_SIGNING_SECRET: 'abc',
    SLACK_API_URL: 'http://127.0.0.1:9/api',
    PORT: '8080',
  });
  expect(slack).toEqual({
    mode: 'http',
    botToken: 'xoxb-1-secret',
    signingSecret: 'abc',
    port: 8080,
    apiUrl: 'http://127.0.0.1:9/api/',
    adminChannel: null,
    questionsChannel: null,
    officers: [],
  });
});

test('arguments of the command go before the environment', () => {
  const config = readConfig({ PORT: '1', DATA_DIR: 'a' }, { port: '2', dataDir: 'b' });
  expect([config.port, config.dataDir]).toEqual([2, resolve('b')]);
});

describe('half-set and contradicting settings are refused', () => {
  test.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['bot token alone', bot, /SLACK_BOT_TOKEN alone.*SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/],
    ['app token alone', { SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_APP_TOKEN is set without SLACK_BOT_TOKEN/],
    ['secret alone', { SLACK_SIGNING_SECRET: 'x' }, /SLACK_SIGNING_SECRET is set without SLACK_BOT_TOKEN/],
    ['API base alone', { SLACK_API_URL: 'http://a/api/' }, /SLACK_API_URL is set without SLACK_BOT_TOKEN/],
    ['two modes', { ...bot, SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: 'x' }, /are both set/],
    ['key alone', { LICENCE_KEY: 'k.pem' }, /LICENCE_KEY is set without LICENCE_CERT/],
    ['certificate alone', { LICENCE_CERT: 'c.pem' }, /LICENCE_CERT is set without LICENCE_KEY/],
    [
      'passphrase alone',
      { LICENCE_KEY_PASSPHRASE: 'p' },
      /LICENCE_KEY_PASSPHRASE is set without LICENCE_KEY/,
    ],
    [
      'obligatory codes on PostgreSQL without their key',
      { ...bot, SLACK_APP_TOKEN: 'xapp-1', DATABASE_URL: 'postgresql://db/bogeup' },
      /SECRET_KEY is not set/,
    ],
    [
      'both kinds',
      { ...bot, SLACK_APP_TOKEN: 'xapp-1', LOCAL: 'on' },
      /LOCAL=on and SLACK_BOT_TOKEN are both/,
    ],
    ['mail server alone', { SMTP_URL: 'smtp://mail' }, /SMTP_URL is set without MAIL_FROM/],
  ])('%s', (_, env, said) => {
    expect(problems(env)).toEqual([expect.stringMatching(said)]);
  });
});

describe('a name that is nobody’s', () => {
  test.each([
    ['SLACK_BOT_TOKE', /SLACK_BOT_TOKE is not a setting\. Did you mean SLACK_BOT_TOKEN\?/],
    ['SLAKC_BOT_TOKEN', /Did you mean SLACK_BOT_TOKEN/],
    ['DATABSE_URI', /Did you mean DATABASE_URL/],
    ['ADMIN_CHANEL', /Did you mean ADMIN_CHANNEL/],
    ['DATADIR', /Did you mean DATA_DIR/],
    ['PROT', /Did you mean PORT/],
    ['slack_app_token', /Did you mean SLACK_APP_TOKEN/],
    ['SLACK_TEAM', /SLACK_TEAM is not a setting\. Of Slack there are SLACK_BOT_TOKEN, /],
  ])('%s is refused', (name, said) => {
    expect(problems({ [name]: 'hunter2' })).toEqual([expect.stringMatching(said)]);
    expect(problems({ [name]: 'hunter2' }).join()).not.toContain('hunter2');
    expect(problems({ [name]: ' ' })).toEqual([]);
  });

  test('what a shell, npm and a service manager set is none of ours', () => {
    const names =
      'PATH HOST HOME TERM USER MAIL LANG LC_ALL SHELL PWD LOGNAME NODE_ENV HTTPS_PROXY NO_PROXY NOTIFY_SOCKET ' +
      'WATCHDOG_USEC INVOCATION_ID STATE_DIRECTORY CREDENTIALS_DIRECTORY npm_config_loglevel TZ PGHOST PGPORT';
    expect(problems(Object.fromEntries(names.split(' ').map((name) => [name, 'x'])))).toEqual([]);
  });
});

describe('what is set but has no effect is said', () => {
  test.each<[NodeJS.ProcessEnv, RegExp]>([
    [{ ...bot, SLACK_APP_TOKEN: 'xapp-1', PORT: '80' }, /^PORT is set but not used/],
    [{ LOCAL: 'on' }, /^LOCAL is set but not used/],
  ])('%j', (env, said) => {
    expect(readConfig(env).unused).toEqual([expect.stringMatching(said)]);
  });

  test('and nothing of what has', () => {
    const http = { ...bot, SLACK_SIGNING_SECRET: 'x', PORT: '80' };
    for (const env of [http, { PORT: '80' }, { LOCAL: 'on', DATABASE_URL: 'postgresql://db/trial' }])
      expect(readConfig(env).unused).toEqual([]);
  });
});

test('local mode on a server has to be meant', () => {
  const server = { DATABASE_URL: 'postgresql://db/bogeup', SECRET_KEY: Buffer.alloc(32).toString('base64') };
  expect(() => refuseByChance(readConfig(server))).toThrow(/DATABASE_URL is set, and no Slack\..*LOCAL=on/);
  for (const env of [
    {},
    { ...server, LOCAL: 'on' },
    { ...server, ...bot, SLACK_APP_TOKEN: 'xapp-1' },
  ] as NodeJS.ProcessEnv[])
    refuseByChance(readConfig(env));
});

test.each<[boolean, NodeJS.ProcessEnv]>([
  [false, {}],
  [true, { STEP_UP: 'on' }],
  [true, { ...bot, SLACK_APP_TOKEN: 'xapp-1' }],
  [false, { ...bot, SLACK_APP_TOKEN: 'xapp-1', DATABASE_URL: 'postgresql://db/bogeup', STEP_UP: 'off' }],
])('one-time codes obligatory: %s with %j', (obligatory, env) => {
  expect(readConfig(env).stepUp).toBe(obligatory);
});

test('the key of one-time codes is 32 bytes', () => {
  const key = Buffer.alloc(32, 7);
  expect(readConfig({ SECRET_KEY: key.toString('base64') }).secretKey).toEqual(key);
});

describe('a value that cannot be used is named with what to do', () => {
  test.each<[NodeJS.ProcessEnv, RegExp]>([
    [{ SLACK_BOT_TOKEN: 'xoxp-1', SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN must begin with xoxb-/],
    [{ ...bot, SLACK_APP_TOKEN: 'xoxb-1' }, /SLACK_APP_TOKEN must begin with xapp-/],
    [{ ...bot, SLACK_APP_TOKEN: 'xapp-1', ADMIN_CHANNEL: '#desk' }, /ADMIN_CHANNEL must be a channel id/],
    [{ OFFICERS: 'kim' }, /OFFICERS must be Slack member ids/],
    [{ DATABASE_URL: 'mysql://a/b' }, /DATABASE_URL is not a usable address/],
    [{ STEP_UP: 'yes' }, /STEP_UP must be on or off/],
    [{ SECRET_KEY: 'short' }, /SECRET_KEY must be 32 bytes in base64/],
    [{ DATABASE_URL: 'bogeup' }, /DATABASE_URL is not a usable address/],
    [{ PORT: '80a' }, /PORT must be a whole number/],
    [{ PORT: '65536' }, /PORT must be a whole number/],
    [{ TEMPORARY_MONTHS: '0' }, /TEMPORARY_MONTHS must be/],
    [{ LICENCE_SOURCE: 'miib' }, /LICENCE_SOURCE must be own or official/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of/],
    [{ SMTP_URL: 'mail', MAIL_FROM: 'a@b.kr' }, /SMTP_URL is not a usable address/],
    [{ MAIL_FROM: 'nobody' }, /MAIL_FROM must be an e-mail address/],
    [{ MAIL_REPLY_TO: '담당 <a@b.kr>' }, /MAIL_REPLY_TO must be one e-mail address/],
  ])('%j', (env, said) => {
    expect(problems(env)).toEqual([expect.stringMatching(said)]);
  });

  test.each(['pa/ss', 'a@b/c', '12/34', '1?2', '1#2', '9%zz'])(
    'a password such as %s in an address',
    (odd) => {
      const said = problems({ DATABASE_URL: `postgresql://kim:${odd}@db/bogeup` }).join();
      expect(said).toMatch(/DATABASE_URL .*In a password write @ as %40, \/ as %2F/);
      expect(said).not.toContain(odd);
      const written = `postgresql://kim:${encodeURIComponent(odd)}@db/bogeup`;
      expect(readConfig({ DATABASE_URL: written }).databaseUrl).toBe(written);
    },
  );

  test('all at once', () => {
    expect(problems({ PORT: 'x', LOG_LEVEL: 'x', OFFICERS: 'x' })).toHaveLength(3);
  });
});

test('a message never holds the value, which may be a secret in the wrong place', () => {
  const secret = 'hunter2';
  const names = [
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'DATABASE_URL',
    'SMTP_URL',
    'PORT',
    'LOG_LEVEL',
    'OFFICERS',
  ];
  const env = Object.fromEntries(names.map((name) => [name, `${secret}!`]));
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(problems(env).join()).not.toContain(secret);
});

test('proxies are of real Slack, in either case of letters, and never for this machine', () => {
  const https = 'http://proxy.example.go.kr:3128';
  const except = 'localhost,127.0.0.1,[::1]';
  const real = { ...bot, SLACK_APP_TOKEN: 'xapp-1' };
  expect(readConfig({ HTTPS_PROXY: https }).proxies).toBeNull();
  expect(readConfig({ ...real, NO_PROXY: 'a.kr' }).proxies).toBeNull();
  expect(readConfig({ ...real, https_proxy: https }).proxies).toEqual({ https, http: null, except });
  expect(
    readConfig({ ...real, HTTPS_PROXY: https, https_proxy: 'http://a', no_proxy: 'a.kr' }).proxies,
  ).toEqual({ https, http: null, except: 'a.kr' });
  expect(readConfig({ ...real, HTTPS_PROXY: 'proxy.kr:3128' }).proxies?.https).toBe('http://proxy.kr:3128');
  expect(() => readConfig({ ...real, HTTPS_PROXY: 'socks5://a:1' })).toThrow('HTTPS_PROXY is not a usable');
  expect(() => readConfig({ FTP_PROXY: 'x', all_proxy: 'x' })).not.toThrow();
});

describe('a secret in a file of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test('is read without the end of its line, whichever it is', () => {
    const env = Object.fromEntries(
      SECRETS.map((name) => [`${name}_FILE`, file(name, `${examples[name]}\n`)]),
    );
    delete env.SLACK_SIGNING_SECRET_FILE; // of the other mode
    const config = readConfig({ ...env, LICENCE_KEY: 'k', LICENCE_CERT: 'c', MAIL_FROM: 'a@b.kr' });
    expect(config.slack).toMatchObject({ botToken: 'xoxb-1', appToken: 'xapp-1' });
    expect(config.databaseUrl).toBe(examples.DATABASE_URL);
    expect(config.signer?.passphrase).toBe('pass');
    expect(config.secretKey).toHaveLength(32);
    expect(config.mail.smtpUrl).toBe(examples.SMTP_URL);
  });
  const examples: Record<(typeof SECRETS)[number], string> = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    SLACK_SIGNING_SECRET: 'secret',
    DATABASE_URL: 'postgresql://kim@127.0.0.1/bogeup',
    LICENCE_KEY_PASSPHRASE: 'pass',
    SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
    SMTP_URL: 'smtp://127.0.0.1',
  };

  test.each([
    [{ SECRET_KEY_FILE: join(folder, 'none') }, 'SECRET_KEY_FILE names a file that cannot be read (ENOENT)'],
    [{ SECRET_KEY_FILE: folder }, 'SECRET_KEY_FILE names a file that cannot be read (EISDIR)'],
    [{ SECRET_KEY_FILE: file('empty', ' \n') }, 'SECRET_KEY_FILE names an empty file'],
    [{ SECRET_KEY_FILE: file('short', 'abc') }, 'SECRET_KEY must be 32 bytes in base64'],
    [
      { SECRET_KEY_FILE: file('own', examples.SECRET_KEY), SECRET_KEY: examples.SECRET_KEY },
      'SECRET_KEY and SECRET_KEY_FILE are both set',
    ],
    [{ SECRET_KEI_FILE: 'x' }, 'Did you mean SECRET_KEY_FILE?'],
    [{ SLACK_TOKEN_FILE: 'x' }, 'SLACK_TOKEN_FILE is not a setting'],
  ])('%o: is told', (env, said) => {
    expect(() => readConfig(env)).toThrow(said);
  });
});

test('a file of settings fills what the environment leaves open', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-env-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
    for (const name of ['BOGEUP_TEST_A', 'BOGEUP_TEST_B']) delete process.env[name];
  });
  const file = join(folder, '.env');
  const warned: string[] = [];
  const warn = (line: string) => void warned.push(line);
  expect(loadSettingsFile(undefined, warn, file)).toBeNull(); // there need not be one
  expect(loadSettingsFile(file, warn)).toContain('cannot be read (ENOENT)');

  process.env.BOGEUP_TEST_A = 'of the environment';
  writeFileSync(file, 'BOGEUP_TEST_A=1\nBOGEUP_TEST_B="표준API <a@b.kr>"\n', { mode: 0o600 });
  expect(loadSettingsFile(undefined, warn, file)).toBeNull();
  expect(process.env.BOGEUP_TEST_A).toBe('of the environment');
  expect(process.env.BOGEUP_TEST_B).toBe('표준API <a@b.kr>');
  expect(warned).toEqual([]);
  chmodSync(file, 0o640); // root's, and read by the group of the service
  expect(loadSettingsFile(file, warn)).toBeNull();
  expect(warned).toEqual([]);
  chmodSync(file, 0o644);
  expect(loadSettingsFile(file, warn)).toBeNull();
  expect(warned).toEqual([expect.stringContaining('chmod g-w,o=')]);
});
