import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Finding } from '../../core/finding.ts';
import type { Checked } from '../../filing/procedure.ts';
import { SUBMITTED } from '../../records/filings/states.ts';
import { type Ask, known, map, rowOf } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import { applicationForm } from './form.ts';
import type { Description } from './profile.ts';

/** Findings about them are made elsewhere. */
const OF_CERTIFICATE = ['certificate', 'serverCn'];

/** Points out what the approval of a 재배포 would put back: fields that other approvals have changed before it. */
export function overwrittenBy(
  { systemId, state }: Pick<Checked, 'systemId' | 'state'>,
  answers: Description,
): Ask<Finding[]> {
  if (answers.reason !== 'REDISTRIBUTION' || state !== SUBMITTED) return known([]);
  const changed = rowOf(Prisma.sql`SELECT profile FROM "System" WHERE id = ${systemId}`, changedRow);
  return map(changed, (row) => {
    const given: Record<string, unknown> = answers;
    const changes: Record<string, unknown> = row?.profile ?? {};
    const labels = Object.entries(applicationForm.fields).flatMap(([name, { label }]) =>
      !(name in changes) ||
      OF_CERTIFICATE.includes(name) ||
      isDeepStrictEqual(changes[name] ?? null, given[name] ?? null)
        ? []
        : [label],
    );
    const text = `승인하면 앞서 승인된 변경이 신청서의 내용으로 바뀝니다: ${labels.join(', ')}. 맞는지 확인하십시오.`;
    return labels.length > 0 ? [{ level: 'look', text }] : [];
  });
}

const changedRow = z.object({ profile: z.looseObject({}) });
