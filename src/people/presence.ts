import { type Ground, type Operation, operate } from '../store/operation.ts';
import { DESK } from '../store/outbox.ts';
import type { Tx } from '../store/store.ts';

/** What the messenger says of an account: gone and deactivated are one thing here. */
export interface Account {
  slackId: string;
  name: string | null;
  active: boolean;
}

/** Keeps the name of somebody who has not given one, so that cards and lists can say who it is. */
export async function rememberAccount(tx: Tx, { slackId, name }: Account): Promise<void> {
  const person = await tx.person.upsert({ where: { slackId }, create: { slackId, name }, update: {} });
  if (!person.name && name) await tx.person.update({ where: { id: person.id }, data: { name } });
}

/**
 * Takes note of an account that was deactivated or deleted: every role ends at once, and officers read which systems
 * are left without a contact (고시 제31조②). An account that comes back gets no role back.
 */
export async function noteAccount(ground: Ground, account: Account): Promise<void> {
  const person = await ground.db.person.findUnique({ where: { slackId: account.slackId } });
  if (!person || (person.deactivatedAt === null) === account.active) return;
  await operate(ground, { actor: 'bot', place: 'slack:users' }, async (op) => {
    const deactivatedAt = account.active ? null : op.now;
    await op.tx.person.update({ where: { id: person.id }, data: { deactivatedAt } });
    op.audit({
      action: account.active ? 'person.reactivate' : 'person.deactivate',
      subject: `person:${person.id}`,
      person: person.id,
    });
    if (!account.active) await endEverything(op, person.id);
  });
}

async function endEverything(op: Operation, personId: string): Promise<void> {
  const grants = await op.tx.grant.findMany({ where: { personId, endedAt: null } });
  for (const { id, role } of grants) {
    await op.tx.grant.update({ where: { id }, data: { endedAt: op.now, endedBy: 'bot' } });
    op.audit({ action: 'role.end', subject: `person:${personId}`, person: personId, data: { role } });
  }
  const orphaned = await op.tx.system.count({ where: { contactId: personId, retiredAt: null } });
  if (grants.length === 0 && orphaned === 0) return;
  op.tell({
    key: `left:${personId}:${op.now.getTime()}`,
    notice: 'person.left',
    to: DESK,
    facts: { personId },
  });
}
