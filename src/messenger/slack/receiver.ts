import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { Dispatcher } from 'undici';
import { CarefulReceiver } from './careful-receiver.ts';

/** What a program that asks over HTTP is answered. */
export interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
}

/** Something to read next to the address that Slack sends to. */
export interface Served {
  path: string;
  answer(): Promise<Answer>;
}

/**
 * A connection that does not answer for so long is taken for dead, in ms. The library's 5 s were also reached by a bot
 * that was busy itself: the embedded database computes in this thread, and what was clicked meanwhile was lost.
 */
const DEAD_AFTER_MS = 30_000;
/** Until a lost connection is opened again; with each failure so much more. Nobody is heard meanwhile. */
const AGAIN_AFTER_MS = 1000;

/** How a socket is opened, such as through a proxy. */
export type Way = Dispatcher | undefined;

interface SocketParts {
  appToken: string;
  clientOptions: WebClientOptions;
  dispatcher?: Way;
  now: () => Date;
}

interface Socket {
  receiver: Receiver;
  /** Since when the socket to Slack is open; null: it is not. */
  socketSince(): Date | null;
}

/** Slack's events come in over a socket that the bot opens. */
export function createSocketReceiver({ appToken, clientOptions, dispatcher, now }: SocketParts): Socket {
  const receiver = new SocketModeReceiver({
    appToken,
    installerOptions: { clientOptions },
    clientPingTimeout: AGAIN_AFTER_MS,
    ...(dispatcher ? { dispatcher } : {}),
  });
  // The library has one number for both: what it makes a socket with, and waits for when one is lost.
  const wait = (ms: number) => Object.assign(receiver.client, { clientPingTimeoutMS: ms });
  receiver.client.on('authenticated', () => wait(DEAD_AFTER_MS)); // the socket is made next
  receiver.client.on('connecting', () => wait(AGAIN_AFTER_MS)); // it is made
  let since: Date | null = null;
  receiver.client.on('connected', () => {
    since = now();
  });
  receiver.client.on('close', () => {
    since = null;
  });
  return { receiver, socketSince: () => since };
}

interface PortParts {
  signingSecret: string;
  port: number;
  served: Served[];
}

/** Slack's events come in on a port, which serves other addresses too. */
export function createPortReceiver({ signingSecret, port, served }: PortParts): Receiver {
  const customRoutes = served.map(({ path, answer }) => ({
    path,
    method: ['GET'],
    handler: (_request: IncomingMessage, response: ServerResponse) => void sendAnswer(response, answer()),
  }));
  return new CarefulReceiver({ signingSecret, port, customRoutes });
}

/** It never rejects. */
export async function sendAnswer(response: ServerResponse, asked: Promise<Answer>): Promise<void> {
  const away = { status: 503, type: 'text/plain', body: 'the database cannot be reached\n' };
  const { status, type, body } = await asked.catch(() => away);
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}
