import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNotice } from '../../src/features/board/notices/notice.ts';
import { whoIs } from '../../src/records/people/who.ts';
import type { Store } from '../../src/store/store.ts';
import { onPostgres } from '../ground.ts';
import { type CrashGround, crowdId, setCrash, words } from './crash-ground.ts';

/** A 공지사항 to more people than a quick machine goes through before it is killed. */
const CROWD = 4000;
const TITLE = '죽어도 한 번';
const AT = new Date('2026-11-23T01:00:00.000Z');

describe.each(onPostgres() ? (['embedded', 'postgres'] as const) : (['embedded'] as const))(
  'on %s',
  (kind) => {
    let ground: CrashGround;
    let people = 0;
    beforeAll(async () => {
      ground = await setCrash(kind, [], CROWD);
      await ground.inspect(async ({ db }) => {
        await db.person.createMany({
          data: Array.from({ length: CROWD }, (_, n) => ({ slackId: crowdId(n) })),
        });
        people = await db.person.count({ where: { slackId: { not: null } } });
        const officer = await whoIs(db, ground.officer.userId);
        const written = {
          kind: '안내',
          title: TITLE,
          text: '내용',
          target: 'ALL',
          how: ['message', 'urgent'],
        };
        const still = { db, now: () => AT, wakeOutbox: () => undefined };
        await writeNotice(still, { who: officer, place: 'test' }, written, { at: AT, holidays: new Set() });
      });
    });
    afterAll(() => ground?.close());

    const stateOf = async ({ db }: Store) => ({
      reached: await db.outbox.count({ where: { notice: 'notice.message' } }),
      ...(await db.broadcast.findFirstOrThrow({ select: { messages: true, doneAt: true } })),
    });

    /** With the accounts that have their message. */
    const ended = async (store: Store) => {
      const { doneAt, reached, messages } = await stateOf(store);
      const sent = await store.db.outbox.findMany({ where: { notice: 'notice.message', state: 'SENT' } });
      const accounts = await store.db.person.findMany({
        where: { id: { in: sent.map(({ recipient }) => recipient) } },
      });
      return { done: doneAt !== null, reached, messages, told: accounts.map(({ slackId }) => slackId ?? '') };
    };

    it('is killed in the middle, again and again, and reaches everybody once', async () => {
      let before = 1;
      for (const when of ['before', 'after'] as const) {
        const held = ground.front.hold('chat.postMessage', when, 0);
        await ground.start();
        await held;
        await ground.kill();
        const { reached, messages, doneAt } = await ground.inspect(stateOf);
        if (when === 'before') expect(doneAt).toBeNull(); // by the second time a quick machine may be through
        expect(messages).toBe(reached);
        expect(reached).toBeGreaterThanOrEqual(before);
        if (when === 'before') expect(reached).toBeLessThan(people);
        before = reached;
      }
      let last = { done: false, reached: 0, messages: 0, told: [] as string[] };
      for (let tries = 0; tries < 20 && !last.done; tries++) {
        await ground.start(120_000); // what a dead process had claimed is free again
        await sleep(5000);
        last = await ground.inspect(ended);
      }
      expect(last).toMatchObject({ reached: people, messages: people });
      expect(last.told.length).toBeGreaterThan(10);
      for (const account of last.told) {
        const heard = await ground.workspace.person(account).dm();
        expect(
          heard.filter((message) => words(message).includes(TITLE)),
          account,
        ).toHaveLength(1);
      }
    });
  },
);
