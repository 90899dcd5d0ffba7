import { preciseTime } from '../../core/calendar.ts';
import type { Cell } from '../../core/csv-file.ts';
import { maskWithin } from '../../core/mask.ts';
import type { Tx } from '../../store/store.ts';
import { placeLabel, recorded } from './access-record.ts';
import { monthSoFar } from './month.ts';

/**
 * The audit trail of a month for an auditor, as rows of a table. People appear by id and masked name; addresses and
 * numbers in texts are masked. With its hash an auditor can compare a row with the database.
 */
export async function auditTrail(tx: Tx, month: string, until: Date): Promise<Cell[][]> {
  const { from, to } = monthSoFar(month, until);
  const rows = await tx.audit.findMany({
    where: { at: { gte: from, lt: to } },
    orderBy: { seq: 'asc' },
  });
  const personOf = await recorded(
    tx,
    rows.flatMap((row) => [row.actor, row.person]),
  );
  return [
    [
      '번호',
      '일시',
      '행위자',
      '행위자 이름',
      '접속지',
      '행위',
      '대상',
      '정보주체',
      '정보주체 이름',
      '내용',
      '앞 행 해시',
      '해시',
    ],
    ...rows.map((row) => [
      row.seq,
      preciseTime(row.at),
      row.actor,
      personOf(row.actor).name ?? '',
      placeLabel(row.place),
      row.action,
      row.subject,
      row.person ?? '',
      row.person ? (personOf(row.person).name ?? '') : '',
      maskWithin(JSON.stringify(row.data)),
      row.previous,
      row.hash,
    ]),
  ];
}

export function trailName(month: string): string {
  return `감사기록-${month}.csv`;
}
