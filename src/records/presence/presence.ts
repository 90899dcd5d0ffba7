import { type Ground, type Operation, operate } from '../../store/operation.ts';
import { DESK } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { endAbsencesOf } from '../absences/absence.ts';
import { OFFERED } from '../filings/states.ts';
import { rememberPerson } from '../people/who.ts';

/** What the messenger says about an account. Deactivated and deleted accounts count as the same here. */
export interface Account {
  slackId: string;
  name: string | null;
  active: boolean;
}

/** Stores the name of a person who has not given one, so that cards and lists can show it. */
export async function rememberAccount(tx: Tx, { slackId, name }: Account): Promise<void> {
  await rememberPerson(tx, slackId, name);
  const person = await tx.person.findUniqueOrThrow({ where: { slackId } });
  if (!person.name && name) await tx.person.update({ where: { id: person.id }, data: { name } });
}

/**
 * Records that an account was deactivated or deleted. Every role ends at once, and officers read which systems have
 * no contact any more (고시 제31조②). An account that comes back gets no role back.
 */
export async function noteAccount(ground: Ground, account: Account): Promise<void> {
  const person = await ground.db.person.findUnique({ where: { slackId: account.slackId } });
  if (!person || (person.deactivatedAt === null) === account.active) return;
  await operate(ground, { actor: 'bot', place: 'slack:users' }, async (op) => {
    const { count } = await op.tx.person.updateMany({
      where: { id: person.id, deactivatedAt: account.active ? { not: null } : null },
      data: { deactivatedAt: account.active ? null : op.now },
    });
    if (count === 0) return; // the same event arrived twice at once
    op.audit({
      action: account.active ? 'person.reactivate' : 'person.deactivate',
      subject: `person:${person.id}`,
      person: person.id,
    });
    // also when an account comes back: a grant may have crossed its deactivation
    const roles = await endRoles(op, person.id);
    if (account.active) return;
    await tellWhoLeft(op, person.id, roles);
    await tellWhoAsked(op, person.id);
  });
}

/** @returns how many roles ended */
async function endRoles(op: Operation, personId: string): Promise<number> {
  const grants = await op.tx.grant.findMany({ where: { personId, endedAt: null } });
  for (const { id, role } of grants) {
    await op.tx.grant.update({ where: { id }, data: { endedAt: op.now, endedBy: 'bot' } });
    op.audit({ action: 'role.end', subject: `person:${personId}`, person: personId, data: { role } });
  }
  if (grants.length > 0) await endAbsencesOf(op, personId);
  return grants.length;
}

async function tellWhoLeft(op: Operation, personId: string, roles: number): Promise<void> {
  const orphaned = await op.tx.system.count({ where: { contactId: personId, retiredAt: null } });
  if (roles === 0 && orphaned === 0) return;
  op.tell({
    key: `left:${personId}:${op.now.getTime()}`,
    notice: 'person.left',
    to: DESK,
    facts: { personId, roles },
  });
}

/** An offer to a person who is gone will not be answered: the applicant is told and decides what becomes of it. */
async function tellWhoAsked(op: Operation, personId: string): Promise<void> {
  const offers = await op.tx.filing.findMany({ where: { namedId: personId, state: OFFERED } });
  for (const { id, applicantId } of offers)
    op.tell({
      key: `abandoned:${id}:${op.now.getTime()}`,
      notice: 'filing.abandoned',
      to: applicantId,
      facts: { filingId: id, personId },
    });
}
