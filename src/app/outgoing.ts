import { NOTICE, noticeBroadcast } from '../features/board/notices/broadcast.ts';
import { revocationNotices } from '../features/licences/revocations-slack.ts';
import { surveyBroadcast } from '../features/surveys/broadcast.ts';
import { boardAfter, SURVEY } from '../features/surveys/conduct.ts';
import { RECEIPT_NOTICE } from '../filing/receipt.ts';
import { stepUpNotices } from '../filing/step-up/notices.ts';
import type { Facts } from '../messenger/notice.ts';
import { PEOPLE_FIRST_MS } from '../messenger/slack/clicks.ts';
import { createSender } from '../messenger/slack/outbox-sender.ts';
import type { BroadcastKinds } from '../store/broadcast.ts';
import { createBroadcaster } from '../store/broadcaster.ts';
import { watchDesk } from './desk-watch.ts';
import type { Frame } from './frame.ts';
import { allNotices } from './notices.ts';
import { publishHome } from './publish-home.ts';

interface Outgoing {
  /** Looks for messages to send at once. */
  wake(): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when no message is being sent or put into the outbox. */
  idle(): Promise<void>;
}

/** What is told to many. */
export const broadcastKinds: BroadcastKinds = { [NOTICE]: noticeBroadcast, [SURVEY]: surveyBroadcast };

/** The messages that the bot sends by itself: the sender of the outbox, and the broadcasts that fill it. */
export function openOutgoing(frame: Omit<Frame, 'homes' | 'inTurn' | 'patience'>): Outgoing {
  const { parts, log, clients, filings, extraHolidays, table, openHomes, clicks } = frame;
  const { db, now } = filings;
  const { slack, signer, stepUp, mailer = null, config } = parts;
  const sender = createSender({
    db,
    now,
    client: clients.bulk,
    notices: {
      ...allNotices(filings, extraHolidays, table),
      ...revocationNotices(signer),
      ...(stepUp ? stepUpNotices(stepUp.box) : {}),
    },
    mailer,
    deskChannel: slack.adminChannel,
    questionsChannel: slack.questionsChannel ?? null,
    log,
    name: crypto.randomUUID(),
    alone: config.databaseUrl === null,
    rest: (mostMs) => clicks.rest(mostMs),
    deskTold: async ({ facts }, sentAt) => {
      openHomes.deskChanged(sentAt);
      if (await boardAfter(db, now(), facts as Facts)) sender.wake();
    },
    delivered: async ({ notice, recipient }) => {
      if (notice === RECEIPT_NOTICE) return; // the submission has drawn the home already
      const person = await db.person.findUnique({ where: { id: recipient }, select: { slackId: true } });
      if (person?.slackId) await publishHome(filings, clients.bulk, person.slackId);
    },
  });
  const broadcaster = createBroadcaster({
    ground: { db, now, wakeOutbox: () => sender.wake() },
    kinds: broadcastKinds,
    log,
    rest: () => clicks.rest(PEOPLE_FIRST_MS),
  });
  const desk = watchDesk({ db, log, openHomes, channel: slack.adminChannel });
  return {
    wake: () => {
      sender.wake();
      broadcaster.wake();
    },
    start: async () => {
      await sender.start();
      broadcaster.start();
      if (config.databaseUrl !== null) desk.start();
    },
    stop: async () => {
      desk.stop();
      await broadcaster.stop();
      await sender.stop();
    },
    idle: async () => {
      await broadcaster.idle();
      await sender.idle();
    },
  };
}
