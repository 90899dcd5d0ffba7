import { App, type Receiver } from '@slack/bolt';
import { safeError } from '../core/safe-error.ts';
import { askAccount } from '../features/presence/presence-slack.ts';
import type { Filings } from '../filing/procedure.ts';
import { Homes } from '../home/homes.ts';
import { OpenHomes } from '../home/open-homes.ts';
import { Clicks } from '../messenger/slack/clicks.ts';
import { openClients } from '../messenger/slack/clients.ts';
import { fewAtOnce } from '../messenger/slack/few-at-once.ts';
import { PATIENCE_MS } from '../messenger/slack/front.ts';
import type { Issuer } from '../records/licences/issue.ts';
import { officersAmong } from '../records/people/office.ts';
import { grantOfficers } from '../records/people/who.ts';
import { reminders } from '../reminders/reminders.ts';
import { signerEnding } from '../reminders/signer-ending.ts';
import { holidayReader } from '../store/extra-holidays.ts';
import type { BotParts, Frame } from './frame.ts';
import type { Health } from './health.ts';
import { openIncoming } from './incoming.ts';
import { listen } from './listen.ts';
import { openOutgoing } from './outgoing.ts';
import { settleBot } from './own-bot.ts';
import { allProcedures, documentForms } from './procedures.ts';
import { publishHome } from './publish-home.ts';
import { type Schedule, startSchedule } from './schedule.ts';

export interface Bot {
  app: App;
  health: Health;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when nothing is being answered, drawn, sent or put into the outbox. */
  idle(): Promise<void>;
}

/**
 * Puts the bot together over an open store and a Slack connection.
 * @throws WebAPIPlatformError when Slack refuses the token, OtherBot when it is not that of the database
 */
export async function createBot(parts: BotParts): Promise<Bot> {
  const { store, now, slack, signer, patience = PATIENCE_MS } = parts;
  const { db } = store;
  const log = parts.log.child({}, { serializers: { err: (error: unknown) => safeError(error) } });
  const clients = openClients(slack);
  const identity = await clients.interactive.auth.test();
  await settleBot(db, identity, parts.config.newBotId ?? null);
  await grantOfficers({ db, now, wakeOutbox: () => undefined }, slack.officers, async (slackId) => {
    const account = await askAccount(clients.interactive, slackId);
    return account?.name ?? null;
  });

  const filings = makeFilings(parts, () => outgoing.wake()); // which is opened below, and uses this
  const inTurn = fewAtOnce();
  // The act has succeeded even if the home cannot be redrawn: it is drawn anew when the person opens it.
  const homes = new Homes((slackId) =>
    inTurn(() => publishHome(filings, clients.interactive, slackId)).catch((error: unknown) =>
      log.warn({ err: error }, 'a home was not refreshed'),
    ),
  );
  const openHomes = new OpenHomes({
    now,
    pause: parts.homePause ?? 5000,
    officersAmong: (slackIds) => officersAmong(db, slackIds),
    refresh: (slackId) => homes.refresh(slackId),
    failed: (error) => log.warn({ err: error }, 'open homes were not refreshed'),
  });
  const extraHolidays = holidayReader(db, now);
  const clicks = new Clicks();
  const frame: Frame = {
    parts,
    log,
    clients,
    filings,
    extraHolidays,
    table: [...reminders, signerEnding(signer)],
    homes,
    openHomes,
    clicks,
    inTurn,
    patience,
  };
  const outgoing = openOutgoing(frame);

  let schedule: Schedule | undefined;
  const sweptAt = () => schedule?.sweptAt() ?? null;
  const { receiver, health } = openIncoming({
    slack,
    clientOptions: clients.options,
    dispatcher: parts.dispatcher,
    signer,
    signs: { db, now, sweptAt, patienceMs: patience * 0.75 },
    isAlone: parts.config.databaseUrl === null,
    log,
  });
  const app = openApp(frame, receiver, identity);
  clicks.countIn(app);
  const { checkAccounts } = await listen(frame, app);
  let firstLook: Promise<void> | undefined;

  return {
    app,
    health,
    start: async () => {
      await (slack.mode === 'http' ? app.start(slack.port) : app.start());
      await outgoing.start();
      schedule = startSchedule(frame, checkAccounts);
      firstLook = checkAccounts().catch((error: unknown) => {
        log.warn({ err: error }, 'accounts could not be looked at');
      });
    },
    stop: async () => {
      await schedule?.stop();
      await firstLook;
      await app.stop();
      openHomes.stop();
      await homes.idle();
      await outgoing.stop();
    },
    idle: async () => {
      await clicks.rest();
      await homes.idle();
      await outgoing.idle();
      await homes.idle();
    },
  };
}

function makeFilings(parts: BotParts, wakeOutbox: () => void): Filings {
  const { store, config, now, signer, proof = null, stepUp, moreProcedures = [] } = parts;
  const issuer: Issuer = {
    signer,
    temporaryMonths: config.temporaryMonths,
    source: config.licenceSource ?? 'own',
  };
  return {
    db: store.db,
    now,
    procedures: allProcedures(issuer, proof !== null, moreProcedures),
    documents: documentForms,
    byCertificate: proof !== null,
    ...(stepUp ? { codes: stepUp.policy } : {}),
    wakeOutbox,
  };
}

/** @param identity the bot to which the token belongs, as Slack reports it */
function openApp(
  { parts, log, clients }: Frame,
  receiver: Receiver,
  identity: { bot_id?: string; user_id?: string },
): App {
  const { bot_id: botId, user_id: botUserId } = identity;
  const app = new App({
    receiver,
    clientOptions: clients.options,
    convoStore: false, // what Bolt would look for at every event: nothing is kept there
    authorize: async () => ({
      botToken: parts.slack.botToken,
      ...(botId ? { botId } : {}),
      ...(botUserId ? { botUserId } : {}),
    }),
  });
  app.error(async (error) => log.error({ err: error }, 'unhandled in Bolt'));
  return app;
}
