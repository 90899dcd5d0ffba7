import { seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { closeFiling } from '../../filing/close.ts';
import { dropDrafts, endHelpers } from '../../filing/helper-rows.ts';
import type { Placement } from '../../filing/procedure.ts';
import { PROCEDURE } from '../../records/filings/procedure-name.ts';
import { anyOf, LIVING, OFFERED, RETURNED } from '../../records/filings/states.ts';
import { severalTitle } from '../../records/systems/named-systems.ts';
import type { Filing } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';

interface Transfer {
  /** The approved filing that moves the systems. */
  filing: Pick<Filing, 'number' | 'submittedAt'>;
  systemIds: readonly string[];
  from: string;
  to: string;
}

/**
 * Moves systems to a new contact. Their living filings move too. Drafts about them by the former contact, or by an
 * officer for the former contact, are deleted, and what the former contact asked for and somebody has yet to answer, or
 * the former contact to correct, is closed. A deputy stays unless that is the new contact. The former contact's access ends with the commit. The audit trail records for each system who lost and who got the right (개인정보의 안전성 확보조치
 * 기준 제5조: kept 3 years).
 * @throws Refusal when one of them has another contact meanwhile
 */
export async function transferSystems(
  op: Operation,
  { filing, systemIds, from, to }: Transfer,
): Promise<void> {
  const { tx } = op;
  const ids = [...new Set(systemIds)];
  const where = { id: { in: ids }, contactId: from, retiredAt: null };
  const deputies = await tx.system.findMany({ where: { ...where, deputyId: to }, select: { id: true } });
  const { count } = await tx.system.updateMany({ where, data: { contactId: to } });
  if (count !== ids.length) {
    throw new Refusal(
      '그사이 담당자가 바뀌었거나 미사용으로 처리된 시스템이 있습니다.',
      '반려하고 지금 담당자가 새로 신청하게 하십시오.',
    );
  }
  await tx.system.updateMany({ where: { id: { in: ids }, deputyId: to }, data: { deputyId: null } });

  const onThem = { systemId: { in: ids } };
  const filings = await tx.filing.findMany({ where: onThem, select: { id: true, channel: true } });
  // From now on the new contact corrects them in the messenger, or officers if the new contact has no account.
  const { slackId } = await tx.person.findUniqueOrThrow({ where: { id: to }, select: { slackId: true } });
  // The filings that the former contact had to act on now belong to the new one.
  await tx.filing.updateMany({
    where: { ...onThem, applicantId: from, state: anyOf(LIVING) },
    data: { applicantId: to, channel: slackId ? 'ONLINE' : 'PAPER' },
  });
  const corrections = filings.flatMap(({ id, channel }) => (channel === 'PAPER' ? [`filing:${id}`] : []));
  await dropDrafts(op, {
    OR: [
      {
        personId: from,
        subject: { in: [...ids.map((id) => `system:${id}`), ...filings.map(({ id }) => `filing:${id}`)] },
      },
      { subject: { in: [...ids.map((id) => `paper:system:${id}`), ...corrections] } },
    ],
  });
  await endHelpers(op, { filingIds: filings.map(({ id }) => id) });
  const waiting = await tx.filing.findMany({
    where: {
      applicantId: from,
      state: anyOf([OFFERED, RETURNED]),
      systemIds: { hasSome: ids },
      number: { not: filing.number },
      procedure: { not: PROCEDURE.incident }, // an incident is followed up, whoever is the contact
    },
  });
  for (const one of waiting)
    await closeFiling(op, one, `담당자가 바뀌어 종결했습니다. (접수번호 ${filing.number})`);
  // A filing from before a round of the survey is no answer in it: the new contact is asked.
  await tx.surveyTarget.updateMany({
    where: {
      systemId: { in: ids },
      personId: from,
      unchangedAt: null,
      round: { openedAt: { gt: filing.submittedAt }, endedAt: null, closesOn: { gte: seoulDay(op.now) } },
    },
    data: { personId: to },
  });

  for (const id of ids) {
    const data = { from, to, filing: filing.number };
    op.audit({ action: 'contact.end', subject: `system:${id}`, person: from, data });
    op.audit({ action: 'contact.begin', subject: `system:${id}`, person: to, data });
  }
  for (const { id } of deputies)
    op.audit({ action: 'deputy.end', subject: `system:${id}`, person: to, data: { filing: filing.number } });
}

/**
 * The columns of a filing on these systems. systemId stays empty, so that it does not count for the state of one
 * system.
 */
export async function placeOnSystems(tx: Tx, systemIds: readonly string[]): Promise<Placement> {
  const systems = await tx.system.findMany({
    where: { id: { in: [...systemIds] } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, agencyCode: true },
  });
  return {
    title: severalTitle(systems.map(({ name }) => name)),
    agencyCode: systems[0]?.agencyCode ?? null,
    systemId: null,
    systemIds: systems.map(({ id }) => id),
  };
}
