import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actions, button, section } from '../../../src/messenger/blocks.ts';
import { postNotice, shareUploads, uploadFiles } from '../../../src/messenger/slack/send.ts';
import { renewClaim } from '../../../src/store/outbox.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { DESK_CHANNEL, LEASE, OLD_DESK, type OutboxGround, setOutbox } from './outbox-ground.ts';

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

describe('files', () => {
  const whole = 'hand 1 + one.lic + two.tar';

  /** Dies at the end, or in the middle: what a killed process leaves. */
  async function shareAndDie(until: 'uploaded' | 'marked' | 'shared'): Promise<void> {
    const { client, clock, notices, store } = ground;
    const row = await ground.claimedByTheDead();
    const { channel } = await client.conversations.open({ users: 'U0KIM000001' });
    const render = notices.hand;
    const notice = typeof render === 'function' ? await render(store.db, { text: 'hand 1' }) : null;
    if (!notice?.files) throw new Error('no files to share');
    const uploads = await uploadFiles(client, store.db, notice.files);
    if (until === 'uploaded') return;
    const known = { uploads: uploads.map(({ id }) => id), sharedAt: clock.now() };
    await renewClaim(store.db, row, new Date(clock.now().getTime() + LEASE), known);
    if (until === 'shared') await shareUploads(client, channel?.id ?? '', row.id, uploads, notice);
  }

  async function appear(count: number): Promise<void> {
    await ground.workspace
      .person('U0KIM000001')
      .waitFor(async () => (await ground.heard('kim')).length === count);
  }

  it('go as one message with the words', async () => {
    await ground.tell(ground.ids.kim, 'hand 1');
    await ground.run();
    await appear(1);
    expect(await ground.heard('kim')).toEqual([whole]);
  });

  it('are sent at once when the process died before it asked for the share', async () => {
    await ground.tell(ground.ids.kim, 'hand 1');
    await shareAndDie('uploaded');
    ground.clock.advance(LEASE);
    await ground.run();
    await appear(1);
    expect(await ground.heard('kim')).toEqual([whole]);
  });

  it('are not sent twice when the share shows up long after the restart', async () => {
    const { workspace, clock, ids } = ground;
    workspace.faults.slowFileShareMs = 3000;
    await ground.tell(ids.kim, 'hand 1', 'say 2');
    await shareAndDie('shared');
    const sender = ground.sender({ alone: true });
    await sender.start(60_000);
    await sender.idle();
    expect(await ground.heard('kim')).toEqual([]);
    expect(await ground.row('hand 1')).toMatchObject({ state: 'PENDING' });
    await appear(1);
    clock.advance(2000);
    await ground.run(sender);
    await appear(2);
    expect(await ground.heard('kim')).toEqual([whole, 'say 2']);
    expect(await ground.row('hand 1')).toMatchObject({ state: 'SENT', ts: expect.stringMatching(/\d\.\d/) });
    await sender.stop();
  });

  it('are sent after a minute when the share was never taken, and the first upload can never appear', async () => {
    const { clock, ids, row, workspace } = { ...ground };
    await ground.tell(ids.kim, 'hand 1');
    await shareAndDie('marked');
    const { uploads } = await row('hand 1');
    clock.advance(59_000);
    const sender = ground.sender({ alone: true });
    await sender.start(60_000);
    await sender.idle();
    expect(await row('hand 1')).toMatchObject({ state: 'PENDING', uploads });
    clock.advance(2000);
    await ground.run(sender);
    await appear(1);
    expect(await ground.heard('kim')).toEqual([whole]);
    const again = ground.client.files.completeUploadExternal({
      files: [{ id: uploads[0] ?? '', title: 'x' }],
      channel_id: workspace.person('U0KIM000001').userId,
    });
    await expect(again).rejects.toThrow('file_deleted');
    await sender.stop();
  });

  it('refused for now are shared when Retry-After is over: nothing was taken, so nothing is awaited', async () => {
    const { workspace, clock, ids } = ground;
    workspace.faults.rateLimit = { method: 'files.completeUploadExternal', times: 1, retryAfterSeconds: 5 };
    const sender = ground.sender();
    await ground.tell(ids.kim, 'hand 1');
    await ground.run(sender);
    clock.advance(5000);
    await ground.run(sender);
    await appear(1);
    expect(await ground.row('hand 1')).toMatchObject({ state: 'SENT', attempts: 1 });
  });

  it.each([
    ['taken', { dropAfterSend: { method: 'files.completeUploadExternal', times: 1 } }],
    ['not taken', { timeout: { method: 'files.completeUploadExternal', times: 1, ms: 5 } }],
  ])('come once when the share was %s and nobody heard the answer', async (_how, fault) => {
    const { workspace, ids } = ground;
    Object.assign(workspace.faults, fault);
    const sender = ground.sender();
    await ground.tell(ids.kim, 'hand 1');
    await ground.run(sender);
    await new Promise((resolve) => setTimeout(resolve, 60)); // the share, if there is one, appears
    await ground.run(sender, 20, 5000);
    await appear(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await ground.heard('kim')).toEqual([whole]);
  });
});

