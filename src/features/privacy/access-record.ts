import { maskName } from '../../core/mask.ts';
import {
  isReading,
  type ReadingAct,
  type ReadingAction,
  readingActions,
  readingActs,
} from '../../filing/reading.ts';
import type { Tx } from '../../store/store.ts';

/** A person in the record. The id stays for ever; masked name and account are null once that person's data is gone. */
export interface RecordedPerson {
  id: string;
  account: string | null;
  name: string | null;
}

/** The record of one reading, with the five required items: 식별자, 접속일시, 접속지, 처리한 정보주체, 수행업무. */
export interface AccessRecord {
  /** The number of its row in the audit chain. */
  seq: number;
  reader: RecordedPerson;
  at: Date;
  place: string;
  /** The person whose data was read; null when it was the data of several people. */
  whose: RecordedPerson | null;
  action: ReadingAction;
  /** The Korean name of the action (수행업무). */
  label: string;
  /** The reason for the reading; null in old rows, when no reason was asked. */
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

/** Looks up the people of ids in the audit trail; an id of no person (`operator:NAME`) is kept without a name. */
export async function recorded(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<(id: string) => RecordedPerson> {
  const personIds = [...new Set(ids.filter((id) => id !== null))];
  const people = await tx.person.findMany({
    where: { id: { in: personIds } },
    select: { id: true, slackId: true, name: true },
  });
  const byId = new Map(people.map((person) => [person.id, person]));
  return (id) => {
    const person = byId.get(id);
    return { id, account: person?.slackId ?? null, name: person?.name ? maskName(person.name) : null };
  };
}

/** 접속지 in Korean, followed by the recorded mark. */
export function placeLabel(place: string): string {
  if (place === 'cli') return '서버 명령(cli)';
  if (place === 'slack:home') return '메신저 홈(slack:home)';
  if (place === 'slack:modal') return '메신저 창(slack:modal)';
  return place.startsWith('slack:') ? `메신저 대화방(${place})` : place;
}
