import { type AuditAuthor, type AuditEntry, appendAudit } from './audit.ts';
import { enqueue, type Message } from './outbox.ts';
import type { Db, Tx } from './store.ts';

/** What an operation needs: the database, the clock and the outbox, handed over as arguments. */
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
  /** Adds a row to the audit trail; it commits together with the change or not at all. */
  audit(entry: AuditEntry): void;
  /** Adds a message to the outbox; it is sent after the commit, once per key, even if the process crashes. */
  tell(message: Message): void;
}

/**
 * Runs `work` in one transaction: its guarded state change, its audit rows and its outbox rows commit together.
 * `work` may run twice, see isDeadlock.
 * @throws what `work` throws (a Refusal, for one); then nothing was changed
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
 * When two transactions wait for each other, PostgreSQL rolls one of them back (40P01); run again, it finds what the
 * other one did. Prisma reports it as P2034, or with the driver's words in the error of a raw query.
 */
function isDeadlock(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'P2034') || /40P01|deadlock detected/.test(error.message);
}
