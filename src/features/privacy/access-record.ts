import { maskName } from '../../core/mask.ts';
import {
  isReading,
  type ReadingAct,
  type ReadingAction,
  readingActions,
  readingActs,
} from '../../filing/reading.ts';
import type { Tx } from '../../store/store.ts';

/** Somebody in the record: the id for ever, name (masked) and account while they are kept. */
export interface RecordedPerson {
  id: string;
  account: string | null;
  name: string | null;
}

/** One reading with its five items: 식별자, 접속일시, 접속지, 처리한 정보주체, 수행업무. */
export interface AccessRecord {
  /** Its number in the audit chain. */
  seq: number;
  reader: RecordedPerson;
  at: Date;
  place: string;
  /** Whose data; null when it is no single person's. */
  whose: RecordedPerson | null;
  action: ReadingAction;
  /** 수행업무 in words. */
  label: string;
  /** Why; null in rows from before it was asked. */
  reason: string | null;
  /** What was read: `filing:ID`, `month:2026-11`. */
  subject: string;
}

/** Readings in [from, to), oldest first. Somebody who reads their own data is in it too. */
export async function accessRecords(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<AccessRecord[]> {
  const rows = await tx.audit.findMany({
    where: { action: { in: readingActions }, at: { gte: from, lt: to } },
    orderBy: { seq: 'asc' },
  });
  const personOf = await recorded(
    tx,
    rows.flatMap((row) => [row.actor, row.person]),
  );
  return rows.flatMap(({ seq, actor, at, place, person, action, subject, data }) => {
    if (!isReading(action)) return [];
    const { label, purpose }: ReadingAct = readingActs[action];
    const { reason } = data as { reason?: unknown };
    return [
      {
        seq,
        reader: personOf(actor),
        at,
        place,
        whose: person ? personOf(person) : null,
        action,
        label,
        reason: typeof reason === 'string' && reason !== '' ? reason : purpose,
        subject,
      },
    ];
  });
}

/** The people behind ids of the audit trail; what is no person (`operator:NAME`) stands for itself. */
export async function recorded(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<(id: string) => RecordedPerson> {
  const known = [...new Set(ids.filter((id) => id !== null))];
  const people = await tx.person.findMany({
    where: { id: { in: known } },
    select: { id: true, slackId: true, name: true },
  });
  const byId = new Map(people.map((person) => [person.id, person]));
  return (id) => {
    const person = byId.get(id);
    return { id, account: person?.slackId ?? null, name: person?.name ? maskName(person.name) : null };
  };
}

/** 접속지 as people read it; the mark itself stays, for it is what was recorded. */
export function placeLabel(place: string): string {
  if (place === 'cli') return '서버 명령(cli)';
  if (place === 'slack:home') return '메신저 홈(slack:home)';
  if (place === 'slack:modal') return '메신저 창(slack:modal)';
  return place.startsWith('slack:') ? `메신저 대화방(${place})` : place;
}
