import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebAPIPlatformError, WebAPIRequestError, type WebClient } from '@slack/web-api';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { section } from '../../../src/messenger/blocks.ts';
import { ClaimLost } from '../../../src/messenger/slack/delivery-errors.ts';
import { createDelivery } from '../../../src/messenger/slack/outbox-delivery.ts';
import { postNotice } from '../../../src/messenger/slack/send.ts';
import { findKind } from '../../../src/messenger/slack/slack-errors.ts';
import { enqueue } from '../../../src/store/outbox.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { DESK_CHANNEL, LEASE, type OutboxGround, setOutbox } from './outbox-ground.ts';

const methodErrors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../samples/slack/method-errors.json'), 'utf8'),
) as Record<string, string[]>;

let store: Store;
let ground: OutboxGround;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  ground = await setOutbox(store);
});
afterEach(() => ground?.close());
afterAll(() => store?.close());

async function grantOffice({ db }: Store, personId: string, grantedAt: Date): Promise<void> {
  await db.grant.create({ data: { personId, role: 'OFFICER', grantedBy: 'test', grantedAt } });
}

/** Slack, but for messages to some channels, which it refuses (or does not hear: `cut`) until that is mended. */
function standIn(client: WebClient, refusal: (channel: string) => string | null) {
  let mended = false;
  const postMessage: WebClient['chat']['postMessage'] = async (message) => {
    const error = refusal(String((message as { channel?: string }).channel));
    if (error === 'cut' && !mended) throw new WebAPIRequestError(new Error('connect ECONNREFUSED'));
    if (error && !mended) throw new WebAPIPlatformError({ ok: false, error, response_metadata: {} });
    return client.chat.postMessage(message);
  };
  const chat = { ...client.chat, postMessage };
  const mend = () => {
    mended = true;
  };
  return { client: Object.create(client, { chat: { value: chat } }) as WebClient, mend };
}

it('what follows a message at the desk is done before the row counts as sent, so a crash leaves both', async () => {
  const seen: string[] = [];
  const sender = ground.sender({
    deskTold: async (row) => {
      seen.push(`${row.key} ${(await ground.row(row.key)).state}`);
      throw new Error('not refreshed');
    },
  });
  await ground.tell(ground.ids.desk, 'say 1');
  await ground.run(sender);
  expect(seen).toEqual(['say 1 CLAIMED']);
  expect((await ground.row('say 1')).state).toBe('SENT');
});

it('people come first: a message waits until no click is being answered', async () => {
  const states: string[] = [];
  const sender = ground.sender({
    rest: async () => void states.push((await ground.row('say 1')).state),
  });
  await ground.tell(ground.ids.kim, 'say 1');
  await ground.run(sender);
  expect(states[0]).toBe('PENDING');
  expect(await ground.heard('kim')).toEqual(['say 1']);
});

