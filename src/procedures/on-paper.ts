import { isPaper } from '../filing/drafts.ts';
import type { Subject } from '../records/filings/subject.ts';
import { getContact } from '../records/people/paper-contact.ts';
import { requireRegistered } from '../records/people/who.ts';
import { getOwnSystem, getPaperSystem } from '../records/systems/own-system.ts';
import type { Filing, System } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';

/** The contact of a system, for whom an officer files from paper. @throws Refusal */
export const contactOnPaper =
  (what: string) =>
  async (op: Operation, _answers: unknown, subject: Subject, filing: Filing | null): Promise<Known> => {
    const ofSystem = filing ? (`system:${systemOf(filing)}` as const) : subject;
    const system = await getPaperSystem(op.tx, ofSystem, what);
    return getContact(op.tx, system.contactId);
  };

/**
 * The system that the filing is about: the applicant's own, or, from paper, one whose contact has no account.
 * @throws Refusal
 */
export async function beginOnSystem(tx: Tx, who: Known, subject: Subject, what: string): Promise<System> {
  if (isPaper(subject, null)) return getPaperSystem(tx, subject, what);
  requireRegistered(who);
  return getOwnSystem(tx, who.id, subject, what);
}

/** The same at the submission. `filing`: the one that is being corrected. @throws Refusal */
export async function placeOnSystem(
  tx: Tx,
  owner: Known,
  subject: Subject,
  filing: Filing | null,
  what: string,
): Promise<System> {
  if (!isPaper(subject, filing)) requireRegistered(owner);
  return getOwnSystem(tx, owner.id, filing ? `system:${systemOf(filing)}` : subject, what);
}

function systemOf({ systemId, systemIds }: Pick<Filing, 'systemId' | 'systemIds'>): string {
  return systemId ?? systemIds[0] ?? '';
}
