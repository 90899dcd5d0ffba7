import { v7 as uuid7 } from 'uuid';
import { Refusal } from '../core/refusal.ts';
import { readValues } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import { findFiling } from '../records/filings/filing.ts';
import { getRevision } from '../records/filings/revision.ts';
import { REJECTED } from '../records/filings/states.ts';
import { filingIdOf, parseSubject, type Subject } from '../records/filings/subject.ts';
import { officersOnly } from '../records/people/office.ts';
import { getContact } from '../records/people/paper-contact.ts';
import { type Channel, type Draft, type Filing, Prisma } from '../store/client/client.ts';
import { columnsOf } from '../store/columns.ts';
import type { Known } from '../store/known.ts';
import type { Tx } from '../store/store.ts';
import { dataSubjectOf, takenOver, withoutOwn } from './form-owner.ts';
import { helping } from './helper-rows.ts';
import type { AnyProcedure, Fillable } from './procedure.ts';
import { ownedBy, steps } from './steps.ts';

const draftColumns = columnsOf(Prisma.DraftScalarFieldEnum);

/** Whether an officer enters it from a 공문: it was begun so, or corrects a filing that was. */
export function isPaper(subject: string, filing: Pick<Filing, 'channel'> | null): boolean {
  return filing?.channel === 'PAPER' || parseSubject(subject).paper;
}

/** Whether a draft is filled online or entered from paper. Some rules hold only online. */
export async function channelOf(tx: Tx, subject: string): Promise<Channel> {
  const corrected = filingIdOf(subject);
  const filing = corrected === null ? null : await findFiling(tx, corrected);
  return isPaper(subject, filing) ? 'PAPER' : 'ONLINE';
}

/** @throws Refusal */
export function requireEntering(procedure: Fillable, who: Known): void {
  requireOfficer(who);
  if (!procedure.paper) throw new Refusal(`공문으로 접수하지 않는 신청입니다: ${procedure.document}`);
}

export const { requireOfficer } = officersOnly('공문 접수는 표준API 관리자만 등록할 수 있습니다.');

/**
 * The person's draft of this procedure on this subject: the unfinished one, or a new one with what is known.
 * @throws Refusal when the procedure cannot be begun
 */
export async function openDraft(
  tx: Tx,
  now: Date,
  procedure: Fillable,
  who: Known,
  subject: Subject,
): Promise<Draft & { resumed: boolean }> {
  if (isPaper(subject, null)) requireEntering(procedure, who);
  const corrected = filingIdOf(subject);
  const start =
    corrected === null
      ? {
          ...(isPaper(subject, null) ? {} : procedure.form.presets),
          ...(await procedure.begin(tx, who, subject, now)),
        }
      : await answersToCorrect(tx, procedure, who, corrected);
  const key = { personId: who.id, procedure: procedure.name, subject };
  // A button that is pressed twice sends two clicks.
  const [made] = await tx.$queryRaw<Draft[]>`
    INSERT INTO "Draft" (id, "personId", procedure, subject, answers, step, "updatedAt")
    VALUES (${uuid7()}, ${who.id}, ${procedure.name}, ${subject}, ${JSON.stringify(start)}::jsonb, 0, ${now})
    ON CONFLICT DO NOTHING RETURNING ${draftColumns}`;
  if (made) return { ...made, resumed: false };
  const draft = await tx.draft.findUnique({ where: { personId_procedure_subject: key } });
  if (!draft) throw usedUp(); // submitted in another window between the two statements
  return { ...draft, resumed: true };
}

/**
 * Makes a draft from the person's own rejected filing. Consents and personal data are asked again. A draft that the
 * person has begun already is not overwritten.
 * @throws Refusal
 */
