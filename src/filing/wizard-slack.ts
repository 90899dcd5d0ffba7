import type { ModalView } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import type { Click, OpenView, Outcome, Scene, Submission } from '../messenger/click.ts';
import {
  applies,
  askedFields,
  getField,
  isEmpty,
  parseAnswers,
  readValues,
} from '../messenger/forms/answers.ts';
import { FORM_CHANGE, FORM_SEARCH } from '../messenger/forms/element.ts';
import { errorsAtBox, FILE_IS, movedFile } from '../messenger/forms/file-box.ts';
import type { Answers, SearchSource } from '../messenger/forms/form.ts';
import { REPLACE_FILE, readSet, readState } from '../messenger/forms/form-view.ts';
import type { FileSource } from '../messenger/intake.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { guidanceView, noteView } from '../messenger/refusal-view.ts';
import { filingIdOf, type Subject } from '../records/filings/subject.ts';
import type { Draft, Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Tx } from '../store/store.ts';
import { NEXT_ON_LETTER } from './buttons.ts';
import { openDraft, saveChoice } from './drafts.ts';
import { withoutOwn } from './form-owner.ts';
import { recordPaperReading } from './paper-reading.ts';
import { endsInDocument, type Filings, type Fillable, getFillable, getProcedure } from './procedure.ts';
import { whatFollows } from './receipt.ts';
import { orderDocument, submitFiling } from './submit.ts';
import { GO_TO, STEP, SUBMIT } from './wizard.ts';
import { aroundOf, correctionsOn, draftView, openedDraft, saveTyped } from './wizard-draft.ts';
import { takeStepFiles } from './wizard-files.ts';
import { ahead, endsWith, firstUnfinished, reachable } from './wizard-steps.ts';

type Search = (typed: string, who: Known) => Promise<{ text: string; value: string }[]>;

export interface WizardParts {
  filings: Filings;
  files: FileSource;
  /** Answer the type-ahead of search fields with what this person may find. */
  search: Record<SearchSource, Search>;
  /** Records a messenger account that somebody chose in a form. */
  remember: (slackId: string) => Promise<void>;
  /** A view after a submission instead of the receipt; null: the receipt. */
  receipt?: (who: Known, place: string, filing: Filing) => Promise<ModalView | null>;
  /** Redraws a person's home after something on it changed. */
  refreshHome: (slackId: string) => void;
}

/** Opens the form of a procedure, or one that ends in a document. `note`: text at its top. */
export type Begin = (click: Click, procedure: string, subject: Subject, note?: string) => Promise<void>;

/** What other rooms use of the form in steps. */
export interface Wizard {
  begin: Begin;
  /** Shows a draft to its owner or to a helper. */
  resume(click: Click, draft: Draft, atUnfinished?: boolean): Promise<void>;
  /** Labels of the fields that a helper has yet to fill. */
  unfinished(tx: Tx, draft: Draft): Promise<string[]>;
}

/** The form in steps: opens it, redraws it, goes back, saves at every step, submits. */
export function registerWizard(messenger: Messenger, parts: WizardParts): Wizard {
  const { filings, search } = parts;
  messenger.onAction(FORM_CHANGE, (click) => redrawChanged(parts, click));
  messenger.onAction(GO_TO, (click) => goTo(parts, click));
  messenger.onAction(FILE_IS, (click) => nameFile(parts, click));
  messenger.onAction(REPLACE_FILE, (click) => chooseAnew(parts, click));
  messenger.onSubmit(STEP, (submission) => submitStep(parts, submission));
  messenger.onSubmit(SUBMIT, async ({ who, place, view }) => {
    const { draft } = await openedDraft(filings, who, view);
    return submitForm(parts, { who, place }, draft);
  });
  for (const view of [STEP, SUBMIT]) messenger.onClosed(view, parts.refreshHome); // the home shows the draft
  for (const [source, find] of Object.entries(search)) messenger.onOptions(`${FORM_SEARCH}.${source}`, find);
  return {
    begin: (click, procedure, subject, note) => begin(filings, click, procedure, subject, note),
    resume: (click, draft, atUnfinished) => resume(filings, click, draft, atUnfinished),
    unfinished: (tx, draft) => unfinished(filings, tx, draft),
  };
}

