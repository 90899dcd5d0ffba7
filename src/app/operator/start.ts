import { join } from 'node:path';
import { destination, type Logger, pino } from 'pino';
import { CHECKPOINT_FILE } from '../../features/privacy/checkpoint-file.ts';
import { assertInForce } from '../../records/licences/signer.ts';
import type { Workspace } from '../../sandbox/workspace.ts';
import { lockFolder } from '../../store/process-lock.ts';
import type { Store } from '../../store/store.ts';
import { type Config, refuseByChance, type SlackConnection } from '../config.ts';
import * as local from '../demo/local-workspace.ts';
import type { Health } from '../health.ts';
import { openToOthers } from '../key-files.ts';
import { clearCopies, openDatabase, refuseLostDatabase } from './open-database.ts';
import { patiently } from './patiently.ts';
import { tellServiceManager } from './service-manager.ts';
import { watchStrayErrors } from './stray-errors.ts';

export interface Running {
  /** The address of the local workspace's page; null with real Slack. */
  url: string | null;
  /** Closes everything in order, after the messages that are being sent. */
  stop(): Promise<void>;
}

type OfferExample = Workspace['offerExample'];

interface Surroundings {
  now: () => Date;
  /** Prints one line to the operator's terminal. */
  out(line: string): void;
}

/** What a start needs, and the functions that close what it has opened, to be called in reverse order. */
interface Start extends Surroundings {
  config: Config;
  log: Logger;
  opened: (() => unknown)[];
}

/**
 * Starts the bot according to the settings. The local page opens first, so that people see it while the rest starts.
 * @throws the error that prevents the start (see trouble.ts); then nothing is left open
 */
