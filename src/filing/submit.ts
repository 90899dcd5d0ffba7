import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid7 } from 'uuid';
import { seoulDay } from '../core/calendar.ts';
import { Refusal } from '../core/refusal.ts';
import type { Scene } from '../messenger/click.ts';
import { parseAnswers, readValues } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { OFFERED, SUBMITTED } from '../records/filings/states.ts';
import { filingIdOf, type Subject, systemIdOf } from '../records/filings/subject.ts';
import { holdInUse, lockSystems } from '../records/systems/own-system.ts';
import type { Channel, Draft, Filing, Prisma } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import { type Operation, operate } from '../store/operation.ts';
import { standingBefore } from './changes.ts';
import { channelOf, getDraft, isPaper, keepReady, ownDraft, requireEntering, takeDraft } from './drafts.ts';
import { marksOf } from './marks.ts';
import {
  type AnyProcedure,
  type Checked,
  type DocumentForm,
  type Filings,
  type Fillable,
  getProcedure,
  type Placement,
} from './procedure.ts';
import { tellReceipt } from './receipt.ts';
import { getFiling } from './standing.ts';
import { storeCorrection, storeNew, type WithFiling } from './submission-rows.ts';
import { tellDesk } from './tell-desk.ts';

/**
 * Turns a draft into a filing, or into the next revision of the filing that it corrects. The draft is used up, so a
 * second press in the same window is refused.
 * @throws Refusal
 */
export async function submitFiling(
  filings: Filings,
  { who, place }: Scene,
  draftId: string,
  today: string,
  /** The draft, if this click has read it. What is submitted is read again. */
  known: Draft | null = null,
): Promise<Filing> {
  const verified = await refuseUnverified(filings, { who, place }, known ?? draftId, today);
  return operate(filings, { actor: who.id, place }, async (op) => {
    const draft = await takeDraft(op.tx, who, draftId);
    const procedure = getProcedure(filings, draft.procedure);
    const answers = await completeAnswers(op, procedure, draft, today, verified);
    const subject = draft.subject as Subject;
    const corrected = filingIdOf(subject);
    const earlier = corrected === null ? null : await getFiling(op.tx, corrected);
    const systemId = earlier ? earlier.systemId : systemIdOf(subject);
    const locked = systemId ? await lockSystems(op.tx, [systemId]) : [];
    const filled: Filled = { procedure, who, subject, answers, earlier };
    const owner = await ownerOf(op, filled);
    const placement = await procedure.place(op, owner, subject, answers, earlier);
    if (placement.systemId && !placement.newSystem) await holdInUse(op.tx, placement.systemId, locked);
    const filing = await store(op, filled, owner, placement, draft.id);
    op.audit({
      action: filing.revision === 1 ? 'filing.submit' : 'filing.resubmit',
      subject: `filing:${filing.id}`,
      person: filing.applicantId,
      data: { procedure: procedure.name, number: filing.number, revision: filing.revision },
    });
    tellReceipt(op, filing);
    if (filing.state === OFFERED) offer(op, procedure, filing);
    if (filing.state !== OFFERED || filing.revision > 1) tellDesk(op, filing, filing.state !== OFFERED);
    return filing;
  });
}

/** A form as somebody filled it. */
interface Filled {
  procedure: AnyProcedure;
  who: Known;
  subject: Subject;
  answers: Answers;
  /** The filing that it corrects, as it was before; null for a new one. */
  earlier: Filing | null;
}

/** What a draft contains, by the rules of its form. */
interface Read {
  draft: Draft;
  channel: Channel;
  parsed: ReturnType<typeof parseAnswers>;
}

/** @returns what it read, null when the procedure verifies nothing. @throws Refusal for what that finds wrong */
async function refuseUnverified(
  filings: Filings,
  { who, place }: Scene,
  asked: Draft | string,
  today: string,
): Promise<Read | null> {
  const { db } = filings;
  const draft = await (typeof asked === 'string' ? getDraft(db, who, asked) : ownDraft(db, who, asked));
  const procedure = getProcedure(filings, draft.procedure);
  if (!procedure.verify) return null;
  const channel = await channelOf(db, draft.subject);
  const parsed = parseAnswers(procedure.form, readValues(draft.answers), { today, channel });
  const { answers } = parsed;
  const [wrong] = Object.values(
    await procedure.verify(filings, { who, place, subject: draft.subject as Subject }, answers, answers),
  );
  if (wrong) throw new Refusal(wrong, '해당 단계에서 고친 뒤 다시 제출하십시오.');
  return { draft, channel, parsed };
}

/**
 * Turns a draft into a document. It is finished, sent to the person who filled it, and then deleted.
 * @throws Refusal
 */
