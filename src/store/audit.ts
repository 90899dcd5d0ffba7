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
  /** Whose personal data was handled, a person's id. */
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

/** Appends in order; the head row's lock makes the chain one line also when several processes write. */
export async function appendAudit(
  tx: Tx,
  author: AuditAuthor,
  at: Date,
  entries: AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const [head] = await tx.$queryRaw<{ seq: number; hash: string }[]>`
    SELECT seq, hash FROM "AuditHead" WHERE id = 1 FOR UPDATE`;
  if (!head) throw new Error('the audit chain has no head');
  let { seq, hash } = head;
  const rows = entries.map((entry) => {
    const row = {
      seq: ++seq,
      at,
      actor: entry.actor ?? author.actor,
      place: author.place,
      action: entry.action,
      subject: entry.subject,
      person: entry.person ?? null,
      data: JSON.parse(JSON.stringify(entry.data ?? {})),
      previous: hash,
    };
    hash = hashOf(row);
    return { ...row, hash };
  });
  await tx.audit.createMany({ data: rows });
  await tx.auditHead.update({ where: { id: 1 }, data: { seq, hash } });
}

/** Everything but the hash itself, in canonical JSON. */
function hashOf(row: Omit<Row, 'hash'>): string {
  const { seq, at, actor, place, action, subject, person, data, previous } = row;
  const text = canonicalJson({
    seq,
    at: at.toISOString(),
    actor,
    place,
    action,
    subject,
    person,
    data,
    previous,
  });
  return createHash('sha256').update(text).digest('hex');
}

export type AuditVerdict =
  | { ok: true; rows: number }
  | { ok: false; seq: number; fault: 'altered' | 'missing' | 'reordered' | 'cut' };

/**
 * Walks the whole chain in pages. The first row that does not fit is named. Rows that are appended meanwhile are walked
 * as well: the head is read after the rows, so it can only be ahead of them.
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