describe('cards', () => {
  async function aFiling(): Promise<string> {
    const { db } = ground.store;
    const submittedAt = ground.clock.now();
    const filing = await db.filing.create({
      data: {
        number: '2026-000001',
        procedure: 'application',
        state: 'SUBMITTED',
        revision: 1,
        title: '민원',
        applicantId: ground.ids.kim,
        submittedAt,
      },
    });
    let version = 0;
    ground.notices.card = {
      subject: 'filingId',
      card: async () => {
        version += 1;
        const blocks = [section(`판 ${version}`), actions(button('approve', '승인'))];
        return { text: `판 ${version}`, blocks };
      },
    };
    return filing.id;
  }

  async function tellCard(filingId: string, key: string, fresh: boolean): Promise<void> {
    const at = ground.clock.now();
    await ground.store.db.outbox.create({
      data: {
        key,
        notice: 'card',
        recipient: ground.ids.desk,
        facts: { filingId, fresh: fresh ? 1 : 0 },
        dueAt: at,
        createdAt: at,
      },
    });
  }

  it('change in place, all copies together', async () => {
    const filingId = await aFiling();
    for (const [key, fresh] of [
      ['a', true],
      ['b', true],
      ['c', false],
    ] as const) {
      await tellCard(filingId, key, fresh);
      await ground.run();
    }
    expect(await ground.heard('desk')).toEqual(['판 3', '판 3']);
  });

  it('have buttons on the newest copy alone, also when that one was deleted or its post was cut short', async () => {
    const { client, clock, store, workspace } = ground;
    const filingId = await aFiling();
    const pressable = async () =>
      (await workspace.person('U0LEE000001').messages(DESK_CHANNEL)).map((message) =>
        JSON.stringify(message).includes('"actions"'),
      );
    await tellCard(filingId, 'a', true);
    await ground.run();
    await tellCard(filingId, 'b', true);
    const row = await ground.claimedByTheDead();
    await postNotice(client, DESK_CHANNEL, row, { text: '판 0', blocks: [section('판 0')] });
    clock.advance(LEASE);
    await ground.run();
    await tellCard(filingId, 'c', true);
    await ground.run();
    expect(await pressable()).toEqual([false, false, true]);
    const newest = await store.db.card.findFirstOrThrow({ orderBy: { ts: 'desc' } });
    await client.chat.delete({ channel: DESK_CHANNEL, ts: newest.ts });
    await tellCard(filingId, 'd', false);
    await ground.run();
    expect(await pressable()).toEqual([false, true]);
  });

  it('are posted anew when somebody deleted them, or the desk has moved', async () => {
    const { client, store } = ground;
    const filingId = await aFiling();
    await tellCard(filingId, 'a', true);
    await ground.run();
    const [copy] = await store.db.card.findMany();
    await client.chat.delete({ channel: DESK_CHANNEL, ts: copy?.ts ?? '' });
    await store.db.card.create({ data: { channel: OLD_DESK, ts: '1.000001', subject: filingId } });
    await tellCard(filingId, 'b', false);
    await ground.run();
    expect(await ground.heard('desk')).toEqual(['판 2']);
    const cards = await store.db.card.findMany();
    expect(cards.map(({ channel }) => channel)).toEqual([DESK_CHANNEL]);
    expect(cards[0]?.ts).not.toBe(copy?.ts);
  });

  it('and other messages are posted anew where another bot posted them, whose app was made anew since', async () => {
    const { ids, notices, store, workspace } = ground;
    const filingId = await aFiling();
    const ts = await workspace.person('U0LEE000001').say(DESK_CHANNEL, '앞선 봇의 카드');
    await store.db.card.create({ data: { channel: DESK_CHANNEL, ts, subject: filingId } });
    await tellCard(filingId, 'a', false);
    await ground.run();
    const [card] = await store.db.card.findMany();
    expect(await store.db.card.count()).toBe(1);
    expect(card?.ts).not.toBe(ts);
    // Later changes go to the message that took its place, wherever the first one was recorded.
    await ground.tell(ids.desk, 'first');
    await store.db.outbox.updateMany({
      where: { notice: 'first' },
      data: { channel: DESK_CHANNEL, ts, state: 'SENT' },
    });
    const edit = (text: string) => async () => {
      const first = await store.db.outbox.findFirstOrThrow({ where: { notice: 'first' } });
      return { text, blocks: [section(text)], replaces: { channel: DESK_CHANNEL, ts: first.ts ?? '' } };
    };
    Object.assign(notices, { edit: edit('고침'), again: edit('다시 고침') });
    await ground.tell(ids.desk, 'edit');
    await ground.run();
    expect(await ground.heard('desk')).toEqual(['앞선 봇의 카드', '판 1', '고침']);
    expect(await ground.row('edit')).toMatchObject({ state: 'SENT', channel: DESK_CHANNEL });
    await ground.tell(ids.desk, 'again');
    await ground.run();
    expect(await ground.heard('desk')).toEqual(['앞선 봇의 카드', '판 1', '다시 고침']);
  });

  it('are posted once though the process died before it could write down where', async () => {
    const { client, clock, store } = ground;
    const filingId = await aFiling();
    await tellCard(filingId, 'a', true);
    const row = await ground.claimedByTheDead();
    const ts = await postNotice(client, DESK_CHANNEL, row, { text: '판 0', blocks: [section('판 0')] });
    clock.advance(LEASE);
    await ground.run();
    expect(await ground.heard('desk')).toEqual(['판 0']);
    expect(await store.db.card.findMany()).toEqual([{ channel: DESK_CHANNEL, ts, subject: filingId }]);
  });
});
