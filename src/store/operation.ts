import { type AuditAuthor, type AuditEntry, appendAudit } from './audit.ts';
import { enqueue, type Message } from './outbox.ts';
import type { Db, Tx } from './store.ts';

/** What an operation needs around it; the clock is an argument like everything else. */
export interface Ground {
  db: Db;
  now: () => Date;
  /** Called after a commit that left something to send. */
  wakeOutbox: () => void;
}

/** One act inside one transaction. Nothing here touches the network. */
export interface Operation {
  tx: Tx;
  now: Date;
  author: AuditAuthor;
  /** Written with the change, or not at all. */
  audit(entry: AuditEntry): void;
  /** Said after the commit, once per key, also after a crash. */
  tell(message: Message): void;
}

/**
 * Runs `work` in one transaction: its guarded state change, its audit rows and its outbox rows commit together.
 * `work` may run twice, see isDeadlock.
 * @throws what `work` throws (a Refusal, for one); then nothing of it happened
 */
export async function operate<T>(
  ground: Ground,
  author: AuditAuthor,
  work: (op: Operation) => Promise<T>,
): Promise<T> {
  const entries: AuditEntry[] = [];
  const messages: Message[] = [];
  const now = ground.now();
  const once = () =>
    ground.db.$transaction(async (tx) => {
      entries.length = 0;
      messages.length = 0;
      const value = await work({
        tx,
        now,
        author,
        audit: (entry) => entries.push(entry),
        tell: (message) => messages.push(message),
      });
      await enqueue(tx, now, messages);
      await appendAudit(tx, author, now, entries); // last: it holds the chain's lock until the commit
      return value;
    });
  const result = await once().catch((error: unknown) => {
    if (isDeadlock(error)) return once();
    throw error;
  });
  if (messages.length > 0) ground.wakeOutbox();
  return result;
}

/**
 * PostgreSQL ends one of two transactions that wait for each other (40P01), and nothing of it happened: begun again, it
 * finds what the other one did. Prisma names it P2034, or leaves the driver's words in a raw query's error.
 */
function isDeadlock(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'P2034') || /40P01|deadlock detected/.test(error.message);
}
