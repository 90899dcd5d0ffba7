import type { Scene } from '../messenger/click.ts';
import type { Draft } from '../store/client/client.ts';
import { operate } from '../store/operation.ts';
import { getDraft } from './drafts.ts';
import { endHelpers } from './helper-rows.ts';
import type { Filings } from './procedure.ts';

/** Deletes a draft that its owner does not want to submit, and tells its helpers. @throws Refusal */
export async function discardDraft(filings: Filings, { who, place }: Scene, id: string): Promise<Draft> {
  return operate(filings, { actor: who.id, place }, async (op) => {
    const draft = await getDraft(op.tx, who, id);
    await op.tx.draft.deleteMany({ where: { id, personId: who.id } });
    await endHelpers(op, { draftIds: [id] });
    const data = { procedure: draft.procedure };
    op.audit({ action: 'draft.discard', subject: `draft:${id}`, person: who.id, data });
    return draft;
  });
}