/**
 * Opens the form where it was left, or at the first remark that is new. A submitted filing is corrected from its
 * summary, or from its first missing answer.
 */
async function begin(
  filings: Filings,
  click: Click,
  procedureName: string,
  subject: Subject,
  instead?: string,
): Promise<void> {
  const { db, now } = filings;
  const procedure = getFillable(filings, procedureName);
  const draft = await openDraft(db, now(), procedure, click.who, subject);
  await recordPaperReading(filings, click, draft);
  const { remarks, at } = await correctionsOn(db, draft);
  const remarked = procedure.form.steps.findIndex((step) => step.fields.some((name) => remarks[name]));
  const isNews = !draft.resumed || (at !== null && draft.updatedAt <= at);
  const resumes = draft.resumed && draft.step > 0 && !(isNews && remarked >= 0);
  const corrects = filingIdOf(subject) !== null && remarked < 0;
  const firstOpenStep = async () =>
    firstUnfinished(procedure, readValues(draft.answers), await aroundOf(filings, db, draft), false);
  const start = corrects ? await firstOpenStep() : Math.max(0, remarked);
  const step = resumes ? Math.min(draft.step, await firstOpenStep()) : start;
  const note = instead ?? (resumes ? '지난번에 작성하던 곳부터 이어서 작성합니다.' : undefined);
  await click.show(
    await draftView(filings, { who: click.who, procedure, draft, step }, note ? { note } : {}),
  );
}

/** Shows a draft to its owner or a helper, where it was left, or at the first unfinished step. */
async function resume(filings: Filings, click: Click, draft: Draft, atUnfinished = false): Promise<void> {
  const procedure = getFillable(filings, draft.procedure);
  const helper = draft.personId !== click.who.id;
  const answers = readValues(draft.answers);
  const step = atUnfinished
    ? firstUnfinished(procedure, answers, await aroundOf(filings, filings.db, draft), helper)
    : reachable(procedure, helper, draft.step);
  await click.show(await draftView(filings, { who: click.who, procedure, draft, step }));
}

/** Labels of the fields that a helper has yet to fill. */
async function unfinished(filings: Filings, tx: Tx, draft: Draft): Promise<string[]> {
  const { form } = getFillable(filings, draft.procedure);
  const { errors } = parseAnswers(form, readValues(draft.answers), await aroundOf(filings, tx, draft));
  return Object.keys(withoutOwn(form, errors)).map((name) => getField(form, name).label);
}

/** Redraws the form, because another choice may make other fields apply. A choice that is heard late changes nothing. */
async function redrawChanged(parts: WizardParts, click: Click): Promise<void> {
  const { filings } = parts;
  if (!click.view) return;
  const { draft, procedure, helper, step } = await openedDraft(filings, click.who, click.view);
  const { reached = String(step) } = click.view.metadata;
  if (draft.step !== step && String(draft.step) !== reached) return; // its window was submitted before it was heard
  const { typed } = readState(procedure.form, step, click.view.values);
  // Two processes may hear two choices in the other order: what was empty then may have an answer now.
  const given = Object.fromEntries(
    Object.entries(typed).filter(([name, value]) => name === click.blockId || !isEmpty(value)),
  );
  const saved = helper
    ? await saveTyped(filings, click, draft, given, step)
    : await saveChoice(filings.db, filings.now(), draft, given, step);
  if (!saved) return;
  const before = readValues(draft.answers);
  const after = readValues(saved.answers);
  const fieldNames = procedure.form.steps[step]?.fields ?? [];
  const changed = fieldNames.some(
    (name) => applies(procedure.form, name, before) !== applies(procedure.form, name, after),
  );
  const fromSummary = click.view.metadata.from === 'summary';
  if (changed)
    await click.redraw(
      await draftView(
        filings,
        { who: click.who, procedure, draft: saved, step },
        { fromSummary, ...replacingIn(click.view) },
      ),
    );
}

