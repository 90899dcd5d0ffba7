import { ActError, Acts } from './acts.ts';
import type { Core } from './core/core.ts';
import { HttpError } from './core/http.ts';
import { type Dict, dict, str } from './core/json.ts';
import { pageMessage } from './core/messages.ts';
import type { Conversation, Message, SeedPerson, StoredFile } from './core/types.ts';
import { fillExample, isExampleOffered } from './example.ts';
import { setPersonDeleted } from './presence.ts';
import { close, submit } from './submit.ts';

type Handler = (userId: string, body: Dict, query: URLSearchParams, params: string[]) => unknown;

const PAGE = 50;

/** Calls that need no acting person. */
const OPEN = /^\/control\/(state|faults|example|people\/[^/]+)$/;
/** Calls that a deactivated person may not make. A forged payload is allowed, as it does not come from the person. */
const ACTS = /^\/control\/(act\/|home\/open$)/;

function conversationsOf(core: Core, userId: string): Dict[] {
  return [...core.state.conversations.values()]
    .filter(({ id, kind, members }) =>
      kind === 'channel' ? core.state.maySee(id, userId) : members.includes(userId),
    )
    .map((conversation: Conversation) => ({
      id: conversation.id,
      name: conversation.kind === 'dm' ? core.identity.botName : conversation.name,
      kind: conversation.kind === 'channel' ? 'channel' : 'dm',
      private: conversation.private,
      members: conversation.members,
      lastTs: core.state.messages(conversation.id).at(-1)?.ts ?? null,
      unread: core.state.unread(conversation.id, userId),
    }));
}

async function stateFor(core: Core, userId: string): Promise<Dict> {
  const { teamId, teamName, botName, botUserId } = core.identity;
  const channels = core.state.people.has(userId) ? conversationsOf(core, userId) : [];
  const dm = channels.find(({ kind, members }) => kind === 'dm' && (members as string[]).length === 2);
  return {
    team: { id: teamId, name: teamName },
    me: core.state.people.get(userId) ?? null,
    people: [...core.state.people.values()],
    bot: { userId: botUserId, name: botName, dm: dm?.id ?? null },
    channels,
    commands: core.options.bot.commands,
    shortcuts: core.options.bot.shortcuts ?? [],
    connected: core.delivery.connected,
    example: await isExampleOffered(core),
  };
}

/** The last `limit` messages before `before`, the oldest first. Replies are given only when their thread is named. */
function messagesFor(core: Core, userId: string, channel: string, query: URLSearchParams): Dict {
  if (!core.state.maySee(channel, userId)) throw new HttpError(404, 'channel_not_found');
  const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY);
  const limit = Math.min(Number(query.get('limit') ?? PAGE) || PAGE, 1000);
  const thread = query.get('thread_ts');
  const isWanted = (message: Message) => {
    if (message.ephemeralTo && message.ephemeralTo !== userId) return false;
    if (thread) return message.ts === thread || message.thread_ts === thread;
    return !message.thread_ts || message.thread_ts === message.ts;
  };
  const found = core.state.messages(channel).filter((m) => Number(m.ts) < before && isWanted(m));
  return { messages: found.slice(-limit).map((message) => pageMessage(core, message, userId)) };
}

/** The control API as plain calls: what a person sees and does. The page, the tests' hands and HTTP share it. */
export class Control {
  readonly #core: Core;
  readonly #routes: [method: string, path: RegExp, handler: Handler][];

