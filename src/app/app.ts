import { App } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from 'pino';
import { safeError } from '../core/safe-error.ts';
import { errorAnswer, registerAssist, wordsAnswer } from '../features/assist/assist-slack.ts';
import { makeLibrary } from '../features/assist/knowledge/library.ts';
import { registerMention } from '../features/assist/mention-slack.ts';
import { NOTICE, noticeBroadcast } from '../features/board/notices/broadcast.ts';
import { registerNotices } from '../features/board/notices/notices-slack.ts';
import { registerQuestions } from '../features/board/questions/questions-slack.ts';
import { registerThreads } from '../features/board/questions/thread-slack.ts';
import { registerResources } from '../features/board/resources/resources-slack.ts';
import { registerDeliveries } from '../features/deliveries/deliveries-slack.ts';
import { registerAbsences } from '../features/desk/absence/absence-slack.ts';
import { registerOfficersTools } from '../features/desk/desk-slack.ts';
import { registerDocuments } from '../features/documents/documents-slack.ts';
import { licenceCheck } from '../features/licences/check-slack.ts';
import { registerDownload } from '../features/licences/download-slack.ts';
import { fileAnswer } from '../features/licences/not-a-licence.ts';
import { revocationNotices } from '../features/licences/revocations-slack.ts';
import { registerModules } from '../features/modules/modules-slack.ts';
import { offerRegistration, registerModuleRegistration } from '../features/modules/register-slack.ts';
import { askAccount, registerPresence, whoIsNow } from '../features/presence/presence-slack.ts';
import { keepCheckpoint } from '../features/privacy/checkpoint.ts';
import { registerPrivacy } from '../features/privacy/privacy-slack.ts';
import { surveyBroadcast } from '../features/surveys/broadcast.ts';
import { SURVEY } from '../features/surveys/conduct.ts';
import { registerSurveys } from '../features/surveys/officer-slack.ts';
import { registerSurveyAnswers } from '../features/surveys/official-slack.ts';
import { registerDeputies } from '../features/systems/deputy-slack.ts';
import { registerServerCertificates } from '../features/systems/server-certificate-slack.ts';
import { registerDesk } from '../filing/desk-slack.ts';
import { discardOldReady } from '../filing/drafts.ts';
import { registerHelpers } from '../filing/helper-slack.ts';
import { registerOffers } from '../filing/offer-slack.ts';
import { registerOfficial } from '../filing/official-slack.ts';
import type { AnyProcedure, Filings } from '../filing/procedure.ts';
import type { CodePolicy } from '../filing/step-up/code-policy.ts';
import { stepUpNotices } from '../filing/step-up/notices.ts';
import type { SecretBox } from '../filing/step-up/secret-box.ts';
import { registerStepUp } from '../filing/step-up-slack.ts';
import { registerTogether } from '../filing/together-slack.ts';
import { registerWizard } from '../filing/wizard-slack.ts';
import { helpAnswer, registerCommand } from '../home/command-slack.ts';
import { filingDetail } from '../home/detail.ts';
import { homeView } from '../home/home.ts';
import { registerHome } from '../home/home-slack.ts';
import { Homes } from '../home/homes.ts';
import { registerPaper } from '../home/paper-slack.ts';
import type { Mailer } from '../messenger/mail/mailer.ts';
import { registerDirectMessages } from '../messenger/slack/direct-messages.ts';
import { createMessenger } from '../messenger/slack/messenger.ts';
import { createSender } from '../messenger/slack/outbox-sender.ts';
import { createReceiver, type Way } from '../messenger/slack/receiver.ts';
import { registerIncidents } from '../procedures/incident/incident-slack.ts';
import { registerCertificates } from '../procedures/registration/certificate-slack.ts';
import type { Proof } from '../procedures/registration/prove.ts';
import type { Issuer } from '../records/licences/issue.ts';
import type { Signer } from '../records/licences/signer.ts';
import { openAgencyDirectory } from '../records/people/agency-directory.ts';
import { grantOfficers, requireActive } from '../records/people/who.ts';
import { privateKeyRefusal } from '../records/pki/private-key.ts';
import { noteAccount, rememberAccount } from '../records/presence/presence.ts';
import { startReminders } from '../reminders/cron.ts';
import { registerHolidays } from '../reminders/holidays-slack.ts';
import { reminders } from '../reminders/reminders.ts';
import { registerReminders } from '../reminders/reminders-slack.ts';
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
import { searches } from './searches.ts';

