import type { ModalView } from '@slack/types';
import { Refusal } from '../core/refusal.ts';
import type { Click, Outcome, Submission } from '../messenger/click.ts';
import { enteredIn } from '../messenger/entered.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { noteView } from '../messenger/refusal-view.ts';
import { filingIdOf } from '../records/filings/subject.ts';
import type { Known } from '../store/known.ts';
import { operate } from '../store/operation.ts';
import {
  ASK_HELP,
  CHOSEN_HELPER,
  END_HELPER,
  HELP_DONE,
  INVITE_HELPER,
  OPEN_DRAFT,
  OPEN_HELPED,
} from './helper-ids.ts';
import { endHelpers } from './helper-rows.ts';
import { helpersView } from './helper-view.ts';
import { getWorkingDraft, helpedBy, inviteHelper, openHelped } from './helpers.ts';
import { type Filings, getProcedure } from './procedure.ts';
import type { Wizard } from './wizard-slack.ts';

interface HelperParts {
  filings: Filings;
  wizard: Pick<Wizard, 'resume' | 'unfinished'>;
  /** Records a messenger account that somebody chose. */
  remember: (slackId: string) => Promise<void>;
  refreshHome: (slackId: string) => void;
}

/** 작성 도움: asking for help, ending it, opening the draft as a helper, reporting that it is filled. */
export function registerHelpers({ onAction, onSubmit }: Messenger, parts: HelperParts) {
  const { filings, wizard } = parts;
  const { db } = filings;
  onAction(ASK_HELP, async ({ who, value, show }) => show(await askView(filings, who, value)));
  onSubmit(INVITE_HELPER, (submission) => invite(parts, submission));
  onAction(END_HELPER, (click) => end(filings, click));
  onAction(OPEN_HELPED, async (click) => {
    const { who, place, value } = click;
    const draft = await operate(filings, { actor: who.id, place }, (op) =>
      openHelped(filings, op, who, value),
    );
    await wizard.resume(click, draft);
  });
  onAction(OPEN_DRAFT, async (click) => {
    const draft = await getWorkingDraft(db, click.who, click.value);
    if (draft.personId !== click.who.id) throw new Refusal('본인이 작성하는 신청서만 열 수 있습니다.');
    await wizard.resume(click, draft, true);
  });
  onAction(HELP_DONE, (click) => done(parts, click));
}

async function askView(filings: Filings, who: Known, target: string): Promise<ModalView> {
  const { db } = filings;
  const { helped, procedure } = await helpedBy(filings, db, who, target);
  const rows = await db.draftHelper.findMany({
    where: { ...helped, endedAt: null },
    orderBy: [{ invitedAt: 'asc' }, { id: 'asc' }],
  });
  const people = await db.person.findMany({ where: { id: { in: rows.map((row) => row.helperId) } } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const helpers = rows.map((row) => ({ ...row, name: names.get(row.helperId) ?? null }));
  return helpersView(target, getProcedure(filings, procedure).document, helpers);
}

async function invite(
  { filings, remember }: HelperParts,
  { who, place, view }: Submission,
): Promise<Outcome> {
  const { target = '' } = view.metadata;
  const slackId = enteredIn(view.values, CHOSEN_HELPER)?.selected_user ?? '';
  if (!/^[UW][A-Z0-9]+$/.test(slackId)) {
    const late = await askView(filings, who, target);
    return { errors: { [CHOSEN_HELPER]: '업체 담당자를 고르십시오.' }, late: () => late };
  }
  await helpedBy(filings, filings.db, who, target); // checked before the messenger is asked about anybody
  await remember(slackId);
  await operate(filings, { actor: who.id, place }, (op) => inviteHelper(filings, op, who, target, slackId));
  return {
    update: noteView('작성 도움을 요청했습니다', [
      '업체 담당자에게 알렸습니다. 작성을 마치면 이 앱의 ‘메시지’로 알려 드립니다.',
      '제출은 직접 하셔야 합니다.',
    ]),
  };
}

async function end(filings: Filings, { who, place, value, show }: Click): Promise<void> {
  await operate(filings, { actor: who.id, place }, async (op) => {
    const row = await op.tx.draftHelper.findUnique({ where: { id: value } });
    const filing = row?.filingId ? await op.tx.filing.findUnique({ where: { id: row.filingId } }) : null;
    if (!row || (filing ? filing.applicantId : row.invitedBy) !== who.id)
      throw new Refusal('본인이 요청한 작성 도움만 끝낼 수 있습니다.');
    if (row.endedAt) throw new Refusal('이미 끝난 작성 도움입니다.');
    await endHelpers(op, { id: row.id });
  });
  await show(noteView('작성 도움을 끝냈습니다', ['이제 그 사람은 이 신청서를 열 수 없습니다.']));
}

/** The helper reports that the form is filled. @throws Refusal while something is missing */
async function done(
  { filings, wizard, refreshHome }: HelperParts,
  { who, place, value, show }: Click,
): Promise<void> {
  const owner = await operate(filings, { actor: who.id, place }, async (op) => {
    const draft = await getWorkingDraft(op.tx, who, value);
    if (draft.personId === who.id) throw new Refusal('본인의 신청서는 바로 제출하십시오.');
    const missing = await wizard.unfinished(op.tx, draft);
    if (missing.length > 0)
      throw new Refusal(`채울 항목이 남아 있습니다: ${missing.join(', ')}`, '채운 뒤 다시 누르십시오.');
    const filingId = filingIdOf(draft.subject);
    await op.tx.draftHelper.updateMany({
      where: { helperId: who.id, endedAt: null, ...(filingId ? { filingId } : { draftId: draft.id }) },
      data: { doneAt: op.now },
    });
    op.audit({ action: HELP_DONE, subject: `draft:${draft.id}`, person: draft.personId });
    op.tell({
      key: `helper.done:${draft.id}:${who.id}:${op.now.getTime()}`,
      notice: 'helper.done',
      to: draft.personId,
      facts: { draftId: draft.id, helperId: who.id },
    });
    return draft.personId;
  });
  const person = await filings.db.person.findUnique({ where: { id: owner } });
  refreshHome(person?.slackId ?? '');
  await show(
    noteView('담당공무원에게 알렸습니다', [
      '담당공무원이 확인하고 제출합니다. 그때까지는 더 고칠 수 있습니다.',
    ]),
  );
}