describe('when Slack says no for now', () => {
  it('honours Retry-After to the second, counts no attempt, and delays nobody else', async () => {
    const { workspace, clock, ids } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, 'say 1', 'say 2');
    workspace.faults.rateLimit = { method: 'chat.postMessage', times: 1, retryAfterSeconds: 30 };
    await ground.run(sender);
    await ground.tell(ids.lee, 'say lee');
    await ground.run(sender);
    expect(await ground.heard('lee')).toEqual(['say lee']);
    expect(await ground.row('say 1')).toMatchObject({ state: 'PENDING', attempts: 0 });

    clock.advance(29_999);
    await ground.run(sender);
    expect(await ground.heard('kim')).toEqual([]);
    clock.advance(1);
    await ground.run(sender);
    expect(await ground.heard('kim')).toEqual(['say 1', 'say 2']);
  });

  it('tries again after a 5xx, later every time', async () => {
    const { workspace, clock, ids } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, 'say 1');
    workspace.faults.serverError = { method: 'chat.postMessage', times: 3 };
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      await ground.run(sender);
      const { attempts, dueAt } = await ground.row('say 1');
      expect(attempts).toBe(attempt);
      waits.push((dueAt.getTime() - clock.now().getTime()) / 1000);
      clock.set(dueAt);
    }
    const [first = 0, second = 0, third = 0] = waits;
    expect(first).toBeGreaterThanOrEqual(2);
    expect(second).toBeGreaterThanOrEqual(4);
    expect(third).toBeGreaterThanOrEqual(8);
    expect(third).toBeLessThan(10);
    await ground.run(sender);
    expect(await ground.heard('kim')).toEqual(['say 1']);
  });

  it.each([
    ['before it was taken', { timeout: { method: 'chat.postMessage', times: 1, ms: 5 } }],
    ['after it was taken', { dropAfterSend: { method: 'chat.postMessage', times: 1 } }],
  ])('says it once when the connection is cut %s', async (_when, fault) => {
    const { workspace, clock, ids } = ground;
    const sender = ground.sender();
    Object.assign(workspace.faults, fault);
    await ground.tell(ids.kim, 'say 1');
    await ground.run(sender);
    expect(await ground.row('say 1')).toMatchObject({ state: 'PENDING', attempts: 1 });
    clock.advance(5000);
    await ground.run(sender);
    expect(await ground.heard('kim')).toEqual(['say 1']);
    expect(await ground.row('say 1')).toMatchObject({ state: 'SENT', ts: expect.stringMatching(/\d\.\d/) });
  });

  it('outlasts an outage of hours, also one of the operator: a revoked token loses nothing', async () => {
    const { workspace, front, ids } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, 'say 1');
    workspace.faults.serverError = { times: 1000 };
    await ground.run(sender, 20, 15 * 60_000);
    delete workspace.faults.serverError;
    front.refusals.set('conversations.open', 'token_revoked');
    await ground.run(sender, 20, 15 * 60_000);
    front.refusals.clear();
    await ground.run(sender);
    expect(await ground.heard('kim')).toEqual(['say 1']);
  });
});

describe('no connection to Slack', () => {
  it('for three days loses nothing, and what was said meanwhile comes in its order', async () => {
    const { ids, client } = ground;
    const cut = standIn(client, () => 'cut');
    const sender = ground.sender({ client: cut.client });
    await ground.tell(ids.kim, 'say 1', 'say 2');
    await ground.run(sender, 240, 20 * 60_000);
    expect(await ground.row('say 1')).toMatchObject({ state: 'PENDING' });
    cut.mend();
    await ground.run(sender, 3, 301_000);
    expect(await ground.heard('kim')).toEqual(['say 1', 'say 2']);
  });
});

describe('what repeating cannot change', () => {
  it.each(['channel_not_found', 'user_disabled', 'user_not_found'])(
    '%s of a person fails at once and is told to the desk, once',
    async (code) => {
      const { front, ids } = ground;
      const sender = ground.sender();
      await ground.tell(ids.kim, 'say 1');
      front.refusals.set('conversations.open', code);
      await ground.run(sender);
      front.refusals.clear();
      await ground.run(sender, 3, 3_600_000);
      expect(await ground.row('say 1')).toMatchObject({
        state: 'FAILED',
        attempts: 1,
        error: expect.stringContaining(code),
      });
      expect(await ground.heard('kim')).toEqual([]);
      expect(await ground.heard('desk')).toEqual(['전달 실패: say 1']);
    },
  );

  it('so does a view that Slack refuses, and somebody without an account', async () => {
    const { ids } = ground;
    await ground.tell(ids.lee, 'ugly');
    await ground.tell(ids.stranger, 'say stranger');
    await ground.tell(ids.nobody, 'say nobody');
    await ground.run();
    expect((await ground.row('ugly')).error).toContain('invalid_blocks');
    expect((await ground.row('say stranger')).error).toContain('user_not_found');
    expect((await ground.row('say nobody')).error).toBe('no messenger account');
    expect((await ground.heard('desk')).sort()).toEqual([
      '전달 실패: say nobody',
      '전달 실패: say stranger',
      '전달 실패: ugly',
    ]);
  });

  it('a desk’s own failure is told to each officer by themselves', async () => {
    const { ids, store, clock } = ground;
    await grantOffice(store, ids.lee, clock.now());
    await ground.tell(ids.desk, 'ugly desk');
    await ground.run(ground.sender(), 3, 60_000);
    expect(await ground.heard('desk')).toEqual([]);
    expect(await ground.heard('lee')).toEqual(['전달 실패: ugly desk']);
  });

  it('a notice that cannot be rendered holds up what follows for a minute, not for ever', async () => {
    const { ids } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, 'broken', 'say 1');
    await ground.run(sender, 4, 5000);
    expect(await ground.heard('kim')).toEqual([]);
    await ground.run(sender, 8, 5000);
    expect(await ground.row('broken')).toMatchObject({ state: 'FAILED', error: 'the renderer is broken' });
    expect(await ground.heard('kim')).toEqual(['say 1']);
    expect(await ground.heard('desk')).toEqual(['전달 실패: broken']);
  });

  it('what Slack fails to take, and nothing else, stops holding back what follows within the hour', async () => {
    const { front, ids } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, 'hand 1', 'say 2');
    front.refusals.set('files.getUploadURLExternal', 'internal_error');
    await ground.run(sender, 20, 60_000);
    expect(await ground.heard('kim')).toEqual([]);
    await ground.run(sender, 40, 60_000);
    expect(await ground.heard('kim')).toEqual(['say 2']);
    await ground.run(sender, 150, 602_000);
    expect(await ground.row('hand 1')).toMatchObject({ state: 'FAILED' });
    expect(await ground.heard('desk')).toEqual(['전달 실패: hand 1']);
  });
});

