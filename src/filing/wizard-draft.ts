import type { ModalView } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import type { OpenView, Scene } from '../messenger/click.ts';
import { readValues } from '../messenger/forms/answers.ts';
import type { Answers, Form, Value } from '../messenger/forms/form.ts';
import { findRevision } from '../records/filings/revision.ts';
import { RETURNED } from '../records/filings/states.ts';
import { filingIdOf, type Subject } from '../records/filings/subject.ts';
import { answerNames } from '../records/people/answer-names.ts';
import type { Draft } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { operate } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';
import { subjectLine } from './about.ts';
import { changesFrom, standingBefore, systemOfSubject } from './changes.ts';
import { channelOf, saveDraft } from './drafts.ts';
import { withoutOwn } from './form-owner.ts';
import { getWorkingDraft } from './helpers.ts';
import { type Filings, type Fillable, getFillable } from './procedure.ts';
import { type WizardOptions, wizardView } from './wizard.ts';
import { reachable } from './wizard-steps.ts';

/** Which step of which draft is shown to whom. */
interface Shown {
  who: Known;
  procedure: Fillable;
  draft: Draft;
  step: number;
}

/** The answers that a step shows. After the last step, the summary shows all of them. */
function shownAnswers({ steps }: Form, step: number, answers: Answers): Answers {
  const before = steps[step - 1]; // known answers are shown together with the step after them
  const fields = steps[step] && [...(before?.known ? before.fields : []), ...steps[step].fields];
  return fields ? Object.fromEntries(fields.map((name) => [name, answers[name]])) : answers;
}

/** The window with one step of a draft. */
export async function draftView(
  filings: Filings,
  { who, procedure, draft, step }: Shown,
  extra: Partial<WizardOptions> = {},
): Promise<ModalView> {
  const { db } = filings;
  const helper = draft.personId !== who.id;
  const given = readValues(draft.answers);
  const answers = helper ? withoutOwn(procedure.form, given) : given;
  const nameOf = await answerNames(
    db,
    procedure.form,
    shownAnswers(procedure.form, step, answers),
    who.agency,
  );
  const { remarks, submitted } = await correctionsOn(db, draft);
  const paper = (await channelOf(db, draft.subject)) === 'PAPER';
  const stepNote = helper ? null : await procedure.noteFor?.(db, who, answers, step, filings.now());
  const about = await subjectLine(db, draft.subject as Subject);
  // The changes would show a helper the official's data.
  const changes =
    helper || step < procedure.form.steps.length ? null : await changesIn(filings, draft, nameOf);
  return wizardView(procedure, draft, step, {
    answers,
    nameOf,
    remarks,
    paper,
    changes,
    helper,
    // A file that an officer wants in another form is asked for until it was replaced.
    replacing: Object.keys(remarks).filter((name) => isSameFile(given[name], submitted[name])),
    ...(about ? { about } : {}),
    ...(stepNote ? { stepNote } : {}),
    ...extra,
  });
}

function isSameFile(now: Value | undefined, before: Value | undefined): boolean {
  const shaOf = (value: Value | undefined) => {
    const [one] = Array.isArray(value) ? value : [];
    return typeof one === 'object' ? one.sha256 : null;
  };
  return shaOf(now) !== null && shaOf(now) === shaOf(before);
}

/** What the draft changes in registered data; null when the procedure changes none. */
async function changesIn({ db, procedures }: Filings, draft: Draft, nameOf: WizardOptions['nameOf']) {
  const procedure = procedures.get(draft.procedure);
  if (!procedure) return null; // a form that ends in a document
  const systemId = await systemOfSubject(db, draft.subject as Subject);
  const before = await standingBefore(db, procedure, systemId);
  return before && changesFrom(procedure, before, readValues(draft.answers), nameOf);
}

/** What the officer wants corrected in the filing that this draft changes, and when. */
export async function correctionsOn(
  db: Tx,
  draft: Draft,
): Promise<{ remarks: Record<string, string>; submitted: Answers; at: Date | null }> {
  const none = { remarks: {}, submitted: {}, at: null };
  const id = filingIdOf(draft.subject);
  if (id === null) return none;
  const filing = await db.filing.findUnique({ where: { id } });
  if (filing?.state !== RETURNED) return none;
  const revision = await findRevision(db, filing);
  return {
    remarks: (revision?.remarks ?? {}) as Record<string, string>,
    submitted: readValues(revision?.answers),
    at: filing.decidedAt,
  };
}

/** The draft and step of an open window. */
export async function openedDraft(filings: Filings, who: Known, { metadata }: OpenView) {
  const draft = await getWorkingDraft(filings.db, who, metadata.draft ?? '');
  const procedure = getFillable(filings, draft.procedure);
  const helper = draft.personId !== who.id;
  return { draft, procedure, helper, step: reachable(procedure, helper, Number(metadata.step)) };
}

/** Saves what the owner typed. What a helper typed is saved as far as helpers may fill it, and is recorded. */
export async function saveTyped(
  filings: Filings,
  { who, place }: Scene,
  draft: Draft,
  typed: Answers,
  step: number,
): Promise<Draft> {
  if (draft.personId === who.id) return saveDraft(filings.db, filings.now(), draft, typed, step);
  const { form } = getFillable(filings, draft.procedure);
  return operate(filings, { actor: who.id, place }, async (op) => {
    const current = await getWorkingDraft(op.tx, who, draft.id);
    const data = { procedure: draft.procedure, step };
    op.audit({ action: 'helper.save', subject: `draft:${draft.id}`, person: draft.personId, data });
    return saveDraft(op.tx, op.now, current, withoutOwn(form, typed), step);
  });
}

/** What the rules of a form need besides its answers. */
export const aroundOf = async ({ now }: Filings, tx: Tx, draft: Draft) => ({
  today: seoulDay(now()),
  channel: await channelOf(tx, draft.subject),
});
