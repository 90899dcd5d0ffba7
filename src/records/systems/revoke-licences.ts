import type { Licence } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import { IN_FORCE } from '../in-force.ts';
import { lockSystems } from './own-system.ts';

/**
 * 폐지: takes the licences of a system that are in force out of service for good, each with why, for the chain and the
 * list of revoked licences. What was superseded before stays so.
 * @param why as people read it: `미사용 신고 (접수번호 2026-000012)`
 * @returns what was revoked; none when nothing was in force
 */
export async function revokeLicences(op: Operation, systemId: string, why: string): Promise<Licence[]> {
  await lockSystems(op.tx, [systemId]); // who issues or revokes at the same moment comes after
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