describe('what somebody has to mend', () => {
  it.each([
    ['not_in_channel', 'chat.postMessage'],
    ['is_archived', 'chat.postMessage'],
    ['channel_not_found', 'chat.postMessage'],
    ['restricted_action_read_only_channel', 'chat.postMessage'],
    ['missing_scope', 'chat.postMessage'],
  ])(
    '%s at the desk waits for days, is told to officers by themselves once a day, and goes on',
    async (code) => {
      const { store, ids, clock, client } = ground;
      await grantOffice(store, ids.lee, clock.now());
      const slack = standIn(client, (channel) => (channel === DESK_CHANNEL ? code : null));
      const sender = ground.sender({ client: slack.client });
      await ground.tell(ids.desk, 'say 1', 'say 2');
      await ground.run(sender, 10, 6 * 3_600_000); // two days and a half
      expect(await ground.row('say 1')).toMatchObject({ state: 'PENDING', attempts: 0 });
      expect(await ground.heard('desk')).toEqual([]);
      expect(await ground.heard('lee')).toEqual(Array(3).fill(`밀림: ${code}`));
      slack.mend();
      await ground.run(sender, 3, 300_000); // five minutes at most
      expect(await ground.heard('desk')).toEqual(['say 1', 'say 2']);
    },
  );

  it('files that may not be uploaded wait too, and the desk reads of it', async () => {
    const { front, ids } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, 'hand 1');
    front.refusals.set('files.getUploadURLExternal', 'storage_limit_reached');
    await ground.run(sender, 3, 60_000);
    expect(await ground.row('hand 1')).toMatchObject({ state: 'PENDING' });
    expect(await ground.heard('desk')).toEqual(['밀림: storage_limit_reached']);
    front.refusals.clear();
    await ground.run(sender, 3, 300_000);
    expect(await ground.heard('kim')).toEqual(['hand 1 + one.lic + two.tar']);
  });

  it('a revoked token is told to nobody through Slack, and loses nothing', async () => {
    const { front, ids, store } = ground;
    const sender = ground.sender();
    await ground.tell(ids.desk, 'say 1');
    for (const method of ['chat.postMessage', 'conversations.open'])
      front.refusals.set(method, 'token_revoked');
    await ground.run(sender, 10, 6 * 3_600_000);
    expect(await store.db.outbox.count()).toBe(1);
    front.refusals.clear();
    await ground.run(sender, 3, 300_000);
    expect(await ground.heard('desk')).toEqual(['say 1']);
  });
});