  constructor(core: Core) {
    this.#core = core;
    const acts = new Acts(core);
    this.#routes = [
      ['GET', /^\/control\/state$/, (user) => stateFor(core, user)],
      [
        'GET',
        /^\/control\/conversations\/([^/]+)\/messages$/,
        (user, _body, query, [id = '']) => messagesFor(core, user, id, query),
      ],
      [
        'POST',
        /^\/control\/conversations\/([^/]+)\/read$/,
        (user, _body, _query, [id = '']) => core.state.markRead(id, user),
      ],
      [
        'POST',
        /^\/control\/home\/open$/,
        (user, body) => acts.openHome(user, body.tab === 'messages' ? 'messages' : 'home'),
      ],
      ['GET', /^\/control\/home$/, (user) => ({ view: core.modals.home(user) })],
      ['GET', /^\/control\/modals$/, (user) => ({ stack: core.modals.stack(user) })],
      ['POST', /^\/control\/act\/message$/, (user, body) => acts.message(user, body)],
      ['POST', /^\/control\/act\/edit$/, (user, body) => acts.edit(user, body)],
      ['POST', /^\/control\/act\/delete$/, (user, body) => acts.remove(user, body)],
      ['POST', /^\/control\/act\/command$/, (user, body) => acts.command(user, body)],
      ['POST', /^\/control\/act\/action$/, (user, body) => acts.action(user, body)],
      ['POST', /^\/control\/act\/submit$/, (user, body) => submit(acts, user, body)],
      ['POST', /^\/control\/act\/close$/, (user, body) => close(acts, user, body)],
      ['POST', /^\/control\/act\/options$/, (user, body) => acts.options(user, body)],
      ['POST', /^\/control\/act\/shortcut$/, (user, body) => acts.shortcut(user, body)],
      ['POST', /^\/control\/raw$/, (user, body) => acts.raw(user, body)],
      [
        'POST',
        /^\/control\/people\/([^/]+)$/,
        (_user, body, _query, [id = '']) => setPersonDeleted(core, id, body.deleted),
      ],
      ['POST', /^\/control\/example$/, () => fillExample(core)],
      ['POST', /^\/control\/faults$/, (_user, body) => this.#faults(body)],
    ];
  }

  /**
   * Carries out one call in a person's name. An act answers when the bot has acknowledged it or its time is over.
   * @throws HttpError 404 for an unknown path, 403 for an unknown or deactivated person, 409 for an impossible act
   */
  async call(userId: string, method: string, path: string, body: unknown): Promise<Dict> {
    if (!URL.canParse(path, 'http://localhost')) throw new HttpError(400, 'bad_url');
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    for (const [wanted, pattern, handler] of this.#routes) {
      const match = wanted === method ? pattern.exec(pathname) : null;
      if (!match) continue;
      if (!OPEN.test(pathname)) this.#known(userId);
      if (ACTS.test(pathname)) this.#active(userId);
      try {
        return dict((await handler(userId, dict(body), searchParams, match.slice(1))) ?? { ok: true });
      } catch (error) {
        if (error instanceof ActError) throw new HttpError(409, error.message);
        throw error;
      }
    }
    throw new HttpError(404, 'not_found');
  }

  /** Keeps a file that a person has chosen; nobody else sees it until it is sent. */
  upload(userId: string, name: string, bytes: Buffer): Dict {
    this.#active(userId);
    const { files, state } = this.#core;
    const given = { owner: userId, name: name || 'file', size: bytes.length, created: state.clock.seconds() };
    const file: StoredFile = { ...files.announce(given), complete: true };
    files.write(file, bytes);
    return { file: { id: file.id, name: file.name, size: file.size, mimetype: file.mimetype } };
  }

  #known(userId: string): SeedPerson {
    const person = this.#core.state.people.get(userId);
    if (!person) throw new HttpError(403, 'user_not_found');
    return person;
  }

  #active(userId: string): void {
    if (this.#known(userId).deleted) throw new HttpError(403, 'user_disabled');
  }

  /** Sets or clears fault switches: `null` turns one off; `disconnectSockets` takes effect at once. */
  #faults(body: Dict): Dict {
    const { faults } = this.#core;
    for (const [key, value] of Object.entries(body)) {
      if (key === 'disconnectSockets') faults.disconnectSockets(str(value) === 'cut' ? 'cut' : 'refresh');
      else if (value === null) delete (faults as unknown as Dict)[key];
      else Object.assign(faults, { [key]: value });
    }
    const { disconnectSockets: _disconnect, ...switches } = faults;
    return { faults: switches };
  }
}
