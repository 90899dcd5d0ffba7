import type { Logger } from 'pino';
import type { Clients } from '../messenger/slack/clients.ts';
import { createPortReceiver, createSocketReceiver, type Way } from '../messenger/slack/receiver.ts';
import type { Signer } from '../records/licences/signer.ts';
import { countProcesses } from '../store/processes.ts';
import type { Db } from '../store/store.ts';
import type { SlackConnection } from './config.ts';
import { openHealth } from './health.ts';
import { healthServed, revocationsServed } from './health-server.ts';

interface IncomingParts {
  slack: SlackConnection;
  clientOptions: Clients['options'];
  /** Opens the socket to Slack through a proxy; left out: directly. */
  dispatcher?: Way;
  signer: Signer;
  signs: {
    db: Db;
    now: () => Date;
    sweptAt: () => Date | null;
    patienceMs: number;
  };
  /** Whether no other process uses the database. */
  isAlone: boolean;
  log: Pick<Logger, 'warn'>;
}

/** Opens the way by which Slack's events arrive (socket or port), and the health checks for it. */
export function openIncoming(parts: IncomingParts) {
  const { slack, clientOptions, dispatcher, signer, signs } = parts;
  const { db, now } = signs;
  const signerUntil = signer.notAfter;
  if (slack.mode === 'socket') {
    const { appToken } = slack;
    const greeted = (connections: number) => void tellOfStrangers(parts, connections);
    const ways = { appToken, clientOptions, dispatcher, now, greeted };
    const { receiver, socketSince, connections } = createSocketReceiver(ways);
    return { receiver, health: openHealth({ ...signs, signerUntil, socketSince, connections }) };
  }
  const health = openHealth({ ...signs, signerUntil });
  const served = [...healthServed(health), revocationsServed(db, signer, now)];
  return { receiver: createPortReceiver({ ...slack, served }), health };
}

/** Slack deals clicks out among all connections of an app; who has another database files them elsewhere. */
async function tellOfStrangers({ signs, isAlone, log }: IncomingParts, connections: number): Promise<void> {
  try {
    const processes = isAlone ? 1 : await countProcesses(signs.db);
    if (processes !== null && connections > processes)
      log.warn(
        { connections, processes },
        'Slack counts more connections of this app than processes use this database: another program, such as a restored copy, has the same tokens and takes a part of all clicks. Stop it, or give it an app of its own',
      );
  } catch (error) {
    log.warn({ err: error }, 'the connections of the app were not compared');
  }
}
