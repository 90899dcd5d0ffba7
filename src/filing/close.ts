import { reachable, reachableColumns } from '../records/people/reachable.ts';
import type { Filing } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';
import { endHelpers } from './helper-rows.ts';
import { steps } from './steps.ts';
import { tellDesk } from './tell-desk.ts';

/**
 * Ends a filing that the approval of another one made pointless: its system is retired, or has another contact. It is
 * part of that approval and needs no further authority. Cards lose their buttons, reminders stop, and the applicant is
 * told why, if they can be reached: often they have left.
 * @returns false when it was decided meanwhile
 */
export async function closeFiling(
  op: Operation,
  { id, revision }: Pick<Filing, 'id' | 'revision'>,
  reason: string,
): Promise<boolean> {
  const { from, to } = steps['filing.close'];
  const { count } = await op.tx.filing.updateMany({
    where: { id, revision, state: { in: [...from] } },
    data: { state: to, decidedAt: op.now, decidedBy: op.author.actor, reason },
  });
  if (count !== 1) return false;
  const { applicant, ...filing } = await op.tx.filing.findUniqueOrThrow({
    where: { id },
    include: { applicant: { select: reachableColumns } },
  });
  await op.tx.draft.deleteMany({ where: { subject: `filing:${id}` } });
  await endHelpers(op, { filingIds: [id] });
  op.audit({
    action: 'filing.close',
    subject: `filing:${id}`,
    person: filing.applicantId,
    data: { procedure: filing.procedure, number: filing.number, revision, reason },
  });
  tellDesk(op, filing);
  if (reachable(applicant).includes(applicant.id))
    op.tell({
      key: `decided:${id}:${revision}:filing.close`,
      notice: 'filing.decided',
      to: filing.applicantId,
      facts: { filingId: id, revision, verb: 'filing.close' },
    });
  return true;
}
