import { v7 as uuid7 } from 'uuid';
import type { Placement } from '../../filing/procedure.ts';
import type { AnswersOf } from '../../messenger/forms/form.ts';
import { inForce } from '../../records/in-force.ts';
import type { Filing, System } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import { splitList } from '../host-rules.ts';
import type { applicationForm } from './form.ts';

/**
 * Describes a system by the 재배포 that is being approved: what earlier approvals changed counts no more. A server
 * certificate stays that was registered since the submission, or that the application does not name. While a regular
 * licence is in force the system also runs on its former addresses.
 */
export async function describeAnew(
  tx: Tx,
  { systemId, submittedAt }: Pick<Filing, 'systemId' | 'submittedAt'>,
  answers: Pick<AnswersOf<typeof applicationForm.fields>, 'ip' | 'serverCn'>,
): Promise<void> {
  const ips = splitList(answers.ip);
  const serverCn = answers.serverCn ?? null;
  await tx.$executeRaw`
    WITH kept AS (
      SELECT ${serverCn}::text IS NULL OR EXISTS (
        SELECT FROM "Certificate" WHERE "systemId" = ${systemId} AND purpose = 'SERVER' AND "endedAt" IS NULL
          AND "registeredAt" > ${submittedAt}) AS certificate)
    UPDATE "System" s SET
      "serverIps" = CASE WHEN EXISTS (
          SELECT FROM "Licence" l WHERE l."systemId" = s.id AND l.kind = 'REGULAR' AND ${inForce('l')})
        THEN ARRAY(SELECT DISTINCT unnest(s."serverIps" || ${ips}::text[]) ORDER BY 1) ELSE ${ips}::text[] END,
      "serverCn" = CASE WHEN kept.certificate THEN s."serverCn" ELSE ${serverCn} END,
      profile = CASE WHEN kept.certificate
        THEN (SELECT COALESCE(jsonb_object_agg(key, value), '{}') FROM jsonb_each(s.profile)
          WHERE key IN ('certificate', 'serverCn'))
        ELSE '{}' END
    FROM kept WHERE s.id = ${systemId}`;
}

/**
 * The 대상시스템 of an application. The first submission creates it; later ones update it until the application is
 * approved. A 재배포 belongs to the system that the person already has.
 */
export async function placeSystem(
  op: Operation,
  applicant: Known,
  answers: AnswersOf<typeof applicationForm.fields>,
  filing: Filing | null,
): Promise<Pick<Placement, 'systemId' | 'newSystem'>> {
  const { agency: agencyCode, systemName: name, serverCn = null } = answers;
  const described = {
    name,
    agencyCode,
    serverIps: splitList(answers.ip),
    serviceOn: answers.serviceDate,
  };
  if (filing?.systemId) {
    const where = { id: filing.systemId };
    const { _count, ...before } = await op.tx.system.findUniqueOrThrow({
      where,
      include: { _count: { select: { licences: true } } },
    });
    // A certificate that was registered since (서버용 인증서 등록) counts, not the one that the form still names.
    const { serverCn: registered } = before.profile as { serverCn?: string };
    const data = { ...described, contactId: applicant.id, serverCn: registered ?? serverCn };
    const system = _count.licences > 0 ? before : await op.tx.system.update({ where, data });
    if (system.name === name && system.agencyCode === agencyCode) return { systemId: system.id };
    // The correction names another system than the licensed one, so a system is found or created below.
  }
  if (answers.reason === 'REDISTRIBUTION') {
    const owned = await op.tx.system.findFirst({
      where: { name, agencyCode, contactId: applicant.id, retiredAt: null },
      orderBy: { createdAt: 'desc' },
    });
    if (owned) return { systemId: owned.id };
  }
  const newSystem: System = {
    ...described,
    serverCn,
    id: uuid7(),
    contactId: applicant.id,
    deputyId: null,
    scvp: false,
    profile: {},
    createdAt: op.now,
    retiredAt: null,
  };
  return { systemId: newSystem.id, newSystem };
}