describe('what Slack refuses for now', () => {
  it.each([
    ['say', 'chat.postMessage', 'rate_limited'],
    ['say', 'chat.postMessage', 'team_added_to_org'],
    ['say', 'chat.postMessage', 'accesslimited'],
    ['say', 'chat.postMessage', 'an_error_of_next_year'],
    ['hand', 'files.completeUploadExternal', 'file_update_failed'],
    ['hand', 'files.completeUploadExternal', 'file_not_found'],
  ])('%s: %s answered %s is said later', async (notice, method, code) => {
    const { front, ids } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, `${notice} 1`);
    front.refusals.set(method, code);
    await ground.run(sender, 3, 60_000);
    expect(await ground.row(`${notice} 1`)).toMatchObject({ state: 'PENDING' });
    front.refusals.clear();
    await ground.run(sender, 4, 120_000);
    await ground.workspace.person('U0KIM000001').waitFor(async () => (await ground.heard('kim')).length > 0);
    expect(await ground.heard('kim')).toEqual([notice === 'say' ? 'say 1' : 'hand 1 + one.lic + two.tar']);
    expect(await ground.heard('desk')).toEqual([]);
  });

  it('an error that Slack has not published is given up after a day of tries', async () => {
    const { front, ids, store } = ground;
    const sender = ground.sender();
    await ground.tell(ids.kim, 'say 1');
    front.refusals.set('conversations.open', 'an_error_of_next_year');
    await ground.run(sender, 20, 3_600_000);
    expect(await ground.row('say 1')).toMatchObject({ state: 'PENDING' });
    await store.db.outbox.updateMany({ where: { key: 'say 1' }, data: { attempts: 148 } });
    await ground.run(sender, 4, 3_600_000);
    expect(await ground.row('say 1')).toMatchObject({ state: 'FAILED' });
    expect(await ground.heard('desk')).toEqual(['전달 실패: say 1']);
  });

  it('every error of the published lists is known', () => {
    const unknown = Object.values(methodErrors)
      .flat()
      .filter((error) => findKind(error) === null);
    expect(unknown).toEqual([]);
  });
});

