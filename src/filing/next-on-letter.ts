import { Refusal } from '../core/refusal.ts';
import { getField, isAskedOn, readValues } from '../messenger/forms/answers.ts';
import { getRevision } from '../records/filings/revision.ts';
import type { Known } from '../store/known.ts';
import { requireEntering } from './drafts.ts';
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
  const lying = await db.draft.findUnique({ where: { personId_procedure_subject: key } });
  if (lying && lying.step > 0)
    throw new Refusal(
      `작성하던 ${procedure.document}가 있습니다.`,
      '홈의 ‘이어서 작성’으로 먼저 제출하거나 ‘작성분 삭제’를 누른 뒤 다시 하십시오.',
    );
  const entered = readValues((await getRevision(db, filing)).answers);
  const answers = {
    ...Object.fromEntries(kept.flatMap((name) => (entered[name] ? [[name, entered[name]]] : []))),
    letterShared: ['YES'],
  };
  const first = procedure.form.steps.findIndex(({ fields }) =>
    fields.some((name) => isAskedOn(getField(procedure.form, name), 'PAPER') && !kept.includes(name)),
  );
  const row = { answers: answers as object, step: Math.max(0, first), updatedAt: now() };
  if (lying) await db.draft.update({ where: { id: lying.id }, data: row });
  else await db.draft.createMany({ data: [{ ...key, ...row }], skipDuplicates: true });
  return `같은 공문의 다음 시스템입니다: ${String(entered.letterNumber ?? '')}. 담당자와 공문은 앞서 입력한 그대로입니다.`;
}