/** The fields for which the open window asks for another file. */
const replacingIn = ({ metadata }: OpenView) =>
  metadata.replacing ? { replacing: readSet(metadata.replacing) } : {};

/** Asks for another file in place of the stored one, or keeps that after all. */
async function chooseAnew(parts: WizardParts, click: Click): Promise<void> {
  const { filings } = parts;
  if (!click.view) return;
  const { draft, procedure, step } = await openedDraft(filings, click.who, click.view);
  const state = readState(procedure.form, step, click.view.values);
  const wanted = readSet(click.value);
  const kept = readSet(click.view.metadata.replacing ?? '').filter((name) => !wanted.includes(name));
  const { refs, refused } = await takeStepFiles(
    filings,
    parts.files,
    procedure.form,
    { ...state, kept },
    readValues(draft.answers),
  );
  const saved = await saveTyped(filings, click, draft, { ...state.typed, ...refs }, step);
  const replacing = wanted.filter((name) => !refs[name]);
  const fromSummary = click.view.metadata.from === 'summary';
  const extra = { replacing, problems: refused, fromSummary };
  await click.redraw(await draftView(filings, { who: click.who, procedure, draft: saved, step }, extra));
}

/** This file is another one: the two change places. What was chosen meanwhile is kept, as the box is drawn anew. */
async function nameFile({ filings, files }: WizardParts, click: Click): Promise<void> {
  if (!click.view) return;
  const { draft, procedure, step } = await openedDraft(filings, click.who, click.view);
  const { form } = procedure;
  const state = readState(form, step, click.view.values);
  const before = readValues(draft.answers);
  const { refs, refused } = await takeStepFiles(filings, files, form, state, before);
  const answers = { ...before, ...refs };
  const moved = movedFile(form.steps[step]?.box?.fields ?? [], answers, click.value);
  const saved = await saveTyped(filings, click, draft, { ...state.typed, ...refs, ...moved }, step);
  const fromSummary = click.view.metadata.from === 'summary';
  const extra = { problems: refused, fromSummary, ...replacingIn(click.view) };
  await click.redraw(await draftView(filings, { who: click.who, procedure, draft: saved, step }, extra));
}

/** Goes back, forward or to a step from the summary, and keeps what was typed. */
async function goTo(parts: WizardParts, click: Click): Promise<void> {
  const { filings } = parts;
  if (!click.view) return;
  const { draft, procedure, helper, step } = await openedDraft(filings, click.who, click.view);
  const state = readState(procedure.form, step, click.view.values);
  // What was chosen is kept too; what is refused is asked for again.
  const taken = await takeStepFiles(filings, parts.files, procedure.form, state, readValues(draft.answers));
  const fromSummary = step === procedure.form.steps.length;
  const target = reachable(procedure, helper, Number(click.value));
  const saved = await saveTyped(filings, click, draft, { ...state.typed, ...taken.refs }, target);
  await click.redraw(
    await draftView(filings, { who: click.who, procedure, draft: saved, step: target }, { fromSummary }),
  );
}

