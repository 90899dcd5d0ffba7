import { App } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { safeError } from '../core/safe-error.ts';
import { NOTICE, noticeBroadcast } from '../features/board/notices/broadcast.ts';
import { revocationNotices } from '../features/licences/revocations-slack.ts';
import { askAccount, registerPresence, whoIsNow } from '../features/presence/presence-slack.ts';
import { keepCheckpoint } from '../features/privacy/checkpoint.ts';
import { surveyBroadcast } from '../features/surveys/broadcast.ts';
import { SURVEY } from '../features/surveys/conduct.ts';
import { discardOldReady } from '../filing/drafts.ts';
import type { AnyProcedure, Filings } from '../filing/procedure.ts';
import type { CodePolicy } from '../filing/step-up/code-policy.ts';
import { stepUpNotices } from '../filing/step-up/notices.ts';
import type { SecretBox } from '../filing/step-up/secret-box.ts';
import { homeView } from '../home/home.ts';
import { Homes } from '../home/homes.ts';
import type { Mailer } from '../messenger/mail/mailer.ts';
import { createMessenger } from '../messenger/slack/messenger.ts';
import { createSender } from '../messenger/slack/outbox-sender.ts';
import { createReceiver, type Way } from '../messenger/slack/receiver.ts';
import type { Proof } from '../procedures/registration/prove.ts';
import type { Issuer } from '../records/licences/issue.ts';
import type { Signer } from '../records/licences/signer.ts';
import { grantOfficers, requireActive } from '../records/people/who.ts';
import { privateKeyRefusal } from '../records/pki/private-key.ts';
import { noteAccount, rememberAccount } from '../records/presence/presence.ts';
import { startReminders } from '../reminders/cron.ts';
import { reminders } from '../reminders/reminders.ts';
import { sweep } from '../reminders/sweep.ts';
import { tidy } from '../reminders/tidy.ts';
import { createBroadcaster } from '../store/broadcaster.ts';
import { holidayReader } from '../store/extra-holidays.ts';
import type { Store } from '../store/store.ts';
import { vacuum } from '../store/vacuum.ts';
import type { Config, SlackConnection } from './config.ts';
import { type Health, openHealth } from './health.ts';
import { healthServed, revocationsServed } from './health-server.ts';
import { inTime } from './in-time.ts';
import { allNotices } from './notices.ts';
import { allProcedures, documentForms } from './procedures.ts';
import { registerRooms } from './rooms.ts';

interface BotParts {
  store: Store;
  config: Pick<Config, 'temporaryMonths' | 'databaseUrl'> & Partial<Pick<Config, 'licenceSource'>>;
  now: () => Date;
  log: Logger;
  signer: Signer;
  /** PEM of former signers, whose licences are still ours. */
  formerSigners?: readonly string[];
  slack: SlackConnection;
  /** The way of the socket to Slack, where it is not the direct one. */
  dispatcher?: Way;
  /** How long the bot works on a submission, in ms, before it is answered with a window that says so; 2,000. */
  patience?: number;
  /** false: reminders are said at the start alone, for a clock that is moved by hand. */
  byTheClock?: boolean;
  /** For people without a messenger account; without it they are out of reach. */
  mailer?: Mailer | null;
  /** Proof of identity by certificate; without it officers approve registrations by hand. */
  proof?: Proof | null;
  /** Procedures besides those of this house. */
  moreProcedures?: readonly AnyProcedure[];
  /** One-time codes of officers; without it nobody can enrol and nobody is asked. */
  stepUp?: { box: SecretBox; policy: CodePolicy } | null;
  /** Where the signed ends of the audit trail are kept, besides the log and the officers' channel. */
  checkpointFile?: string | null;
}

export interface Bot {
  app: App;
  health: Health;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when nothing is being sent or put into the outbox. */
  idle(): Promise<void>;
}

/**
 * Puts the bot together over an open store and a Slack connection.
 * @throws WebAPIPlatformError when Slack refuses the token
 */
