import type { Clients } from '../messenger/slack/clients.ts';
import { createPortReceiver, createSocketReceiver, type Way } from '../messenger/slack/receiver.ts';
import type { Signer } from '../records/licences/signer.ts';
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
}

/** Opens the way by which Slack's events arrive (socket or port), and the health checks for it. */
export function openIncoming({ slack, clientOptions, dispatcher, signer, signs }: IncomingParts) {
  const { db, now } = signs;
  const signerUntil = signer.notAfter;
  if (slack.mode === 'socket') {
    const { appToken } = slack;
    const { receiver, socketSince } = createSocketReceiver({ appToken, clientOptions, dispatcher, now });
    return { receiver, health: openHealth({ ...signs, signerUntil, socketSince }) };
  }
  const health = openHealth({ ...signs, signerUntil });
  const served = [...healthServed(health), revocationsServed(db, signer, now)];
  return { receiver: createPortReceiver({ ...slack, served }), health };
}
