import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Dispatcher } from 'undici';
import { CarefulReceiver } from './careful-receiver.ts';

/** The answer to an HTTP request. */
export interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
}

/** A further path that the port serves, besides the one to which Slack sends. */
export interface Served {
  path: string;
  answer(): Promise<Answer>;
}

/**
 * After how many ms without an answer a connection counts as dead. The library's 5 s are too short: the embedded
 * database computes in this thread, so a busy bot reached them itself, and clicks in that time were lost.
 */
const DEAD_AFTER_MS = 30_000;
/** How many ms until a lost connection is opened again; each failure adds as much. No click arrives meanwhile. */
const AGAIN_AFTER_MS = 1000;

/** Opens the socket in another way, such as through a proxy. */
export type Way = Dispatcher | undefined;

interface SocketParts {
  appToken: string;
  clientOptions: WebClientOptions;
  dispatcher?: Way;
  now: () => Date;
  /** Called when Slack has greeted a new connection, with how many connections of the app it counts. */
  greeted?: (connections: number) => void;
}

interface Socket {
  receiver: Receiver;
  /** Since when the socket to Slack is open; null: it is closed. */
  socketSince(): Date | null;
  /** How many connections of the app Slack counted when it greeted this one; 0: it has greeted none. */
  connections(): number;
}

/** Receives Slack's events over a socket that the bot opens. */
export function createSocketReceiver(parts: SocketParts): Socket {
  const { appToken, clientOptions, dispatcher, now, greeted } = parts;
  const receiver = new SocketModeReceiver({
    appToken,
    installerOptions: { clientOptions },
    clientPingTimeout: AGAIN_AFTER_MS,
    ...(dispatcher ? { dispatcher } : {}),
  });
  // The library uses one number for both: the time-out of a new socket, and the wait after a lost one.
  const wait = (ms: number) => Object.assign(receiver.client, { clientPingTimeoutMS: ms });
  receiver.client.on('authenticated', () => wait(DEAD_AFTER_MS)); // the library makes the socket next
  receiver.client.on('connecting', () => wait(AGAIN_AFTER_MS)); // the socket is made
  let since: Date | null = null;
  receiver.client.on('connected', () => {
    since = now();
  });
  receiver.client.on('close', () => {
    since = null;
  });
  let connections = 0;
  receiver.client.on('ws_message', (data: unknown) => {
    const counted = countedIn(data);
    if (counted === null) return;
    connections = counted;
    greeted?.(counted);
  });
  return { receiver, socketSince: () => since, connections: () => connections };
}

/** The number of connections in Slack's greeting; null: it is another message. */
function countedIn(data: unknown): number | null {
  if (typeof data !== 'string' || !data.includes('"num_connections"')) return null;
  try {
    const { type, num_connections: counted } = JSON.parse(data) as Record<string, unknown>;
    return type === 'hello' && typeof counted === 'number' ? counted : null;
  } catch {
    return null;
  }
}

interface PortParts {
  signingSecret: string;
  port: number;
  served: Served[];
}

/** Receives Slack's events on a port, which serves further paths too. */
export function createPortReceiver({ signingSecret, port, served }: PortParts): Receiver {
  const customRoutes = served.map(({ path, answer }) => ({
    path,
    method: ['GET'],
    handler: (_request: IncomingMessage, response: ServerResponse) => void sendAnswer(response, answer()),
  }));
  return new CarefulReceiver({ signingSecret, port, customRoutes });
}

/** Sends the answer, or 503 when it fails. Never rejects. */
export async function sendAnswer(response: ServerResponse, asked: Promise<Answer>): Promise<void> {
  const away = { status: 503, type: 'text/plain', body: 'the database cannot be reached\n' };
  const { status, type, body } = await asked.catch(() => away);
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