export async function createBot({
  store,
  config,
  now,
  log: given,
  signer,
  formerSigners = [],
  slack,
  dispatcher,
  patience = 2000,
  byTheClock = true,
  mailer = null,
  proof = null,
  stepUp = null,
  checkpointFile = null,
  moreProcedures = [],
}: BotParts): Promise<Bot> {
  const { db } = store;
  const log = given.child({}, { serializers: { err: (error: unknown) => safeError(error) } });
  const clientOptions: WebClientOptions = slack.apiUrl ? { slackApiUrl: slack.apiUrl } : {};
  // People wait on the first: few retries, quickly. The second may be paused by Slack without delaying anybody.
  const interactive = new WebClient(slack.botToken, {
    ...clientOptions,
    retryConfig: { retries: 1, factor: 1 },
    rejectRateLimitedCalls: true, // else one refused call holds back everybody's
  });
  const bulk = new WebClient(slack.botToken, {
    ...clientOptions,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 30_000,
  });
  const { bot_id: botId, user_id: botUserId } = await interactive.auth.test();
  await grantOfficers({ db, now, wakeOutbox: () => undefined }, slack.officers, async (slackId) => {
    const account = await askAccount(interactive, slackId);
    return account?.name ?? null;
  });

  const issuer: Issuer = {
    signer,
    temporaryMonths: config.temporaryMonths,
    source: config.licenceSource ?? 'own',
  };
  const procedures = new Map(
    allProcedures(issuer, proof !== null, moreProcedures).map((procedure) => [procedure.name, procedure]),
  );
  /** Who looks into the outbox once something was put into it. */
  const woken: (() => void)[] = [];
  const filings: Filings = {
    db,
    now,
    procedures,
    documents: new Map(documentForms.map((form) => [form.name, form])),
    byCertificate: proof !== null,
    ...(stepUp ? { codes: stepUp.policy } : {}),
    wakeOutbox: () => {
      for (const wake of woken) wake();
    },
  };
  const extraHolidays = holidayReader(db, now);

  const publishHome = async (client: WebClient, slackId: string) => {
    const view = await homeView(filings, await whoIsNow(filings, client, slackId));
    await client.views.publish({ user_id: slackId, view });
  };
  // What was done is done: a home that could not be shown now is shown when it is opened next.
  const homes = new Homes((slackId) =>
    publishHome(interactive, slackId).catch((error: unknown) =>
      log.warn({ err: error }, 'a home was not refreshed'),
    ),
  );
  const refreshHome = (slackId: string) => homes.refresh(slackId);
  const sender = createSender({
    db,
    now,
    client: bulk,
    notices: {
      ...allNotices(filings, extraHolidays),
      ...revocationNotices(signer),
      ...(stepUp ? stepUpNotices(stepUp.box) : {}),
    },
    mailer,
    deskChannel: slack.adminChannel,
    questionsChannel: slack.questionsChannel ?? null,
    log,
    name: crypto.randomUUID(),
    alone: config.databaseUrl === null,
    delivered: (slackId) => publishHome(bulk, slackId),
  });

  const broadcaster = createBroadcaster({
    ground: { db, now, wakeOutbox: () => sender.wake() },
    kinds: { [NOTICE]: noticeBroadcast, [SURVEY]: surveyBroadcast },
    log,
  });

  woken.push(sender.wake, broadcaster.wake);

  let schedule: ReturnType<typeof startReminders> | undefined;
  const health = openHealth({
    db,
    now,
    sweptAt: () => schedule?.sweptAt() ?? null,
    patienceMs: patience * 0.75,
    socketSince: slack.mode === 'socket' ? () => incoming.socketSince() : undefined,
  });
  const served = [...healthServed(health), revocationsServed(db, signer, now)];
  const incoming = createReceiver(slack, { clientOptions, dispatcher, now, served });
  const app = new App({
    receiver: incoming.receiver,
    clientOptions,
    authorize: async () => ({
      botToken: slack.botToken,
      ...(botId ? { botId } : {}),
      ...(botUserId ? { botUserId } : {}),
    }),
  });
  app.error(async (error) => log.error({ err: error }, 'unhandled in Bolt'));

  const whoIs = async (slackId: string) => {
    const asked = whoIsNow(filings, interactive, slackId);
    return requireActive(await (config.databaseUrl ? inTime(asked, patience * 0.75) : asked));
  };
  const messenger = createMessenger({ app, client: interactive, whoIs, log, patience });
  const origins = ['https://files.slack.com', ...(slack.apiUrl ? [new URL(slack.apiUrl).origin] : [])];
  const checkAccounts = registerPresence(messenger, filings, bulk);
  await registerRooms(messenger, {
    filings,
    files: { botToken: slack.botToken, origins: new Set(origins), mustNotKeep: privateKeyRefusal },
    proof,
    codes: stepUp?.box ?? null,
    trusted: [signer.certificatePem, ...formerSigners],
    deskChannel: slack.adminChannel,
    extraHolidays,
    whoIs,
    refreshHome,
    remember: async (slackId) => {
      const account = await askAccount(interactive, slackId);
      if (!account) return;
      await rememberAccount(db, account);
      await noteAccount(filings, account);
    },
  });

  const checkpoints = { ground: filings, signer, file: checkpointFile, log };
  let firstLook: Promise<void> | undefined;

  return {
    app,
    health,
    start: async () => {
      await (slack.mode === 'http' ? app.start(slack.port) : app.start());
      await sender.start();
      broadcaster.start();
      schedule = startReminders({
        sweep: async () => sweep(filings, reminders, await extraHolidays()),
        daily: async () => {
          await discardOldReady(db, now());
          await keepCheckpoint({ ...checkpoints, extraHolidays: await extraHolidays() });
          await checkAccounts();
          log.info({ tidied: await tidy(filings) }, 'tidied');
          if (config.databaseUrl === null) await vacuum(db);
        },
        now,
        extraHolidays,
        log,
        byTheClock,
      });
      firstLook = checkAccounts().catch((error: unknown) => {
        log.warn({ err: error }, 'accounts could not be looked at');
      });
    },
    stop: async () => {
      await schedule?.stop();
      await firstLook;
      await app.stop();
      await homes.idle();
      await broadcaster.stop();
      await sender.stop();
    },
    idle: async () => {
      await homes.idle();
      await broadcaster.idle();
      await sender.idle();
      await homes.idle();
    },
  };
}
