import { randomUUID } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { newHex } from './core/clock.ts';
import type { Ack, Envelope, Transport } from './core/deliver.ts';
import { address, HttpError, isLocal } from './core/http.ts';
import { type Dict, dict, str } from './core/json.ts';
import { patience } from './core/patience.ts';

const MAX_CONNECTIONS = 10;
const PING_MS = 10_000;
/** How long a client may take to say goodbye when the workspace closes. */
const CLOSE_MS = 200;
/** The lifetime that Slack announces; here a connection lives as long as the process. */
const CONNECTION_SECONDS = 18_060;

interface Connection {
  socket: WebSocket;
  /** The client was told to disconnect and gets nothing more. */
  leaving: boolean;
  waiting: Map<string, (ack: Ack) => void>;
}

interface SocketOptions {
  appId: string;
  /** The port of the server, to which only programs of this machine connect. */
  port: number;
  ackTimeoutMs: number;
  onChange: (connected: boolean) => void;
}

/** Socket Mode: tickets, connections, envelopes and their acknowledgements. */
export class SocketTransport implements Transport {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #connections = new Set<Connection>();
  readonly #options: SocketOptions;
  readonly #pinging: NodeJS.Timeout;

  constructor(options: SocketOptions) {
    this.#options = options;
    this.#pinging = setInterval(() => {
      for (const { socket } of this.#connections) socket.ping();
    }, PING_MS);
    this.#pinging.unref();
  }

  /** A one-time right to connect, as apps.connections.open gives it out. */
  ticket(): string {
    const ticket = newHex(16);
    this.#tickets.add(ticket);
    return ticket;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy()); // Node removes its own listener before an upgrade
    try {
      const ticket = address(request, 'http://localhost').query.get('ticket') ?? '';
      if (!isLocal(request, this.#options.port)) throw new HttpError(403, 'foreign_origin');
      if (!this.#tickets.delete(ticket)) throw new HttpError(403, 'unknown_ticket');
      this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket));
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 400;
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`);
    }
  }

  connected(): boolean {
    return this.#ready().length > 0;
  }

  send({ type, payload, acceptsResponse, retry }: Envelope): Promise<Ack> {
    const ready = this.#ready();
    const connection = ready[Math.floor(Math.random() * ready.length)];
    if (!connection) return Promise.resolve({ ok: false, body: {}, reason: 'no_connection' });
    const id = randomUUID();
    const envelope: Dict = { envelope_id: id, payload, type, accepts_response_payload: acceptsResponse };
    if (retry) Object.assign(envelope, { retry_attempt: retry.attempt, retry_reason: retry.reason });
    return new Promise((resolve) => {
      const late = () => settle({ ok: false, body: {}, reason: 'timeout' });
      const stopWaiting = patience(this.#options.ackTimeoutMs, late);
      const settle = (ack: Ack) => {
        stopWaiting();
        connection.waiting.delete(id);
        resolve(ack.ok && !acceptsResponse ? { ok: true, body: {} } : ack);
      };
      connection.waiting.set(id, settle);
      connection.socket.send(JSON.stringify(envelope));
    });
  }

  /** Closes all connections: `refresh` announces it first, as Slack does; `cut` does not. */
  disconnect(how: 'refresh' | 'cut'): void {
    for (const connection of this.#connections) {
      if (how === 'cut') connection.socket.terminate();
      else this.#goodbye(connection, 'refresh_requested');
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#pinging);
    const open = [...this.#connections];
    const gone = open.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    for (const { socket } of open) socket.close(1001);
    const patience = setTimeout(() => {
      for (const { socket } of open) socket.terminate();
    }, CLOSE_MS);
    await Promise.all(gone);
    clearTimeout(patience);
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #ready(): Connection[] {
    return [...this.#connections].filter(
      ({ leaving, socket }) => !leaving && socket.readyState === socket.OPEN,
    );
  }

  #accept(socket: WebSocket): void {
    const connection: Connection = { socket, leaving: false, waiting: new Map() };
    this.#connections.add(connection);
    socket.on('message', (data) => this.#heard(connection, String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#lost(connection));
    if (this.#connections.size > MAX_CONNECTIONS) {
      this.#goodbye(connection, 'too_many_websockets');
      return;
    }
    this.#say(connection, {
      type: 'hello',
      num_connections: this.#connections.size,
      debug_info: { host: 'applink-local', build_number: 1, approximate_connection_time: CONNECTION_SECONDS },
      connection_info: { app_id: this.#options.appId },
    });
    this.#options.onChange(true);
  }

  #goodbye(connection: Connection, reason: string): void {
    connection.leaving = true;
    this.#say(connection, {
      type: 'disconnect',
      reason,
      num_connections: this.#connections.size,
      debug_info: { host: 'applink-local' },
      connection_info: { app_id: this.#options.appId },
    });
  }

  #say(connection: Connection, message: Dict): void {
    connection.socket.send(JSON.stringify(message));
  }

  #heard(connection: Connection, text: string): void {
    let message: Dict;
    try {
      message = dict(JSON.parse(text));
    } catch {
      return;
    }
    connection.waiting.get(str(message.envelope_id))?.({ ok: true, body: dict(message.payload) });
  }

  #lost(connection: Connection): void {
    this.#connections.delete(connection);
    for (const settle of [...connection.waiting.values()]) {
      settle({ ok: false, body: {}, reason: 'connection_failed' });
    }
    this.#options.onChange(this.connected());
  }
}
