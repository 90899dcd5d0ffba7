import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { Db, Tx } from './store.ts';

/**
 * The append-only record of who did what: also the access record of personal data, whose five items
 * (개인정보의 안전성 확보조치 기준 제8조) are actor, at, place, person and action.
 */
export interface AuditEntry {
  /** The verb: `filing.approve`, `filing.review`, … */
  action: string;
  /** What it was done to: `filing:ID`, `system:ID`, `licence:NUMBER`. */
  subject: string;
  /** The id of the person whose personal data was handled. */
  person?: string | null;
  data?: Record<string, unknown>;
  /** Somebody other than the author of the operation: `bot`, when it decides inside a person's act. */
  actor?: string;
}

export interface AuditAuthor {
  /** Person id, or `bot`, or `operator:NAME`. */
  actor: string;
  /** Where from: a messenger channel, `home`, `modal`, `cli`. */
  place: string;
}

type Row = Awaited<ReturnType<Tx['audit']['findFirstOrThrow']>>;

/**
 * Appends the entries in order. The lock on the head row keeps the chain in one order when several processes write, and
 * every writer waits for that lock. To hold it only briefly, this is one statement, the last of its transaction, in
 * which the database itself computes the hashes.
 */
export async function appendAudit(
  tx: Tx,
  author: AuditAuthor,
  at: Date,
  entries: AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    actor: entry.actor ?? author.actor,
    action: entry.action,
    subject: entry.subject,
    person: entry.person ?? null,
    data: JSON.parse(JSON.stringify(entry.data ?? {})),
  }));
  const texts = rows.map((row) => hashedText({ ...row, at, place: author.place }));
  const count = await tx.$executeRaw`
    WITH RECURSIVE entry AS (
      SELECT * FROM unnest(${rows.map(({ actor }) => actor)}::text[], ${rows.map(({ action }) => action)}::text[],
        ${rows.map(({ subject }) => subject)}::text[], ${rows.map(({ person }) => person)}::text[],
        ${rows.map(({ data }) => JSON.stringify(data))}::text[], ${texts.map(([before]) => before)}::text[],
        ${texts.map(([, after]) => after)}::text[])
        WITH ORDINALITY AS e (actor, action, subject, person, data, before, after, number)
    ), head AS (
      SELECT seq, hash FROM "AuditHead" WHERE id = 1 FOR UPDATE
    ), chain (number, seq, previous, hash) AS (
      SELECT 0::bigint, seq, ''::text, hash FROM head
      UNION ALL
      SELECT e.number, c.seq + 1, c.hash, encode(sha256(convert_to(
        concat(e.before, '"previous":"', c.hash, '","seq":', c.seq + 1, e.after), 'UTF8')), 'hex')
      FROM chain c JOIN entry e ON e.number = c.number + 1
    ), appended AS (
      INSERT INTO "Audit" (seq, at, actor, place, action, subject, person, data, previous, hash)
      SELECT c.seq, ${at}::timestamp, e.actor, ${author.place}, e.action, e.subject, e.person, e.data::jsonb, c.previous, c.hash
      FROM chain c JOIN entry e USING (number)
    )
    UPDATE "AuditHead" h SET seq = last.seq, hash = last.hash
    FROM (SELECT seq, hash FROM chain ORDER BY number DESC LIMIT 1) last WHERE h.id = 1`;
  if (count !== 1) throw new Error('the audit chain has no head');
}

/**
 * The canonical JSON of a row for its hash, in two parts: `previous` and `seq`, which only the database knows, go
 * between them.
 */
function hashedText(row: Omit<Row, 'hash' | 'previous' | 'seq'>): [before: string, after: string] {
  const { at, actor, place, action, subject, person, data } = row;
  const before = canonicalJson({ action, actor, at: at.toISOString(), data, person, place });
  return [`${before.slice(0, -1)},`, `,${canonicalJson({ subject }).slice(1)}`];
}

/** The hash of a stored row: SHA-256 over all its other columns in canonical JSON. */
function hashOf(row: Row): string {
  const { hash: _, at, ...rest } = row;
  const text = canonicalJson({ ...rest, at: at.toISOString() });
  return createHash('sha256').update(text).digest('hex');
}

type AuditVerdict =
  | { ok: true; rows: number }
  | { ok: false; seq: number; fault: 'altered' | 'missing' | 'reordered' | 'cut' };

/**
 * Checks the whole chain, page by page, and names the first row that does not fit. Rows that are appended meanwhile are
 * checked too: the head is read after the rows, so it is never behind them.
 */
export async function verifyAudit(db: Db, pageSize = 1000): Promise<AuditVerdict> {
  let seq = 0;
  let hash = '';
  for (;;) {
    const page = await db.audit.findMany({
      where: { seq: { gt: seq } },
      orderBy: { seq: 'asc' },
      take: pageSize,
    });
    for (const row of page) {
      if (row.seq !== seq + 1) return { ok: false, seq: seq + 1, fault: 'missing' };
      if (row.hash !== hashOf(row)) return { ok: false, seq: row.seq, fault: 'altered' };
      if (row.previous !== hash) return { ok: false, seq: row.seq, fault: 'reordered' };
      ({ seq, hash } = row);
    }
    if (page.length === pageSize) continue;
    const head = await db.auditHead.findUniqueOrThrow({ where: { id: 1 } });
    if (head.seq === seq && head.hash === hash) return { ok: true, rows: seq };
    const appended = head.seq > seq && (await db.audit.count({ where: { seq: seq + 1 } })) === 1;
    if (!appended) return { ok: false, seq: seq + 1, fault: 'cut' };
  }
}
