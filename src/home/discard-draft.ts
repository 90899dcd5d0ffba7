import { takeDraft } from '../filing/drafts.ts';
import { endHelpers } from '../filing/helper-rows.ts';
import type { Filings } from '../filing/procedure.ts';
import type { Scene } from '../messenger/click.ts';
import { readValues } from '../messenger/forms/answers.ts';
import { impersonal } from '../procedures/destruction/impersonal.ts';
import { deleteUnreferred } from '../procedures/destruction/unreferred.ts';
import type { Draft } from '../store/client/client.ts';
import { operate } from '../store/operation.ts';

/** Deletes a draft that its owner does not want to submit, and tells its helpers. @throws Refusal */
export async function discardDraft(filings: Filings, { who, place }: Scene, id: string): Promise<Draft> {
  return operate(filings, { actor: who.id, place }, async (op) => {
    const draft = await takeDraft(op.tx, who, id);
    await endHelpers(op, { draftIds: [id] });
    const data = { procedure: draft.procedure };
    op.audit({ action: 'draft.discard', subject: `draft:${id}`, person: who.id, data });
    return draft;
  });
}

/** Deletes the files to which only this draft referred, except new ones. It reads all answers, so it comes after the person's answer. */
export async function deleteFilesOf(filings: Filings, { who, place }: Scene, draft: Draft): Promise<void> {
  const contents = impersonal(null, readValues(draft.answers)).files.map(({ sha256 }) => sha256);
  await operate(filings, { actor: who.id, place }, ({ tx, now }) => deleteUnreferred(tx, now, contents));
}
