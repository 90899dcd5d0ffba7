import { isPaper } from '../filing/drafts.ts';
import type { Subject } from '../records/filings/subject.ts';
import { getContact } from '../records/people/paper-contact.ts';
import { requireRegistered } from '../records/people/who.ts';
import { getOwnSystem, getPaperSystem } from '../records/systems/own-system.ts';
import type { Filing, System } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Operation } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';

/** Whose filing about a system it is, when it is entered from paper: its contact's. @throws Refusal */
export const contactOnPaper =
  (what: string) =>
  async (op: Operation, _answers: unknown, subject: Subject, filing: Filing | null): Promise<Known> => {
    const ofSystem = filing ? (`system:${systemOf(filing)}` as const) : subject;
    const system = await getPaperSystem(op.tx, ofSystem, what);
    return getContact(op.tx, system.contactId);
  };

/**
 * The system that something is begun on: one's own, or, entered from paper, that of a contact without an account.
 * @throws Refusal
 */
export async function beginOnSystem(tx: Tx, who: Known, subject: Subject, what: string): Promise<System> {
  if (isPaper(subject, null)) return getPaperSystem(tx, subject, what);
  requireRegistered(who);
  return getOwnSystem(tx, who.id, subject, what);
}

/** The same at its submission, by whose filing it is; `filing`: the one that is corrected. @throws Refusal */
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