export async function draftAgain(
  tx: Tx,
  now: Date,
  procedure: AnyProcedure,
  who: Known,
  filing: Filing,
): Promise<void> {
  if (filing.applicantId !== who.id) throw new Refusal('본인이 제출한 신청만 다시 신청할 수 있습니다.');
  if (filing.state !== REJECTED || !procedure.again)
    throw new Refusal('다시 신청할 수 있는 건이 아닙니다.', '홈의 목록에서 지금 상태를 확인하십시오.');
  const store = await roomForDraft(
    tx,
    { personId: who.id, procedure: procedure.name, subject: '' },
    procedure.document,
  );
  const { answers } = await getRevision(tx, filing);
  const start = await procedure.begin(tx, who, '', now);
  const given = { ...start, ...withoutOwn(procedure.form, readValues(answers)) } as object;
  await store({ answers: given, step: 0, updatedAt: now });
}

/**
 * Finds room for a draft that the bot fills: there is none with this key, or one in which nothing was typed.
 * @returns stores the draft. @throws Refusal when the person has begun one
 */
export async function roomForDraft(
  tx: Tx,
  key: Pick<Draft, 'personId' | 'procedure' | 'subject'>,
  document: string,
): Promise<(row: { answers: object; step: number; updatedAt: Date }) => Promise<void>> {
  const lying = await tx.draft.findUnique({ where: { personId_procedure_subject: key } });
  if (lying && lying.step > 0)
    throw new Refusal(
      `작성하던 ${document}가 있습니다.`,
      '홈의 ‘이어서 작성’으로 먼저 제출하거나 ‘작성분 삭제’를 누른 뒤 다시 하십시오.',
    );
  return async (row) => {
    if (lying) await tx.draft.update({ where: { id: lying.id }, data: row });
    else await tx.draft.createMany({ data: [{ ...key, ...row }], skipDuplicates: true });
  };
}

/**
 * The last revision of the person's own filing, while it may be changed. After a change of the contact, the former
 * contact's personal data is replaced by the new contact's.
 */
async function answersToCorrect(tx: Tx, procedure: Fillable, who: Known, filingId: string): Promise<Answers> {
  const filing = await tx.filing.findUnique({ where: { id: filingId } });
  const standing = filing && { applicantId: filing.applicantId, paper: filing.channel === 'PAPER' };
  if (!standing || !ownedBy(standing, who) || filing.procedure !== procedure.name) {
    throw new Refusal('본인이 제출한 신청만 수정할 수 있습니다.');
  }
  if (!steps['filing.resubmit'].from.some((state) => state === filing.state)) {
    throw new Refusal('검토가 끝난 신청은 수정할 수 없습니다.', '홈의 목록에서 지금 상태를 확인하십시오.');
  }
  const revision = await getRevision(tx, filing);
  const answers = readValues(revision.answers);
  if (dataSubjectOf(revision) === filing.applicantId) return answers;
  const owner = filing.channel === 'PAPER' ? await getContact(tx, filing.applicantId) : who;
  return takenOver(procedure.form, answers, owner);
}

/** Reads a draft by its id; every step of a form begins with this. */
export async function findDraft(tx: Tx, id: string): Promise<Draft | null> {
  const [draft] = await tx.$queryRaw<Draft[]>`SELECT ${draftColumns} FROM "Draft" WHERE id = ${id}`;
  return draft ?? null;
}

/**
 * @throws Refusal when it is not the person's own, was submitted already, or is from paper and the person no longer
 * an officer
 */
export async function getDraft(tx: Tx, who: Known, id: string): Promise<Draft> {
  return ownDraft(tx, who, await findDraft(tx, id));
}

/** The same for a draft that was read already. @throws Refusal */
export async function ownDraft(tx: Tx, who: Known, draft: Draft | null): Promise<Draft> {
  if (draft?.personId === who.id && parseSubject(draft.subject).kind !== 'ready') {
    if (!who.officer && (await channelOf(tx, draft.subject)) === 'PAPER') requireOfficer(who);
    return draft;
  }
  if (draft && (await tx.draftHelper.count({ where: { helperId: who.id, ...helping(draft) } })) > 0)
    throw new Refusal(
      '작성을 돕는 사람은 제출할 수 없습니다.',
      '‘작성 완료 알림’을 누르면 담당공무원이 제출합니다.',
    );
  throw usedUp();
}

