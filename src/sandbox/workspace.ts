import { Control } from './control.ts';
import { newHex } from './core/clock.ts';
import type { Core } from './core/core.ts';
import { Delivery, type Transport } from './core/deliver.ts';
import type { Faults } from './core/faults.ts';
import { FileStore } from './core/files.ts';
import { Hub } from './core/hub.ts';
import { type Journal, openJournal } from './core/journal.ts';
import { Modals } from './core/modals.ts';
import { post } from './core/posting.ts';
import { ResponseUrls } from './core/response-urls.ts';
import { Sharing } from './core/sharing.ts';
import { State } from './core/state.ts';
import { Triggers } from './core/triggers.ts';
import type { Example, Identity, WorkspaceOptions } from './core/types.ts';
import { HttpTransport } from './http-delivery.ts';
import { Person } from './person.ts';
import { directPort } from './person-port.ts';
import { setPersonDeleted } from './presence.ts';
import { createHandler, listen } from './server.ts';
import { SocketTransport } from './socket.ts';
import { createApi } from './web-api/dispatch.ts';
import type { Methods } from './web-api/method.ts';

export type { Faults } from './core/faults.ts';
export type { SeedChannel, SeedPerson, WorkspaceOptions } from './core/types.ts';
export type { Person } from './person.ts';

export interface Workspace {
  /** The address of the page, without a trailing slash. */
  url: string;
  /** The value for `slackApiUrl`, with a trailing slash. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  faults: Faults;
  /** Acts for this person; the same object at every call. @throws when there is no such person */
  person(userId: string): Person;
  /** Deactivates a person, or with `false` brings them back; resolves when the bot has acknowledged the event. */
  deactivate(userId: string, deleted?: boolean): Promise<void>;
  /** Shows a button on the first page that fills the workspace, as long as nobody has used it. */
  offerExample(example: Example): void;
  close(): Promise<void>;
}

const ACK_TIMEOUT_MS = 3000;

function secrets(
  journal: Journal,
  options: WorkspaceOptions,
): Record<'botToken' | 'appToken' | 'verification', string> {
  const stored = journal.load('secret');
  const keep = (key: string, make: () => string): string => {
    const known = stored.get(key);
    if (typeof known === 'string') return known;
    const secret = make();
    journal.put('secret', key, secret);
    return secret;
  };
  return {
    botToken: options.botToken ?? keep('botToken', () => `xoxb-local-${newHex(16)}`),
    appToken: options.appToken ?? keep('appToken', () => `xapp-1-local-${newHex(16)}`),
    verification: keep('verification', () => newHex(12)),
  };
}

/**
 * Starts a small Slack on 127.0.0.1.
 * @throws Error with `code` EADDRINUSE when the port is taken
 */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { server, port } = await listen(options.port);
  const journal = openJournal(options.dataDir);
  const { core, socket } = openCore(options, journal, port);
  const control = new Control(core);
  server.on(
    'request',
    createHandler(core, control, createApi(core, connectionMethods(core, socket, port)), port),
  );
  server.on('upgrade', (request, stream, head) => socket.upgrade(request, stream, head));
  if (options.http) core.delivery.flush();
  core.sharing.resume((draft) => post(core, draft));

  const people = new Map<string, Person>();
  return {
    url: core.url,
    apiUrl: `${core.url}/api/`,
    botToken: core.botToken,
    appToken: core.appToken,
    faults: core.faults,
    person(userId) {
      if (!core.state.people.has(userId)) throw new Error(`no such person in the workspace: ${userId}`);
      const person = people.get(userId) ?? new Person(userId, directPort(core, control, userId));
      people.set(userId, person);
      return person;
    },
    async deactivate(userId, deleted = true) {
      await setPersonDeleted(core, userId, deleted);
    },
    offerExample(example) {
      core.example = example;
    },
    async close() {
      await core.delivery.close();
      await socket.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      journal.close();
    },
  };
}

/** Makes all parts of the workspace, and the socket by which it reaches the bot. */
function openCore(
  options: WorkspaceOptions,
  journal: Journal,
  port: number,
): { core: Core; socket: SocketTransport } {
  const url = `http://127.0.0.1:${port}`;
  const { botToken, appToken, verification } = secrets(journal, options);
  const identity = identityOf(options, verification);
  const hub = new Hub();
  const state = new State(options, journal);
  const ackTimeoutMs = options.ackTimeoutMs ?? ACK_TIMEOUT_MS;
  const socket = new SocketTransport({
    port,
    appId: identity.appId,
    ackTimeoutMs,
    onChange(connected) {
      hub.tellAll({ type: 'connected', connected });
      if (connected) delivery.flush();
    },
  });
  const transport: Transport = options.http ? new HttpTransport({ ...options.http, ackTimeoutMs }) : socket;
  const delivery = new Delivery(transport, journal, state, identity, options);
  const faults: Faults = { disconnectSockets: (how = 'refresh') => socket.disconnect(how) };
  const core: Core = {
    url,
    options,
    identity,
    botToken,
    appToken,
    state,
    hub,
    faults,
    files: new FileStore(journal, options.dataDir),
    modals: new Modals(journal, hub, state, identity),
    triggers: new Triggers(state.clock, options.triggerLifeMs),
    responseUrls: new ResponseUrls(state.clock, url),
    delivery,
    sharing: new Sharing(journal),
    example: null,
  };
  return { core, socket };
}

function identityOf({ bot }: WorkspaceOptions, verificationToken: string): Identity {
  return {
    teamId: 'T0LOCAL0001',
    teamName: '체험용 작업공간',
    teamDomain: 'local',
    appId: 'A0LOCAL0001',
    botId: 'B0LOCAL0001',
    botUserId: bot.userId,
    botName: bot.name,
    verificationToken,
  };
}

/** apps.connections.open, the method of Socket Mode that gives the address of the socket. */
function connectionMethods({ identity }: Core, socket: SocketTransport, port: number): Methods {
  return {
    'apps.connections.open': {
      token: 'app',
      run() {
        const query = `ticket=${socket.ticket()}&app_id=${identity.appId}`;
        return { url: `ws://127.0.0.1:${port}/link/?${query}` };
      },
    },
  };
}
