import { v7 as uuid7 } from 'uuid';
import type { Placement } from '../../filing/procedure.ts';
import type { AnswersOf } from '../../messenger/forms/form.ts';
import type { Filing, System } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Operation } from '../../store/operation.ts';
import { splitList } from '../host-rules.ts';
import type { applicationForm } from './form.ts';

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
  const { agency: agencyCode, systemName: name } = answers;
  const described = {
    name,
    agencyCode,
    serverIps: splitList(answers.ip),
    serverCn: answers.serverCn ?? null,
    serviceOn: answers.serviceDate,
  };
  if (filing?.systemId) {
    const where = { id: filing.systemId };
    const licensed = await op.tx.licence.count({ where: { systemId: filing.systemId } });
    if (licensed === 0) await op.tx.system.update({ where, data: { ...described, contactId: applicant.id } });
    const system = await op.tx.system.findUniqueOrThrow({ where });
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
