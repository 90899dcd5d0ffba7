import type { Scene } from '../messenger/click.ts';
import { findFiling } from '../records/filings/filing.ts';
import { parseSubject } from '../records/filings/subject.ts';
import type { Draft } from '../store/client/client.ts';
import { operate } from '../store/operation.ts';
import type { Filings } from './procedure.ts';

/** Whose value a form shows as the person's own. */
const TELLING = ['name', 'phone', 'mobile', 'email'] as const;

/**
 * Records that an officer opens a form from paper in which the data of the system's contact, or of the applicant of the
 * filing that is corrected, stands already. It is called before the form is shown.
 */
export async function recordPaperReading(
  filings: Filings,
  { who, place }: Scene,
  draft: Draft,
): Promise<void> {
  const about = parseSubject(draft.subject);
  if (!who.officer || !((about.kind === 'system' && about.paper) || about.kind === 'filing')) return;
  const row =
    about.kind === 'filing' ? await ofFiling(filings, about.id) : await ofSystem(filings, about.id, draft);
  if (row) await operate(filings, { actor: who.id, place }, async (op) => op.audit(row));
}

async function ofFiling({ db }: Filings, id: string) {
  const filing = await findFiling(db, id);
  if (filing?.channel !== 'PAPER') return null;
  const data = { reason: '공문 접수 보완' };
  return { action: 'filing.review', subject: `filing:${id}`, person: filing.applicantId, data };
}

async function ofSystem({ db }: Filings, id: string, { answers, procedure }: Draft) {
  const { contact } = await db.system.findUniqueOrThrow({ where: { id }, include: { contact: true } });
  const given = (answers ?? {}) as Record<string, unknown>;
  if (!TELLING.some((name) => contact[name] && contact[name] === given[name])) return null;
  return { action: 'paper.read', subject: `system:${id}`, person: contact.id, data: { procedure } };
}
