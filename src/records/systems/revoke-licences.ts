import type { Licence } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import { IN_FORCE } from '../in-force.ts';
import { lockSystems } from './own-system.ts';

/**
 * 폐지: revokes the system's licences in force for good, each with its reason, for the history and the list of revoked
 * licences. Licences that were superseded before stay so.
 * @param why as people read it: `미사용 신고 (접수번호 2026-000012)`
 * @returns the licences that were revoked; none when none was in force
 */
export async function revokeLicences(op: Operation, systemId: string, why: string): Promise<Licence[]> {
  await lockSystems(op.tx, [systemId]); // whoever issues or revokes at the same moment waits
  const licences = await op.tx.licence.findMany({
    where: { systemId, ...IN_FORCE },
    orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
  });
  for (const { id, number } of licences) {
    const { count } = await op.tx.licence.updateMany({
      where: { id, ...IN_FORCE },
      data: { revokedAt: op.now, endReason: why },
    });
    if (count === 1) op.audit({ action: 'licence.revoke', subject: `licence:${number}`, data: { why } });
  }
  return licences;
}
