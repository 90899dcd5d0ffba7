import type { Licence } from '../store/client/client.ts';
import type { Operation } from '../store/operation.ts';

/**
 * 폐지: takes the licences of a system that are in force out of service for good, each with why, for the chain and the
 * list of revoked licences. What was superseded before stays so.
 * @param why as people read it: `미사용 신고 (접수번호 2026-000012)`
 * @returns what was revoked; none when nothing was in force
 */
export async function revokeLicences(op: Operation, systemId: string, why: string): Promise<Licence[]> {
  // Held until the transaction is over: who issues or revokes at the same moment comes after.
  await op.tx.$queryRaw`SELECT id FROM "System" WHERE id = ${systemId} FOR UPDATE`;
  const inForce = { systemId, supersededAt: null, revokedAt: null };
  const licences = await op.tx.licence.findMany({ where: inForce, orderBy: { issuedAt: 'asc' } });
  for (const { id, number } of licences) {
    const { count } = await op.tx.licence.updateMany({
      where: { id, supersededAt: null, revokedAt: null },
      data: { revokedAt: op.now, endReason: why },
    });
    if (count === 1) op.audit({ action: 'licence.revoke', subject: `licence:${number}`, data: { why } });
  }
  return licences;
}