export async function start(config: Config, { now, out }: Surroundings): Promise<Running> {
  refuseByChance(config);
  for (const line of [...config.unused, ...openToOthers(config)]) out(line);
  const opened: (() => unknown)[] = [];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    const log = pino({ level: config.logLevel, base: null }, destination({ fd: 2, sync: true }));
    const workspace = config.slack ? null : await startLocal(config, now, opened);
    if (workspace) out(`Bogeup: open ${workspace.url} in a browser (the bot joins in a few seconds)`);
    const slack = workspace?.slack ?? config.slack;
    if (!slack) throw new Error('no connection to Slack');
    await startBot({ config, now, out, log, opened }, slack, workspace?.offerExample);
    opened.push(watchStrayErrors(process, { log, end: () => process.exit(1) }));
    return { url: workspace?.url ?? null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startLocal(
  config: Config,
  now: () => Date,
  opened: (() => unknown)[],
): Promise<{ url: string; slack: SlackConnection; offerExample: OfferExample }> {
  const dataDir = join(config.dataDir, 'workspace');
  opened.push(await patiently(() => lockFolder(dataDir))); // the workspace's journal allows one writer
  const { startWorkspace } = await import('../../sandbox/workspace.ts');
  const { people, channels, bot, officerIds } = local;
  const workspace = await startWorkspace({
    port: config.port,
    dataDir,
    people,
    channels,
    bot: { ...bot, shortcuts: local.botShortcuts(), scopes: local.botScopes() },
    now,
  });
  opened.push(() => workspace.close());
  const { botToken, appToken, apiUrl, url } = workspace;
  return {
    url,
    offerExample: workspace.offerExample,
    slack: {
      mode: 'socket',
      botToken,
      appToken,
      apiUrl,
      adminChannel: config.adminChannel ?? local.DESK_CHANNEL,
      questionsChannel: config.questionsChannel,
      officers: [...officerIds, ...config.officers],
    },
  };
}

type Keys = Awaited<ReturnType<typeof openKeys>>;

/** @param offerExample in local mode: shows the button on the first page that fills the example office */
async function startBot(begun: Start, slack: SlackConnection, offerExample?: OfferExample): Promise<void> {
  const { config, now, out, log, opened } = begun;
  const dispatcher = config.proxies ? (await import('./proxy.ts')).useProxies(config.proxies) : undefined;
  await refuseLostDatabase(config);
  if (config.databaseUrl) clearCopies(config.dataDir); // beside an embedded one openDatabase does it, which locks the folder
  const database = patiently(() => openDatabase(config)).then((store) => {
    opened.push(() => store.close());
    return store;
  });
  // These run at the same time: opening (or making) the database, making keys at a first start, loading modules. With real
  // Slack keys are made when there is a database: that keys are there says that there was one.
  const [store, keys, { createBot }, { openMailer }, { writeFirstRows }, { openOperatorDoor }] =
    await Promise.all([
      database,
      (config.slack ? database : Promise.resolve()).then(() => openKeys(config, now)),
      import('../app.ts'),
      import('./mail.ts'),
      import('./first-rows.ts'),
      import('./run.ts'),
    ]);
  for (const name of store.migrated) log.info({ migration: name }, 'migration applied');
  await writeFirstRows(store.db, now, config.slack === null);
  for (const line of [...missingSettings(config, keys), ...outOfForce(keys, now())]) out(line);
  const { signer, formerSigners, proof, secrets } = keys;
  const bot = await createBot({
    store,
    config,
    now,
    log,
    signer,
    formerSigners,
    checkpointFile: join(config.dataDir, CHECKPOINT_FILE),
    slack,
    dispatcher,
    mailer: openMailer(config),
    proof,
    stepUp: secrets && { box: secrets, policy: config.stepUp ? 'obligatory' : 'offered' },
  });
  opened.push(() => bot.stop());
  if (offerExample) await offer(offerExample, begun, store, keys);
  if (config.healthPort !== null) await openHealthPort(begun, bot.health, config.healthPort);
  await bot.start();
  if (!config.databaseUrl) await letOperatorIn(begun, () => openOperatorDoor(config, store, now));
  out(config.slack ? `Bogeup is connected to Slack (${slack.mode}).` : 'Bogeup: the bot has joined.');
  if (config.serviceManager) opened.push(tellServiceManager(config.serviceManager, log));
}

/** One line for each missing setting that the operator should know of. */
function missingSettings(config: Config, { proof }: Keys): string[] {
  return [
    ...(config.slack && !config.signer
      ? ['LICENCE_KEY is not set: licences are signed with a key made under DATA_DIR/keys.']
      : []),
    ...(config.slack && !config.adminChannel
      ? ['ADMIN_CHANNEL is not set: officers get no review cards. Set it to the id of their channel.']
      : []),
    ...(config.slack && !config.mail.smtpUrl
      ? [
          'SMTP_URL is not set: mail to people without an account is written to DATA_DIR/mail and sent by nobody.',
        ]
      : []),
    ...(proof
      ? []
      : [
          'TRUST_STORE is not set: nobody can register by certificate, officers approve registrations by hand.',
        ]),
  ];
}

/** The bot starts all the same: most of what it does needs no signature. */
function outOfForce({ signer }: Keys, now: Date): string[] {
  try {
    assertInForce(signer, now);
    return [];
  } catch (error) {
    return [`${(error as Error).message} Until then nobody can approve what the bot has to sign.`];
  }
}

async function offer(offerExample: OfferExample, { config, now }: Start, { db }: Store, keys: Keys) {
  const [{ isUnused }, { colleagues }] = await Promise.all([
    import('../demo/unused.ts'),
    import('../demo/people.ts'),
  ]);
  const issuer = { signer: keys.signer, temporaryMonths: config.temporaryMonths };
  offerExample({
    isOffered: () => isUnused(db),
    people: colleagues,
    fill: async () => {
      const { fillOffice } = await import('../demo/fill.ts');
      await fillOffice({ db, now, issuer, byCertificate: keys.proof !== null });
    },
  });
}

async function openHealthPort({ opened, out }: Start, health: Health, wanted: number): Promise<void> {
  const { openHealthServer } = await import('../health-server.ts');
  const { port, close } = await openHealthServer(health, wanted);
  opened.push(close);
  out(`Health and metrics: http://127.0.0.1:${port}/metrics`);
}

async function letOperatorIn({ opened, log }: Start, openDoor: () => Promise<() => unknown>): Promise<void> {
  try {
    opened.push(await openDoor());
  } catch (error) {
    // The path may be too long for a socket; the bot runs all the same.
    log.warn({ err: error }, 'commands cannot be given while the bot runs: the operator’s door did not open');
  }
}

async function openKeys(config: Config, now: () => Date) {
  const [{ openSigner, trustedCertificates }, { openProof }, { openSecretBox }] = await Promise.all([
    import('./signing.ts'),
    import('./proof.ts'),
    import('./secret-key.ts'),
  ]);
  const [signer, proof, secrets] = await Promise.all([
    openSigner(config, now()),
    openProof(config, now),
    openSecretBox(config),
  ]);
  return { signer, proof, secrets, formerSigners: await trustedCertificates(config) };
}