export async function orderDocument(
  filings: Filings,
  form: DocumentForm,
  { who, place }: Scene,
  draftId: string,
  today: string,
): Promise<void> {
  await operate(filings, { actor: who.id, place }, async (op) => {
    const draft = await getDraft(op.tx, who, draftId);
    await form.begin(op.tx, who, draft.subject as Subject, op.now); // it may have been forbidden meanwhile
    await keepReady(op.tx, op.now, draft, await completeAnswers(op, form, draft, today));
    op.audit({
      action: 'document.order',
      subject: `person:${who.id}`,
      person: who.id,
      data: { form: form.name },
    });
    op.tell({
      key: `document:${draft.id}`,
      notice: form.delivers.notice,
      to: who.id,
      facts: { draftId: draft.id },
    });
  });
}

/**
 * The draft's answers, when they are complete and valid. `before`: the same draft as it was read before the transaction.
 * @throws Refusal that names what is not
 */
async function completeAnswers(
  op: Operation,
  { form }: Fillable,
  draft: Draft,
  today: string,
  before: Read | null = null,
): Promise<Answers> {
  const channel = await channelOf(op.tx, draft.subject);
  const same = before?.channel === channel && isDeepStrictEqual(before.draft, draft);
  const { answers, errors } = same
    ? before.parsed
    : parseAnswers(form, readValues(draft.answers), { today, channel });
  const wrong = Object.keys(errors).map((name) => form.fields[name]?.label ?? name);
  if (wrong.length > 0) {
    throw new Refusal(
      `고칠 항목이 남아 있습니다: ${wrong.join(', ')}`,
      '해당 단계에서 고친 뒤 다시 제출하십시오.',
    );
  }
  return answers;
}

/** The person whose filing it becomes: the submitter, or, from paper, the contact on the form. @throws Refusal */
async function ownerOf(op: Operation, filled: Filled): Promise<Known> {
  const { procedure, who, subject, answers, earlier } = filled;
  if (!isPaper(subject, earlier)) return who;
  requireEntering(procedure, who);
  if (!procedure.paper) throw new Error(`${procedure.name} cannot be entered from paper`);
  return procedure.paper(op, answers, subject, earlier);
}

/** The notice that asks the person whom a filing names. */
export const OFFER_NOTICE = 'filing.offered';

/** Asks the named person to accept it. Officers decide afterwards. */
function offer(op: Operation, procedure: AnyProcedure, filing: Filing): void {
  if (!filing.namedId || !procedure.offered) throw new Error(`${procedure.name} offers nothing`);
  op.tell({
    key: `offered:${filing.id}:${filing.revision}`,
    notice: OFFER_NOTICE,
    to: filing.namedId,
    facts: { filingId: filing.id, revision: filing.revision },
  });
}

/** Stores the filing, or its correction, with what the checks point out. @throws Refusal */
async function store(
  op: Operation,
  { procedure, who, subject, answers, earlier }: Filled,
  owner: Known,
  placement: Placement,
  draftId: string,
): Promise<Filing> {
  const { tx, now } = op;
  const paper = isPaper(subject, earlier);
  const submitted = {
    state: placement.namedId ? OFFERED : SUBMITTED,
    revision: (earlier?.revision ?? 0) + 1,
    applicantId: owner.id,
    ...(paper ? { enteredBy: who.id } : {}),
    submittedAt: now,
    decidedAt: null,
    decidedBy: null,
    reason: null,
    ...columns(placement),
  };
  const checked: Checked = earlier
    ? { ...earlier, ...submitted }
    : {
        id: uuid7(),
        procedure: procedure.name,
        approvedRevision: null,
        objections: 0,
        channel: paper ? 'PAPER' : 'ONLINE',
        enteredBy: null,
        ...submitted,
      };
  const before = await standingBefore(tx, procedure, checked.systemId);
  const marks = await marksOf(tx, procedure, checked, answers, owner);
  const rows: WithFiling = {
    revision: {
      filingId: checked.id,
      number: checked.revision,
      answers: answers as Prisma.JsonObject,
      before: before as Prisma.JsonObject | null,
      submittedBy: who.id,
      dataSubjectId: owner.id === who.id ? null : owner.id,
      submittedAt: now,
      remarks: null,
    },
    consents: placement.consents ?? [],
    newSystem: placement.newSystem ?? null,
    draftId,
  };
  if (!earlier) return storeNew(tx, { ...checked, ...marks }, seoulDay(now).slice(0, 4), rows);
  const applicant = earlier.channel === 'PAPER' ? earlier.applicantId : who.id;
  return storeCorrection(tx, earlier, { ...submitted, ...marks }, applicant, rows);
}

function columns({ title, agencyCode, systemId, letterKey, systemIds, namedId, urgent }: Placement) {
  return {
    title,
    agencyCode,
    systemId,
    letterKey: letterKey ?? null,
    systemIds: [...(systemIds ?? [])],
    namedId: namedId ?? null,
    urgent: urgent ?? false,
  };
}
