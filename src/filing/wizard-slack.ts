import type { ModalView } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import { SUPPORT_PHONE } from '../core/support-phone.ts';
import type { Click, OpenView, Outcome, Scene } from '../messenger/click.ts';
import type { ChosenFile } from '../messenger/entered.ts';
import { applies, askedFields, getField, parseAnswers, readValues } from '../messenger/forms/answers.ts';
import type { Answers, SearchSource } from '../messenger/forms/form.ts';
import { FORM_CHANGE, FORM_SEARCH, readState } from '../messenger/forms/form-view.ts';
import { type FileSource, takeFile } from '../messenger/intake.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { guidanceView, noteView } from '../messenger/refusal-view.ts';
import { OFFERED, RETURNED } from '../records/filings/states.ts';
import { filingIdOf, type Subject } from '../records/filings/subject.ts';
import { answerNames } from '../records/people/answer-names.ts';
import type { Draft, Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { operate } from '../store/operation.ts';
import type { Tx } from '../store/store.ts';
import { subjectLine } from './about.ts';
import { changesFrom, standingBefore, systemOfSubject } from './changes.ts';
import { channelOf, openDraft, saveDraft } from './drafts.ts';
import { withoutOwn } from './form-owner.ts';
import { getWorkingDraft } from './helpers.ts';
import { endsInDocument, type Filings, type Fillable, getFillable, getProcedure } from './procedure.ts';
import { orderDocument, submitFiling } from './submit.ts';
import { GO_TO, STEP, SUBMIT, type WizardOptions, wizardView } from './wizard.ts';
import { ahead, endsWith, firstUnfinished, reachable } from './wizard-steps.ts';

type Search = (typed: string, who: Known) => Promise<{ text: string; value: string }[]>;

interface WizardParts {
  filings: Filings;
  files: FileSource;
  /** Answer the type-ahead of search fields: what this person may find. */
  search: Record<SearchSource, Search>;
  /** Takes note of a messenger account that was chosen in a form. */
  remember: (slackId: string) => Promise<void>;
  /** What is shown after a submission instead of the receipt; null: the receipt. */
  receipt?: (who: Known, place: string, filing: Filing) => Promise<ModalView | null>;
  /** After something of this person changed. */
  refreshHome: (slackId: string) => void;
}

/** The form in steps: opening, redrawing, going back, saving at every step, submitting. */
export function registerWizard(
  messenger: Messenger,
  { filings, files, search, remember, receipt, refreshHome }: WizardParts,
) {
  const { db, now } = filings;
  const today = () => seoulDay(now());

  async function view(
    who: Known,
    procedure: Fillable,
    draft: Draft,
    step: number,
    extra: Partial<WizardOptions> = {},
  ) {
    const helper = draft.personId !== who.id;
    const given = readValues(draft.answers);
    const answers = helper ? withoutOwn(procedure.form, given) : given;
    const nameOf = await answerNames(db, procedure.form, answers);
    const { remarks } = await correctionsOn(draft);
    const paper = (await channelOf(db, draft.subject)) === 'PAPER';
    const beside = helper ? null : await procedure.beside?.(db, who, answers, step);
    const about = await subjectLine(db, draft.subject as Subject);
    // What it changes would tell a helper of the official.
    const changes = helper || step < procedure.form.steps.length ? null : await changesIn(draft, nameOf);
    return wizardView(procedure, draft, step, {
      answers,
      nameOf,
      remarks,
      paper,
      changes,
      helper,
      ...(about ? { about } : {}),
      ...(beside ? { beside } : {}),
      ...extra,
    });
  }

  /** What the draft changes of what stands; null when it is not of that kind. */
  async function changesIn(draft: Draft, nameOf: WizardOptions['nameOf']) {
    const procedure = filings.procedures.get(draft.procedure);
    if (!procedure) return null; // a form that ends in a document
    const systemId = await systemOfSubject(db, draft.subject as Subject);
    const before = await standingBefore(db, procedure, systemId);
    return before && changesFrom(procedure, before, readValues(draft.answers), nameOf);
  }

  /** What the officer asked to correct in the filing that this draft changes, and when. */
  async function correctionsOn(draft: Draft): Promise<{ remarks: Record<string, string>; at: Date | null }> {
    const none = { remarks: {}, at: null };
    const id = filingIdOf(draft.subject);
    if (id === null) return none;
    const filing = await db.filing.findUnique({ where: { id } });
    if (filing?.state !== RETURNED) return none;
    const revision = await db.revision.findUnique({
      where: { filingId_number: { filingId: filing.id, number: filing.revision } },
    });
    return { remarks: (revision?.remarks ?? {}) as Record<string, string>, at: filing.decidedAt };
  }

  /**
   * Opens the form where it was left, or at the first remark when that is news. What was submitted is corrected from its
   * summary, or from what it lacks.
   */
  async function begin(click: Click, procedureName: string, subject: Subject): Promise<void> {
    const procedure = getFillable(filings, procedureName);
    const draft = await openDraft(db, now(), procedure, click.who, subject);
    const { remarks, at } = await correctionsOn(draft);
    const remarked = procedure.form.steps.findIndex((step) => step.fields.some((name) => remarks[name]));
    const isNews = !draft.resumed || (at !== null && draft.updatedAt <= at);
    const resumes = draft.resumed && draft.step > 0 && !(isNews && remarked >= 0);
    const corrects = filingIdOf(subject) !== null && remarked < 0;
    const start = corrects ? await unfinishedOf(procedure, draft) : Math.max(0, remarked);
    const step = resumes ? Math.min(draft.step, await unfinishedOf(procedure, draft)) : start;
    const note = resumes && draft.step > 0 ? '지난번에 작성하던 곳부터 이어서 작성합니다.' : undefined;
    await click.show(await view(click.who, procedure, draft, step, note ? { note } : {}));
  }

  const unfinishedOf = async (procedure: Fillable, draft: Draft) =>
    firstUnfinished(procedure, readValues(draft.answers), await aroundOf(db, draft), false);

  async function opened(who: Known, { metadata }: OpenView) {
    const draft = await getWorkingDraft(db, who, metadata.draft ?? '');
    const procedure = getFillable(filings, draft.procedure);
    const helper = draft.personId !== who.id;
    return { draft, procedure, helper, step: reachable(procedure, helper, Number(metadata.step)) };
  }

  /** Saves what its owner typed; what a helper typed too, as far as it is theirs to fill, with a trace. */
  async function save({ who, place }: Scene, draft: Draft, typed: Answers, step: number): Promise<Draft> {
    if (draft.personId === who.id) return saveDraft(db, now(), draft, typed, step);
    const { form } = getFillable(filings, draft.procedure);
    return operate(filings, { actor: who.id, place }, async (op) => {
      const current = await getWorkingDraft(op.tx, who, draft.id);
      const data = { procedure: draft.procedure, step };
      op.audit({ action: 'helper.save', subject: `draft:${draft.id}`, person: draft.personId, data });
      return saveDraft(op.tx, op.now, current, withoutOwn(form, typed), step);
    });
  }

  /** Shows a draft to its owner or to a helper, where it was left, or at what is left to do. */
  async function resume(click: Click, draft: Draft, atUnfinished = false): Promise<void> {
    const procedure = getFillable(filings, draft.procedure);
    const helper = draft.personId !== click.who.id;
    const answers = readValues(draft.answers);
    const step = atUnfinished
      ? firstUnfinished(procedure, answers, await aroundOf(db, draft), helper)
      : reachable(procedure, helper, draft.step);
    await click.show(await view(click.who, procedure, draft, step));
  }

  /** Labels of what is left for a helper to fill. */
  async function unfinished(tx: Tx, draft: Draft): Promise<string[]> {
    const { form } = getFillable(filings, draft.procedure);
    const { errors } = parseAnswers(form, readValues(draft.answers), await aroundOf(tx, draft));
    return Object.keys(withoutOwn(form, errors)).map((name) => getField(form, name).label);
  }

  const aroundOf = async (tx: Tx, draft: Draft) => ({
    today: today(),
    channel: await channelOf(tx, draft.subject),
  });

  async function takeFiles(chosen: Record<string, ChosenFile[]>) {
    const refs: Answers = {};
    const refused: Record<string, string> = {};
    for (const [name, [file]] of Object.entries(chosen)) {
      if (!file) continue;
      const taken = await takeFile(db, now(), files, file);
      if (taken.ok) refs[name] = [taken.ref];
      else refused[name] = taken.message;
    }
    return { refs, refused };
  }

  messenger.onAction(FORM_CHANGE, async (click) => {
    if (!click.view) return;
    const { draft, procedure, step } = await opened(click.who, click.view);
    const { typed } = readState(procedure.form, click.view.values);
    const saved = await save(click, draft, typed, step);
    const before = readValues(draft.answers);
    const after = readValues(saved.answers);
    const shown = procedure.form.steps[step]?.fields ?? [];
    const changed = shown.some(
      (name) => applies(procedure.form, name, before) !== applies(procedure.form, name, after),
    );
    const fromSummary = click.view.metadata.from === 'summary';
    if (changed) await click.redraw(await view(click.who, procedure, saved, step, { fromSummary }));
  });

  messenger.onAction(GO_TO, async (click) => {
    if (!click.view) return;
    const { draft, procedure, helper, step } = await opened(click.who, click.view);
    const { typed, files: chosen } = readState(procedure.form, click.view.values);
    const taken = await takeFiles(chosen); // what was chosen is kept too; what is refused is asked for again
    const fromSummary = step === procedure.form.steps.length;
    const target = reachable(procedure, helper, Number(click.value));
    const saved = await save(click, draft, { ...typed, ...taken.refs }, target);
    await click.redraw(await view(click.who, procedure, saved, target, { fromSummary }));
  });

  for (const [source, find] of Object.entries(search)) {
    messenger.onOptions(`${FORM_SEARCH}.${source}`, find);
  }

  messenger.onSubmit(STEP, async ({ who, place, view: open }): Promise<Outcome> => {
    const scene = { who, place };
    const { draft, procedure, helper, step } = await opened(who, open);
    const { typed, files: chosen } = readState(procedure.form, open.values);
    const { refs, refused } = await takeFiles(chosen);
    const given: Answers = { ...typed, ...refs };
    const answers: Answers = { ...readValues(draft.answers), ...given };
    const around = await aroundOf(db, draft);
    const parsed = parseAnswers(procedure.form, answers, around, step);
    const errors = { ...parsed.errors, ...refused };
    if (Object.keys(errors).length === 0 && !helper)
      Object.assign(
        errors,
        await procedure.verify?.(filings, { who, place, subject: draft.subject as Subject }, parsed.answers),
      );
    if (Object.keys(errors).length > 0) {
      const saved = await save(scene, draft, given, step); // nothing typed is lost
      const fromSummary = open.metadata.from === 'summary';
      const late = await view(who, procedure, saved, step, { problems: errors, fromSummary });
      // Submitted before the window was redrawn: Slack takes no error at a field that is not on the screen.
      const onScreen = Object.keys(errors).every((name) => Object.hasOwn(open.values, name));
      return onScreen ? { errors, late: () => late } : { update: late };
    }
    for (const slackId of chosenAccounts(procedure, step, parsed.answers)) await remember(slackId);
    const guidance = helper ? null : await procedure.divert?.(db, who, parsed.answers);
    if (guidance) {
      await db.draft.deleteMany({ where: { id: draft.id } });
      refreshHome(who.slackId ?? '');
      return { update: guidanceView(guidance) };
    }
    const normal = { ...given, ...parsed.answers };
    const target =
      open.metadata.from === 'summary'
        ? firstUnfinished(procedure, { ...answers, ...normal }, around, helper)
        : ahead(procedure, { ...answers, ...normal }, around, helper, step + 1);
    const next = await save(scene, draft, normal, target);
    if (target === procedure.form.steps.length && endsWith(procedure, step) && !helper)
      return submit(scene, next);
    return { update: await view(who, procedure, next, target) };
  });

  messenger.onSubmit(SUBMIT, async ({ who, place, view: open }): Promise<Outcome> => {
    const { draft } = await opened(who, open);
    return submit({ who, place }, draft);
  });

  async function submit({ who, place }: Scene, draft: Draft): Promise<Outcome> {
    const form = getFillable(filings, draft.procedure);
    if (endsInDocument(form)) {
      await orderDocument(filings, form, who, place, draft.id, today());
      refreshHome(who.slackId ?? '');
      return {
        update: noteView('보내 드립니다', [
          `${form.document}: 작성한 신청서를 이 앱의 ‘메시지’에서 PDF와 DOCX로 받으십시오.`,
          '서명하고 구성도와 업무 프로세스를 붙여 공문에 첨부하십시오. 보낸 뒤 이 앱에는 입력한 내용이 남지 않습니다.',
        ]),
      };
    }
    const filing = await submitFiling(filings, who, place, draft.id, today(), draft);
    const procedure = getProcedure(filings, filing.procedure);
    refreshHome(who.slackId ?? '');
    const next = await receipt?.(who, place, filing);
    if (next) return { update: next };
    return {
      update: noteView('제출했습니다', [
        `${procedure.document}: 접수번호 ${filing.number}`,
        whatFollows(filing),
      ]),
    };
  }

  return { begin, resume, unfinished };
}

/** Messenger accounts among the answers of a step. */
function chosenAccounts({ form }: Fillable, step: number, answers: Answers): string[] {
  return askedFields(form, step, answers)
    .filter((name) => getField(form, name).input.kind === 'user')
    .map((name) => String(answers[name] ?? ''));
}

/** What happens to it now, and where that is told. */
function whatFollows({ channel, state, urgent }: Pick<Filing, 'channel' | 'state' | 'urgent'>): string {
  if (urgent)
    return `관리자 모두에게 바로 알렸습니다. 급하면 ${SUPPORT_PHONE}으로도 전화하십시오. 진행 내용은 이 앱의 ‘메시지’로 알려 드립니다.`;
  if (channel === 'PAPER') return '다른 관리자가 검토합니다. 결과는 담당자의 이메일로 나갑니다.';
  const told = '이 앱의 ‘메시지’로 알려 드립니다. 진행 상태는 홈의 목록에서 볼 수 있습니다.';
  return state === OFFERED
    ? `상대방에게 수락할지 물었습니다. 수락하면 다음 절차로 넘어갑니다. 결과를 ${told}`
    : `관리자가 검토한 뒤 결과를 ${told}`;
}
