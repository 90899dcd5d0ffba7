import { Clock } from './clock.ts';
import type { Journal } from './journal.ts';
import { isPresent } from './json.ts';
import type { Conversation, Message, SeedPerson, WorkspaceOptions } from './types.ts';

/** The id of a person's direct conversation with the bot. Everybody has one, so it is derived from the person's id. */
export function dmIdOf(userId: string): string {
  return `D${userId.slice(1)}`;
}

function seedConversations(options: WorkspaceOptions): Map<string, Conversation> {
  const all = new Map<string, Conversation>();
  for (const { id, name, private: isPrivate, members } of options.channels) {
    all.set(id, { id, name, kind: 'channel', private: isPrivate, members: [...members] });
  }
  return all;
}

function directConversation(userId: string, botId: string): Conversation {
  const members = [userId, botId];
  return { id: dmIdOf(userId), name: 'directmessage', kind: 'dm', private: true, members };
}

/** People, conversations, messages and read marks. Every change is in the journal before it is seen. */
export class State {
  readonly clock: Clock;
  readonly people: Map<string, SeedPerson>;
  readonly conversations: Map<string, Conversation>;
  readonly #messages = new Map<string, Map<string, Message>>();
  /** Time stamps of replies, by channel and parent. */
  readonly #replies = new Map<string, Set<string>>();
  readonly #readMarks = new Map<string, string>();
  readonly #journal: Journal;
  readonly #botId: string;

  constructor(options: WorkspaceOptions, journal: Journal) {
    this.#journal = journal;
    this.clock = new Clock(options.now ?? (() => new Date()));
    this.people = new Map();
    this.conversations = seedConversations(options);
    this.#botId = options.bot.userId;
    for (const person of options.people) this.#join(person);
    for (const person of journal.load('person').values()) this.#join(person as SeedPerson);
    for (const [id, deleted] of journal.load('deleted')) this.#mark(id, deleted === true);
    for (const [id, group] of journal.load('group')) this.conversations.set(id, group as Conversation);
    for (const value of journal.load('message').values()) {
      const message = value as Message;
      this.#keep(message);
      this.clock.startAfter(message.ts);
    }
    for (const [key, ts] of journal.load('read')) this.#readMarks.set(key, ts as string);
  }

  /** Adds a person, with their conversation with the bot. */
  addPerson(person: SeedPerson): void {
    this.#join(person);
    this.#journal.put('person', person.id, person);
  }

  #join(person: SeedPerson): void {
    this.people.set(person.id, person);
    const direct = directConversation(person.id, this.#botId);
    this.conversations.set(direct.id, direct);
  }

  addGroup(group: Conversation): void {
    this.conversations.set(group.id, group);
    this.#journal.put('group', group.id, group);
  }

  /** Deactivates a person, or brings them back. */
  setDeleted(userId: string, deleted: boolean): void {
    this.#mark(userId, deleted);
    this.#journal.put('deleted', userId, deleted);
  }

  isMember(channel: string, userId: string): boolean {
    return this.conversations.get(channel)?.members.includes(userId) ?? false;
  }

  /** Who may see a conversation: its members; for a public channel everybody. */
  maySee(channel: string, userId: string): boolean {
    const conversation = this.conversations.get(channel);
    return conversation !== undefined && (!conversation.private || conversation.members.includes(userId));
  }

  /** The messages of a conversation, the oldest first. */
  messages(channel: string): Message[] {
    return [...this.#inChannel(channel).values()];
  }

  message(channel: string, ts: string): Message | undefined {
    return this.#inChannel(channel).get(ts);
  }

  replies(channel: string, threadTs: string): Message[] {
    const stamps = this.#replies.get(`${channel} ${threadTs}`) ?? [];
    return [...stamps].map((ts) => this.message(channel, ts)).filter(isPresent);
  }

  put(message: Message): void {
    this.#keep(message);
    // As in Slack, ephemeral messages do not outlive a restart.
    if (!message.ephemeralTo) this.#journal.put('message', `${message.channel} ${message.ts}`, message);
  }

  remove(channel: string, ts: string): void {
    const parent = this.message(channel, ts)?.thread_ts;
    this.#replies.get(`${channel} ${parent}`)?.delete(ts);
    this.#inChannel(channel).delete(ts);
    this.#journal.remove('message', `${channel} ${ts}`);
  }

  markRead(channel: string, userId: string): void {
    const last = this.messages(channel).at(-1)?.ts ?? '0';
    this.#readMarks.set(`${userId} ${channel}`, last);
    this.#journal.put('read', `${userId} ${channel}`, last);
  }

  unread(channel: string, userId: string): number {
    const mark = Number(this.#readMarks.get(`${userId} ${channel}`) ?? 0);
    return this.messages(channel).filter(
      (m) => Number(m.ts) > mark && m.user !== userId && (!m.ephemeralTo || m.ephemeralTo === userId),
    ).length;
  }

  #mark(userId: string, deleted: boolean): void {
    const person = this.people.get(userId);
    if (person) this.people.set(userId, { ...person, deleted });
  }

  #keep(message: Message): void {
    const { channel, ts, thread_ts: parent } = message;
    this.#inChannel(channel).set(ts, message);
    if (parent === undefined || parent === ts) return;
    const key = `${channel} ${parent}`;
    this.#replies.set(key, (this.#replies.get(key) ?? new Set()).add(ts));
  }

  #inChannel(channel: string): Map<string, Message> {
    const known = this.#messages.get(channel);
    if (known) return known;
    const fresh = new Map<string, Message>();
    this.#messages.set(channel, fresh);
    return fresh;
  }
}