interface BotParts {
  store: Store;
  config: Pick<Config, 'temporaryMonths' | 'databaseUrl'>;
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
  /** For people without a messenger account; without it they are out of reach. */
  mailer?: Mailer | null;
  /** Proof of identity by certificate; without it officers approve registrations by hand. */
  proof?: Proof | null;
  /** Procedures beside those of this house. */
  moreProcedures?: readonly AnyProcedure[];
  /** One-time codes of officers; without it nobody can enrol and nobody is asked. */
  stepUp?: { box: SecretBox; policy: CodePolicy } | null;
  /** Where the signed ends of the audit trail are kept, beside the log and the officers' channel. */
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

  const trusted = [signer.certificatePem, ...formerSigners];
  const issuer: Issuer = { signer, temporaryMonths: config.temporaryMonths };
  const procedures = new Map(
    allProcedures(issuer, proof !== null, moreProcedures).map((procedure) => [procedure.name, procedure]),
  );
  const filings: Filings = {
    db,
    now,
    procedures,
    documents: new Map(documentForms.map((form) => [form.name, form])),
    byCertificate: proof !== null,
    ...(stepUp ? { codes: stepUp.policy } : {}),
    wakeOutbox: () => {
      sender.wake();
      broadcaster.wake();
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
  const directory = await openAgencyDirectory(db, now);
  const origins = ['https://files.slack.com', ...(slack.apiUrl ? [new URL(slack.apiUrl).origin] : [])];
  const files = { botToken: slack.botToken, origins: new Set(origins), mustNotKeep: privateKeyRefusal };
  const remember = async (slackId: string) => {
    const account = await askAccount(interactive, slackId);
    if (!account) return;
    await rememberAccount(db, account);
    await noteAccount(filings, account);
  };
  const wizard = registerWizard(messenger, {
    filings,
    files,
    search: searches(db, directory),
    remember,
    receipt: (who, place, filing) => certificates.receipt(who, place, filing),
    refreshHome,
  });
  const { begin } = wizard;
  const certificates = registerCertificates(messenger, { filings, proof, files, begin, refreshHome });
  registerServerCertificates(messenger, { filings, files });
  const checkAccounts = registerPresence(messenger, filings, bulk);
  registerHome(messenger, filings, begin, refreshHome);
  registerSurveyAnswers(messenger, filings);
  registerSurveys(messenger, filings);
  registerOfficersTools(messenger, filings);
  registerAbsences(messenger, filings, refreshHome);
  registerPaper(messenger, filings, begin);
  registerDeliveries(messenger, filings);
  registerCommand(messenger, filings, begin);
  registerQuestions(messenger, { ground: filings, files, remember, refreshHome });
  registerNotices(messenger, { ground: filings, files, extraHolidays, refreshHome });
  registerResources(messenger, { ground: filings, files });
  const threads = registerThreads(messenger, { ground: filings, files, whoIs });
  const assist = { ...filings, library: makeLibrary() };
  const handlers = [
    licenceCheck({ filings, files, trusted }),
    offerRegistration,
    errorAnswer(filings),
    fileAnswer(files, wordsAnswer(assist)),
    helpAnswer(assist),
  ];
  const isForOthers = threads.isOfQuestion;
  registerDirectMessages(messenger, { ground: filings, files, whoIs, handlers, isForOthers });
  registerAssist(messenger, assist);
  registerMention(messenger, { filings, whoIs, deskChannel: slack.adminChannel });
  const { carryOut, goOn } = registerDesk(messenger, { filings, refreshHome });
  registerOfficial(messenger, filings, files);
  if (stepUp) registerStepUp(messenger, filings, stepUp.box, goOn);
  registerTogether(messenger, filings, refreshHome);
  registerOffers(messenger, filings, refreshHome);
  registerHelpers(messenger, { filings, wizard, remember, refreshHome });
  registerDeputies(messenger, filings, refreshHome);
  registerDownload(messenger, filings);
  registerModules(messenger, filings, { carryOut });
  registerModuleRegistration(messenger, { filings, files });
  registerDocuments(messenger, filings, begin);
  registerIncidents(messenger, filings, filingDetail);
  registerPrivacy(messenger, filings);
  registerHolidays(messenger, filings, extraHolidays);
  registerReminders(messenger, filings, extraHolidays, reminders, begin);

  const checkpoints = { ground: filings, signer, file: checkpointFile, log };
  let schedule: ReturnType<typeof startReminders> | undefined;
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