/** Uses a draft up: of two submissions of one window only the first gets it. @throws Refusal as getDraft */
export async function takeDraft(tx: Tx, who: Known, id: string): Promise<Draft> {
  const [taken] = await tx.$queryRaw<Draft[]>`
    DELETE FROM "Draft" WHERE id = ${id} AND "personId" = ${who.id} AND NOT starts_with(subject, ${READY}) RETURNING ${draftColumns}`;
  return taken ? ownDraft(tx, who, taken) : getDraft(tx, who, id); // getDraft refuses
}

/** Prefix of the subject of a finished draft whose document has yet to be sent. */
const READY = 'ready:';

/** For how many days an unsent document is kept and tried again. */
const READY_DAYS = 7;

/**
 * Finishes a draft whose document is to be sent; nobody can change it any more. @throws Refusal when it was finished
 * before
 */
export async function keepReady(tx: Tx, now: Date, draft: Draft, answers: Answers): Promise<void> {
  const { count } = await tx.draft.updateMany({
    where: { id: draft.id, personId: draft.personId, subject: draft.subject },
    data: { subject: `${READY}${draft.id}`, answers: answers as object, updatedAt: now },
  });
  if (count !== 1) throw usedUp();
}

/** A finished draft whose document has yet to be sent, or null. */
export function findReady(tx: Tx, id: string): Promise<Draft | null> {
  return tx.draft.findFirst({ where: { id, subject: { startsWith: READY } } });
}

/** Deletes the draft once its document is sent. */
export async function discardReady(tx: Tx, id: string): Promise<void> {
  await tx.draft.deleteMany({ where: { id, subject: { startsWith: READY } } });
}

/** Deletes documents that could not be sent in time. */
export async function discardOldReady(tx: Tx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - READY_DAYS * 86_400_000);
  await tx.draft.deleteMany({ where: { subject: { startsWith: READY }, updatedAt: { lt: before } } });
}

function usedUp(): Refusal {
  return new Refusal('이미 제출했거나 삭제한 작성분입니다.', '홈의 목록에서 신청 내역을 확인하십시오.');
}

/**
 * Merges typed answers into the draft in one statement, so that two windows, or a slow file and a quick click, do not
 * undo each other.
 * @throws Refusal when it was submitted meanwhile
 */
export async function saveDraft(
  tx: Tx,
  now: Date,
  draft: Draft,
  typed: Answers,
  step: number,
): Promise<Draft> {
  const saved = await update(tx, now, draft, { typed, step });
  if (!saved) throw usedUp();
  return saved;
}

/** Saves what was chosen in a step, unless another step was reached meanwhile: then it returns null. */
export async function saveChoice(
  tx: Tx,
  now: Date,
  draft: Draft,
  typed: Answers,
  step: number,
): Promise<Draft | null> {
  return update(tx, now, draft, { typed, step, onlyIf: Prisma.sql`AND step = ${draft.step}` });
}

async function update(
  tx: Tx,
  now: Date,
  { id, personId, subject }: Draft,
  { typed, step, onlyIf = Prisma.empty }: { typed: Answers; step: number; onlyIf?: Prisma.Sql },
): Promise<Draft | null> {
  const [saved] = await tx.$queryRaw<Draft[]>`
    UPDATE "Draft" SET answers = answers || ${JSON.stringify(typed)}::jsonb, step = ${step}, "updatedAt" = ${now}
    WHERE id = ${id} AND "personId" = ${personId} AND subject = ${subject} ${onlyIf} RETURNING ${draftColumns}`;
  return saved ?? null;
}