describe('a clock that is set in the middle of deliveries', () => {
  const HOUR = 3_600_000;
  it.each([
    ['a day ahead', 24 * HOUR],
    ['a day back', -24 * HOUR],
    ['an hour ahead', HOUR],
    ['an hour back', -HOUR],
  ])('%s: nothing waits for it, and nothing is said twice', async (_what, step) => {
    const { workspace, clock, ids, store } = ground;
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const set = (date: Date) => {
        clock.set(date);
        vi.setSystemTime(date);
      };
      set(clock.now());
      const sender = ground.sender({ paceMs: 1 });
      await ground.tell(ids.kim, 'say 1');
      await ground.run(sender); // the channel has been used
      workspace.faults.serverError = { method: 'chat.postMessage', times: 1 };
      await ground.tell(ids.kim, 'say 2', 'say 3');
      await ground.run(sender);
      expect(await ground.row('say 2')).toMatchObject({ state: 'PENDING', attempts: 1 }); // in back-off
      await ground.tell(ids.lee, 'say dead');
      await store.db.outbox.updateMany({
        where: { key: 'say dead' },
        data: {
          state: 'CLAIMED',
          claimedBy: 'dead',
          attempts: 1,
          dueAt: new Date(clock.now().getTime() + LEASE),
        },
      });
      await ground.tell(ids.desk, 'say waits');
      set(new Date(clock.now().getTime() + step));
      await ground.run(sender, 4, LEASE);
      expect(await ground.heard('kim')).toEqual(['say 1', 'say 2', 'say 3']);
      expect(await ground.heard('lee')).toEqual(['say dead']);
      expect(await ground.heard('desk')).toEqual(['say waits']);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('order', () => {
  it('holds for each recipient while two processes send and Slack fails now and then', async () => {
    const { workspace, clock, ids, store } = ground;
    const texts = Array.from({ length: 15 }, (_, index) => `say ${String(index).padStart(2, '0')}`);
    for (const text of texts) {
      await ground.tell(ids.kim, `${text} kim`);
      await ground.tell(ids.lee, `${text} lee`);
      await ground.tell(ids.desk, `${text} desk`);
    }
    const senders = [ground.sender(), ground.sender()];
    for (let round = 0; round < 40; round++) {
      if (round < 5) workspace.faults.serverError = { method: 'chat.postMessage', times: 2 };
      for (const sender of senders) sender.wake();
      await Promise.all(senders.map((sender) => sender.idle()));
      if ((await store.db.outbox.count({ where: { state: { not: 'SENT' } } })) === 0) break;
      clock.advance(10_000);
    }
    expect(await ground.heard('kim')).toEqual(texts.map((text) => `${text} kim`));
    expect(await ground.heard('lee')).toEqual(texts.map((text) => `${text} lee`));
    expect(await ground.heard('desk')).toEqual(texts.map((text) => `${text} desk`));
  });
});

describe('a row left by a process that died', () => {
  it('is taken over when the lease is over, not before, and said when it was not', async () => {
    const { clock, ids } = ground;
    await ground.tell(ids.kim, 'say 1');
    await ground.claimedByTheDead();
    const sender = ground.sender();
    clock.advance(LEASE - 1);
    await ground.run(sender);
    expect(await ground.heard('kim')).toEqual([]);
    clock.advance(1);
    await ground.run(sender);
    expect(await ground.heard('kim')).toEqual(['say 1']);
  });

  it('waits for no lease when the database is this process’s alone', async () => {
    await ground.tell(ground.ids.kim, 'say 1');
    await ground.claimedByTheDead();
    const sender = ground.sender({ alone: true });
    await sender.start(60_000);
    await sender.idle();
    expect(await ground.heard('kim')).toEqual(['say 1']);
    await sender.stop();
  });

  it('is found in the channel below 450 later messages, with the bot’s clock nine hours ahead', async () => {
    const { clock, client, ids, front } = ground;
    const slackTime = clock.now();
    await ground.tell(ids.kim, 'say 1');
    const row = await ground.claimedByTheDead();
    const { channel } = await client.conversations.open({ users: 'U0KIM000001' });
    const ts = await postNotice(client, channel?.id ?? '', row, {
      text: 'say 1',
      blocks: [section('say 1')],
    });
    for (let index = 0; index < 450; index++) {
      await client.chat.postMessage({ channel: channel?.id ?? '', text: '그 뒤의 말' });
    }
    clock.set(new Date(slackTime.getTime() + 9 * 3_600_000));
    await ground.store.db.outbox.updateMany({ data: { createdAt: clock.now(), dueAt: clock.now() } });
    front.calls.length = 0;
    await ground.run();
    expect(await ground.row('say 1')).toMatchObject({ state: 'SENT', ts });
    expect((await ground.heard('kim')).filter((text) => text === 'say 1')).toHaveLength(1);
    expect(front.calls.filter((method) => method === 'conversations.history')).toHaveLength(3);
  });

  it('cannot be said by the one who comes back to life', async () => {
    const { clock, client, ids, notices, store } = ground;
    await ground.tell(ids.kim, 'say 1');
    const row = await ground.claimedByTheDead();
    clock.advance(LEASE);
    await ground.run();
    const deliver = createDelivery({
      db: store.db,
      now: clock.now,
      client,
      notices,
      mailer: null,
      deskChannel: null,
      leaseMs: LEASE,
      paceMs: 0,
    });
    await expect(deliver(row)).rejects.toBeInstanceOf(ClaimLost);
    expect(await ground.heard('kim')).toEqual(['say 1']);
  });
});

it('lets a hundred unasked messages hold up no answer', async () => {
  const { ids, sender, row, store, clock } = ground;
  const people = await Promise.all(
    Array.from({ length: 100 }, (_, n) => store.db.person.create({ data: { slackId: `U0MANY${n}` } })),
  );
  await enqueue(
    store.db as never,
    clock.now(),
    people.map(({ id }) => ({
      key: `survey ${id}`,
      notice: 'say',
      to: id,
      facts: { text: 'survey' },
      notBefore: clock.now(),
    })),
  );
  await ground.tell(ids.kim, 'say at once');
  const one = sender();
  await one.start();
  await expect.poll(async () => (await row('say at once')).state, { timeout: 200_000 }).toBe('SENT');
  expect(await store.db.outbox.count({ where: { state: { not: 'PENDING' } } })).toBeLessThan(60);
  await one.stop();
});
