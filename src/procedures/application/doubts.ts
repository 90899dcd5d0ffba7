import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { doubtsText } from './own-rules.ts';
import type { Description } from './profile.ts';

/** What the applicant should check before the submission, as far as it reveals nothing about other people's data. */
export async function doubts(
  tx: Tx,
  who: Known,
  answers: Partial<Description>,
  today: string,
): Promise<string | null> {
  const agency =
    who.agency?.code === answers.agency
      ? who.agency
      : await tx.agency.findUnique({ where: { code: answers.agency ?? '' } });
  if (!agency) return null;
  const earlier =
    answers.reason !== 'REDISTRIBUTION' ||
    who.officer || // an officer enters it for the person whom the paper names
    (await tx.system.count({ where: { name: answers.systemName ?? '', contactId: who.id } })) > 0;
  return doubtsText(answers, { agency, today, earlier });
}
