import { setTimeout as sleep } from 'node:timers/promises';
import { LogLevel, WebClient } from '@slack/web-api';
import pino from 'pino';
import { section } from '../../../src/messenger/blocks.ts';
import type { Notices } from '../../../src/messenger/notice.ts';
import { createSender, type Sender, type SenderParts } from '../../../src/messenger/slack/outbox-sender.ts';
import type { SeenMessage } from '../../../src/sandbox/person.ts';
import { startWorkspace, type Workspace } from '../../../src/sandbox/workspace.ts';
import { putBlob } from '../../../src/store/blobs.ts';
import { claimDue, DESK, enqueue, type OutboxRow } from '../../../src/store/outbox.ts';
import type { Store } from '../../../src/store/store.ts';
import { type TestClock, testClock } from '../../ground.ts';
import { type Front, standBefore } from '../front.ts';

/** An outbox, a workspace to say it in, and as many senders as a test wants. */
export interface OutboxGround {
  store: Store;
  workspace: Workspace;
  front: Front;
  clock: TestClock;
  client: WebClient;
  /** Person ids by first name. */
  ids: Record<'kim' | 'lee' | 'desk' | 'nobody' | 'stranger', string>;
  notices: Notices;
  sender(over?: Partial<SenderParts>): Sender;
  /** One row a text, in this order; the text is the key. */
  tell(to: string, ...texts: string[]): Promise<void>;
  row(text: string): Promise<Awaited<ReturnType<Store['db']['outbox']['findUniqueOrThrow']>>>;
  /** Lets a sender do what is due, as often as it takes, the clock going on after each round. */
  run(sender?: Sender, rounds?: number, stepMs?: number): Promise<void>;
  /** A row as a process holds it that will not live to settle it. */
  claimedByTheDead(): Promise<OutboxRow>;
  /** The bot's messages that somebody can see in a conversation, oldest first. */
  heard(who: 'kim' | 'lee' | 'desk'): Promise<string[]>;
  close(): Promise<void>;
}

export const DESK_CHANNEL = 'C0DESK00001';
/** How long a claim lasts, in milliseconds. */
export const LEASE = 60_000;
export const OLD_DESK = 'C0DESK00000';
const BOT = 'U0BOT000001';
const slackIds = { kim: 'U0KIM000001', lee: 'U0LEE000001', stranger: 'U0STRANGER1' };

/** Empties the store for one test. */
export async function setOutbox(store: Store): Promise<OutboxGround> {
  const clock = testClock();
  await empty(store);
  const workspace = await startWorkspace({
    port: 0,
    people: [
      { id: slackIds.kim, name: '김보람' },
      { id: slackIds.lee, name: '이정훈' },
    ],
    channels: [
      { id: DESK_CHANNEL, name: '표준api-관리', private: true, members: [slackIds.lee, BOT] },
      { id: OLD_DESK, name: '예전-관리', private: true, members: [slackIds.lee] },
    ],
    bot: {
      name: '보급봇',
      userId: BOT,
      commands: [],
      scopes: ['chat:write', 'files:read', 'files:write', 'im:write', 'im:history', 'groups:history'],
    },
    now: clock.now,
  });
  const front = await standBefore(workspace.apiUrl);
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: front.apiUrl,
    logLevel: LogLevel.ERROR,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
  const { db } = store;
  const { id: kim } = await db.person.create({ data: { slackId: slackIds.kim } });
  const { id: lee } = await db.person.create({ data: { slackId: slackIds.lee } });
  const { id: stranger } = await db.person.create({ data: { slackId: slackIds.stranger } });
  const { id: nobody } = await db.person.create({ data: { name: '계정 없음' } });
  const sha256 = await db.$transaction((tx) => putBlob(tx, Buffer.from('licence'), clock.now()));
  const notices: Notices = {
    say: async (_db, { text }) => ({ text: String(text), blocks: [section(String(text))] }),
    hand: async (_db, { text }) => ({
      text: String(text),
      blocks: [section(String(text))],
      files: [
        { sha256, name: 'one.lic', size: 7, type: 'lic' },
        { sha256, name: 'two.tar', size: 7, type: 'tar' },
      ],
    }),
    broken: async () => {
      throw new TypeError('the renderer is broken');
    },
    ugly: async () => ({ text: 'x', blocks: [{ type: 'section' }] }),
    'outbox.held': async (_db, { error }) => ({
      text: `밀림: ${error}`,
      blocks: [section(`밀림: ${error}`)],
    }),
    'outbox.failed': async (_db, { outboxId }) => {
      const { key } = await db.outbox.findUniqueOrThrow({ where: { id: String(outboxId) } });
      return { text: `전달 실패: ${key}`, blocks: [section(`전달 실패: ${key}`)] };
    },
  };
  const senders: Sender[] = [];
  const ground: OutboxGround = {
    store,
    workspace,
    front,
    clock,
    client,
    notices,
    ids: { kim, lee, nobody, stranger, desk: DESK },
    sender: (over = {}) => {
      const sender = createSender({
        db,
        now: clock.now,
        client,
        notices,
        deskChannel: DESK_CHANNEL,
        log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
        name: `sender-${senders.length}`,
        paceMs: 0,
        ...over,
      });
      senders.push(sender);
      return sender;
    },
    tell: async (to, ...texts) => {
      await enqueue(
        db as never,
        clock.now(),
        texts.map((text) => ({ key: text, notice: text.split(' ')[0] ?? '', to, facts: { text } })),
      );
    },
    run: async (sender = ground.sender(), rounds = 1, stepMs = 0) => {
      for (let round = 0; round < rounds; round++) {
        sender.wake();
        await sender.idle();
        // The workspace shares an upload 15 ms later; its timer is the older one, and so the first.
        if (front.calls.includes('files.completeUploadExternal')) await sleep(20);
        clock.advance(stepMs);
      }
    },
    claimedByTheDead: async () => {
      const [row] = await claimDue(db, { now: clock.now(), claimer: 'dead', leaseMs: LEASE, limit: 1 });
      if (!row) throw new Error('nothing to claim');
      return row;
    },
    row: (key) => db.outbox.findUniqueOrThrow({ where: { key } }),
    heard: async (who) => {
      const person = workspace.person(who === 'kim' ? slackIds.kim : slackIds.lee);
      const messages = await (who === 'desk' ? person.messages(DESK_CHANNEL) : person.dm());
      return messages.map(spoken);
    },
    close: async () => {
      await Promise.all(senders.map((sender) => sender.stop()));
      await front.close();
      await workspace.close();
    },
  };
  return ground;
}

async function empty({ db }: Store): Promise<void> {
  await db.outbox.deleteMany();
  await db.card.deleteMany();
  await db.filing.deleteMany();
  await db.grant.deleteMany();
  await db.person.deleteMany();
}

function spoken(message: SeenMessage): string {
  const [block] = (message.blocks ?? []) as { text?: { text?: string } }[];
  const files = (message.files ?? []) as { name: string }[];
  return [block?.text?.text ?? message.text, ...files.map(({ name }) => name)].join(' + ');
}
