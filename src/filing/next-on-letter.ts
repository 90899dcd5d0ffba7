import { Refusal } from '../core/refusal.ts';
import { getField, isAskedOn, readValues } from '../messenger/forms/answers.ts';
import { getRevision } from '../records/filings/revision.ts';
import type { Known } from '../store/known.ts';
import { requireEntering, roomForDraft } from './drafts.ts';
import { type Filings, getProcedure } from './procedure.ts';
import { getFiling } from './standing.ts';

/**
 * Makes a draft for the next system of the 공문 that this officer just entered, with the same letter and contact.
 * @returns the text above the form
 * @throws Refusal
 */
export async function draftOnLetter(
  { db, now, procedures }: Filings,
  who: Known,
  id: string,
): Promise<string> {
  const filing = await getFiling(db, id);
  const procedure = getProcedure({ procedures }, filing.procedure);
  requireEntering(procedure, who);
  const { keptOnLetter: kept } = procedure;
  if (!kept || filing.channel !== 'PAPER' || filing.enteredBy !== who.id)
    throw new Refusal(
      '본인이 접수한 공문만 이어서 입력할 수 있습니다.',
      '홈에서 ‘공문 접수 등록’을 누르십시오.',
    );
  const key = { personId: who.id, procedure: procedure.name, subject: 'paper' };
  const store = await roomForDraft(db, key, procedure.document);
  const entered = readValues((await getRevision(db, filing)).answers);
  const answers = {
    ...Object.fromEntries(kept.flatMap((name) => (entered[name] ? [[name, entered[name]]] : []))),
    letterShared: ['YES'],
  };
  const first = procedure.form.steps.findIndex(({ fields }) =>
    fields.some((name) => isAskedOn(getField(procedure.form, name), 'PAPER') && !kept.includes(name)),
  );
  await store({ answers, step: Math.max(0, first), updatedAt: now() });
  return `같은 공문의 다음 시스템입니다: ${String(entered.letterNumber ?? '')}. 담당자와 공문은 앞서 입력한 그대로입니다.`;
}
