import { NOTICE, noticeBroadcast } from '../src/features/board/notices/broadcast.ts';
import { withdrawNotice, writeNotice } from '../src/features/board/notices/notice.ts';
import { whoIs } from '../src/records/people/who.ts';
import { createBroadcaster } from '../src/store/broadcaster.ts';
import { openStore } from '../src/store/store.ts';
import { type BenchRow, cpuRatio, spentOn } from './row.ts';
import { plainInsert, waiting } from './sweep.ts';

const AT = new Date('2026-11-23T01:00:00Z');

/**
 * Measures a 공지사항 with a message to `people` people: the click, putting all messages into the outbox, withdrawing the
 * notice and deleting the messages, and how long another person's click waits meanwhile. Half of the elapsed time is
 * left to others' clicks. The baseline is one plain INSERT of as many messages. It uses an embedded database in memory unless an empty PostgreSQL database is given.
 */
export async function benchNotice(people = 50_000, databaseUrl?: string): Promise<{ rows: BenchRow[] }> {
  const store = await openStore({ databaseUrl });
  try {
    const { db } = store;
    await db.$executeRaw`
      INSERT INTO "Person" (id, "slackId") SELECT 'p' || n, 'U' || n FROM generate_series(1, ${people}::int) n`;
    await db.grant.create({ data: { personId: 'p1', role: 'OFFICER', grantedBy: 'bench', grantedAt: AT } });
    await db.$executeRawUnsafe('ANALYZE');
    const baseline = await plainInsert(db, people);
    const rows: BenchRow[] = [
      { name: `plain INSERT of ${people} messages`, value: baseline.seconds, unit: 's' },
    ];
    const ground = { db, now: () => AT, wakeOutbox: () => {} };
    const log = {
      error: (found: object) => {
        throw new Error('not told', { cause: found });
      },
    };
    const broadcaster = createBroadcaster({ ground, kinds: { [NOTICE]: noticeBroadcast }, log });
    const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
      const waits = waiting(db);
      const { value, seconds, cpu } = await spentOn(work);
      rows.push(
        { name, value: seconds, unit: 's' },
        { name: '  to the plain INSERT', value: seconds / baseline.seconds, unit: 'times' },
        ...cpuRatio(cpu, baseline, databaseUrl),
        { name: '  longest wait of a query meanwhile', value: await waits.stop(), unit: 'ms' },
      );
      return value;
    };
    const tell = async () => {
      broadcaster.wake();
      await broadcaster.idle();
    };
    const officer = await whoIs(db, 'U1');
    const written = { kind: '안내', title: 'bench', text: '-', target: 'ALL', how: ['message', 'urgent'] };
    const notice = await timed('the click that publishes it', () =>
      writeNotice(ground, { who: officer, place: 'bench' }, written, { at: AT, holidays: new Set() }),
    );
    await timed(`${people} people put into the outbox`, tell);
    const count = await db.outbox.count();
    if (count !== people) throw new Error(`told ${count}`);
    await timed('the click that withdraws it', () => withdrawNotice(ground, officer, 'bench', notice.id));
    await timed('all of them taken out again', tell);
    const left = await db.outbox.count();
    if (left !== 0) throw new Error(`left ${left}`);
    return { rows };
  } finally {
    await store.close();
  }
}