/** Checks and saves a step, and shows the next one. */
async function submitStep(parts: WizardParts, { who, place, view: open }: Submission): Promise<Outcome> {
  const { filings, remember, refreshHome } = parts;
  const { db } = filings;
  const scene = { who, place };
  const { draft, procedure, helper, step } = await openedDraft(filings, who, open);
  const state = readState(procedure.form, step, open.values);
  const before = readValues(draft.answers);
  const { refs, refused, unsure } = await takeStepFiles(filings, parts.files, procedure.form, state, before);
  const given: Answers = { ...state.typed, ...refs };
  Object.assign(given, procedure.form.reads?.(given));
  const answers: Answers = { ...before, ...given };
  const around = await aroundOf(filings, db, draft);
  const parsed = parseAnswers(procedure.form, answers, around, step);
  const errors = { ...parsed.errors, ...refused };
  if (Object.keys(errors).length === 0 && !helper)
    Object.assign(
      errors,
      await procedure.verify?.(
        filings,
        { who, place, subject: draft.subject as Subject },
        parsed.answers,
        answers,
      ),
    );
  if (Object.keys(errors).length > 0) {
    const saved = await saveTyped(filings, scene, draft, given, step); // saved first, so that nothing typed is lost
    const fromSummary = open.metadata.from === 'summary';
    const late = await draftView(
      filings,
      { who, procedure, draft: saved, step },
      { problems: errors, fromSummary },
    );
    // Submitted before the window was redrawn: Slack takes no error at a field that is not on the screen.
    const atBlocks = errorsAtBox(procedure.form, state.box?.blockId ?? null, errors);
    const onScreen = Object.keys(atBlocks).every((name) => Object.hasOwn(open.values, name));
    return onScreen ? { errors: atBlocks, late: () => late } : { update: late };
  }
  if (unsure) {
    const saved = await saveTyped(filings, scene, draft, given, step);
    const extra = { unsure, fromSummary: open.metadata.from === 'summary' };
    return { update: await draftView(filings, { who, procedure, draft: saved, step }, extra) };
  }
  for (const slackId of chosenAccounts(procedure, step, parsed.answers)) await remember(slackId);
  const guidance = helper
    ? null
    : await procedure.divert?.(db, who, parsed.answers, draft.subject as Subject);
  if (guidance) {
    if (guidance.keepsDraft) await saveTyped(filings, scene, draft, given, step);
    else await db.draft.deleteMany({ where: { id: draft.id } });
    refreshHome(who.slackId ?? '');
    return { update: guidanceView(guidance) };
  }
  const normal = { ...given, ...parsed.answers };
  const target =
    open.metadata.from === 'summary'
      ? firstUnfinished(procedure, { ...answers, ...normal }, around, helper)
      : ahead(procedure, { ...answers, ...normal }, around, helper, step + 1);
  const next = await saveTyped(filings, scene, draft, normal, target);
  if (target === procedure.form.steps.length && endsWith(procedure, step) && !helper)
    return submitForm(parts, scene, next);
  return { update: await draftView(filings, { who, procedure, draft: next, step: target }) };
}

/** The last press: submits the form, or orders its document. */
async function submitForm(parts: WizardParts, { who, place }: Scene, draft: Draft): Promise<Outcome> {
  const { filings, receipt, refreshHome } = parts;
  const today = seoulDay(filings.now());
  const form = getFillable(filings, draft.procedure);
  if (endsInDocument(form)) {
    await orderDocument(filings, form, { who, place }, draft.id, today);
    refreshHome(who.slackId ?? '');
    return {
      update: noteView('보내 드립니다', [
        `${form.document}: 작성한 신청서를 이 앱의 ‘메시지’에서 PDF와 DOCX로 받으십시오.`,
        '서명하고 구성도와 업무 프로세스를 붙여 공문에 첨부하십시오. 보낸 뒤 이 앱에는 입력한 내용이 남지 않습니다.',
      ]),
    };
  }
  const filing = await submitFiling(filings, { who, place }, draft.id, today, draft);
  const procedure = getProcedure(filings, filing.procedure);
  refreshHome(who.slackId ?? '');
  const next = await receipt?.(who, place, filing);
  if (next) return { update: next };
  if (filing.channel === 'ONLINE' && !filing.urgent) return { close: 'all' }; // the receipt is a message
  return {
    update: guidanceView({
      title: '제출했습니다',
      lines: [`${procedure.document}: 접수번호 ${filing.number}`, whatFollows(filing)],
      ...(procedure.keptOnLetter && filing.channel === 'PAPER'
        ? { buttons: [{ action: NEXT_ON_LETTER, label: '같은 공문의 다음 시스템 입력', value: filing.id }] }
        : {}),
    }),
  };
}

/** Messenger accounts among the answers of a step. */
function chosenAccounts({ form }: Fillable, step: number, answers: Answers): string[] {
  return askedFields(form, step, answers)
    .filter((name) => getField(form, name).input.kind === 'user')
    .map((name) => String(answers[name] ?? ''));
}
