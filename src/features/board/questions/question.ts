import { v7 as uuid7 } from 'uuid';
import { seoulDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { type Absence, openAbsences } from '../../../records/absences/absence.ts';
import { actingOn, awayOn } from '../../../records/absences/rule.ts';
import { holdsOffice } from '../../../records/people/office.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { Person, Question, QuestionEntry } from '../../../store/client/client.ts';
import type { QuestionState } from '../../../store/client/enums.ts';
import { nextNumber } from '../../../store/counter.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, type Operation, operate } from '../../../store/operation.ts';
import { QUESTIONS } from '../../../store/outbox.ts';
import type { Tx } from '../../../store/store.ts';

export const CARD = 'question.card';
export const ENTRY = 'question.entry';
export const FILES = 'question.files';
export const ASSIGNED = 'question.assigned';
export const CLOSED = 'question.closed';

export const stateLabels: Record<QuestionState, string> = {
  OPEN: '답변 대기',
  ANSWERED: '답변 완료',
  CLOSED: '종료',
};

/** What somebody adds to a question. `origin`: the message that it was, for what is written in a thread. */
interface Contribution {
  text: string;
  files: FileRef[];
  origin?: { channel: string; ts: string; editedTs?: string };
}

const NO_QUESTION = '문의를 찾을 수 없습니다.';

/** @throws Refusal */
export async function getQuestion(tx: Tx, id: string): Promise<Question> {
  const question = await tx.question.findUnique({ where: { id } });
  if (!question) throw new Refusal(NO_QUESTION, '홈 → 전체 업무 → 내 문의에서 확인하십시오.');
  return question;
}

/** Held until the transaction ends, so that two contributions to one question come one after the other. */
export async function lockQuestion(tx: Tx, id: string): Promise<Question> {
  await tx.$queryRaw`SELECT id FROM "Question" WHERE id = ${id} FOR UPDATE`;
  const question = await getQuestion(tx, id);
  if ((await tx.destruction.count({ where: { filingId: id } })) > 0)
    throw new Refusal('보존기간이 지나 파기한 문의입니다.', '‘Q&A 문의’로 새로 물으십시오.');
  return question;
}

/** A new question; anybody may ask, registered or not. @throws Refusal */
export function ask(
  ground: Ground,
  who: Known,
  place: string,
  asked: { title: string; systemId: string | null } & Contribution,
): Promise<Question> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const { tx, now } = op;
    if (asked.systemId) await requireOwnSystem(tx, who, asked.systemId);
    const year = seoulDay(now).slice(0, 4);
    const number = `Q${year}-${String(await nextNumber(tx, `question:${year}`)).padStart(6, '0')}`;
    const question = await tx.question.create({
      data: {
        number,
        askerId: who.id,
        systemId: asked.systemId,
        title: asked.title,
        state: 'OPEN',
        askedAt: now,
        waitingSince: now,
      },
    });
    const entry = await writeEntry(op, question, who.id, false, asked);
    op.audit({ action: 'question.ask', subject: `question:${question.id}`, person: who.id });
    op.tell({
      key: cardKey(question.id),
      notice: CARD,
      to: QUESTIONS,
      facts: { questionId: question.id, update: 0 },
    });
    if (entry) tellFiles(op, entry, QUESTIONS);
    return question;
  });
}

async function requireOwnSystem(tx: Tx, who: Known, systemId: string): Promise<void> {
  const own = await tx.system.count({
    where: { id: systemId, OR: [{ contactId: who.id }, { deputyId: who.id }] },
  });
  if (own === 0) throw new Refusal('담당하는 시스템만 고를 수 있습니다.', '대상시스템을 다시 고르십시오.');
}

/**
 * Answers a question, also one that was closed. The asker gets it as a message. What was heard of before changes
 * nothing. @throws Refusal unless an officer at this moment
 */
export function answer(
  ground: Ground,
  who: Known,
  place: string,
  questionId: string,
  given: Contribution,
): Promise<void> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who.id, '표준API 관리자만 답변할 수 있습니다.');
    const question = await lockQuestion(op.tx, questionId);
    const entry = await writeEntry(op, question, who.id, true, given);
    if (!entry) return;
    await op.tx.question.update({
      where: { id: question.id },
      data: {
        state: 'ANSWERED',
        answeredAt: op.now,
        closedAt: null,
        assigneeId: question.assigneeId ?? who.id,
      },
    });
    audit(op, 'question.answer', question, { entry: entry.id });
    relay(op, question, entry);
    tellCard(op, question);
  });
}

/** The asker goes on asking, also after it was closed. @throws Refusal to anybody else */
export function followUp(
  ground: Ground,
  who: Known,
  place: string,
  questionId: string,
  given: Contribution,
): Promise<void> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const question = await lockQuestion(op.tx, questionId);
    requireAsker(question, who);
    const entry = await writeEntry(op, question, who.id, false, given);
    if (!entry) return;
    await op.tx.question.update({
      where: { id: question.id },
      data: {
        state: 'OPEN',
        closedAt: null,
        // What was not answered yet goes on waiting since it was first asked.
        ...(question.state === 'OPEN' ? {} : { waitingSince: op.now }),
      },
    });
    audit(op, 'question.followUp', question, { entry: entry.id });
    relay(op, question, entry);
    tellCard(op, question);
  });
}

/** By the asker, for whom it is solved, or by an officer; then the asker is told. @throws Refusal */
export function close(ground: Ground, who: Known, place: string, questionId: string): Promise<Question> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const question = await lockQuestion(op.tx, questionId);
    const own = question.askerId === who.id;
    if (!own) await requireOffice(op.tx, who.id, '질문한 사람과 표준API 관리자만 종료할 수 있습니다.');
    if (question.state === 'CLOSED') {
      throw new Refusal('이미 종료된 문의입니다.', '더 물을 것이 있으면 ‘추가 질문’을 누르십시오.');
    }
    const closed = await op.tx.question.update({
      where: { id: question.id },
      data: { state: 'CLOSED', closedAt: op.now },
    });
    audit(op, 'question.close', question);
    tellCard(op, question);
    if (!own) {
      op.tell({
        key: `question:${question.id}:closed:${crypto.randomUUID()}`,
        notice: CLOSED,
        to: question.askerId,
        facts: { questionId: question.id },
      });
    }
    return closed;
  });
}

export interface HandedOn {
  question: Question;
  to: Pick<Person, 'id' | 'name'>;
  /** The absence of that officer which is running. */
  away: Absence | null;
  /** Who was told: the officer, the substitute, or (null) all officers, both of those being away. */
  actingId: string | null;
}

/** 담당 넘기기. While the new one is away whoever acts for them is told. @throws Refusal unless both are officers */
export function handOn(
  ground: Ground,
  who: Known,
  place: string,
  questionId: string,
  officerId: string,
): Promise<HandedOn> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    await requireOffice(op.tx, who.id, '표준API 관리자만 담당을 넘길 수 있습니다.');
    const question = await lockQuestion(op.tx, questionId);
    const to = await op.tx.person.findUnique({ where: { id: officerId } });
    if (!to || !(await holdsOffice(op.tx, to.id))) {
      throw new Refusal('표준API 관리자가 아닌 사람입니다.', '표준API 관리자를 고르십시오.');
    }
    const today = seoulDay(op.now);
    const absences = await openAbsences(op.tx, today);
    const actingId = actingOn(absences, to.id, today);
    const handed = await op.tx.question.update({
      where: { id: question.id },
      data: { assigneeId: to.id },
    });
    op.audit({
      action: 'question.handOn',
      subject: `question:${question.id}`,
      person: to.id,
      data: { from: question.assigneeId, ...(actingId === to.id ? {} : { acting: actingId }) },
    });
    tellCard(op, question);
    if (actingId !== who.id) {
      op.tell({
        key: `question:${question.id}:assigned:${crypto.randomUUID()}`,
        notice: ASSIGNED,
        to: actingId ?? QUESTIONS,
        facts: { questionId: question.id, personId: to.id },
      });
    }
    return { question: handed, to, away: awayOn(absences, to.id, today), actingId };
  });
}

/** @throws Refusal */
export async function requireOffice(tx: Tx, personId: string, what: string): Promise<void> {
  if (!(await holdsOffice(tx, personId)))
    throw new Refusal(what, '권한이 필요하면 표준API 관리자에게 문의하십시오.');
}

function requireAsker({ askerId }: Question, who: Known): void {
  if (askerId !== who.id) throw new Refusal('본인이 올린 문의만 이어서 물을 수 있습니다.');
}

/** @returns null when the message behind it was taken in before */
async function writeEntry(
  { tx, now }: Operation,
  { id: questionId }: Question,
  authorId: string,
  byOfficer: boolean,
  { text, files, origin }: Contribution,
): Promise<QuestionEntry | null> {
  const id = uuid7(); // entries of one instant are read in the order of their ids
  const { count } = await tx.questionEntry.createMany({
    data: [
      {
        id,
        questionId,
        authorId,
        byOfficer,
        text,
        files: files as object[],
        ...(origin ?? {}),
        writtenAt: now,
      },
    ],
    skipDuplicates: true,
  });
  return count === 0 ? null : tx.questionEntry.findUniqueOrThrow({ where: { id } });
}

/** To the other side; what was written in a window also into the officers' thread, where the others read it. */
function relay(op: Operation, question: Question, entry: QuestionEntry): void {
  const sides = entry.byOfficer ? [question.askerId, ...(entry.ts ? [] : [QUESTIONS])] : [QUESTIONS];
  for (const to of sides) {
    const desk = to === QUESTIONS ? 1 : 0;
    op.tell({
      key: entryKey(entry.id, desk),
      notice: ENTRY,
      to,
      facts: { entryId: entry.id, desk, edit: 0 },
    });
    tellFiles(op, entry, to);
  }
}

function tellFiles(op: Operation, entry: QuestionEntry, to: string): void {
  const desk = to === QUESTIONS ? 1 : 0;
  if ((entry.files as unknown as FileRef[]).length === 0) return;
  op.tell({
    key: filesKey(entry.id, desk),
    notice: FILES,
    to,
    facts: { entryId: entry.id, desk, takeBack: 0 },
  });
}

export function tellCard(op: Operation, { id }: Question): void {
  op.tell({
    key: `${cardKey(id)}:${crypto.randomUUID()}`,
    notice: CARD,
    to: QUESTIONS,
    facts: { questionId: id, update: 1 },
  });
}

export function audit(
  op: Operation,
  action: string,
  { id, askerId }: Question,
  data?: Record<string, unknown>,
) {
  op.audit({ action, subject: `question:${id}`, person: askerId, ...(data ? { data } : {}) });
}

/** Outbox keys: the row under one tells where the message stands. */
export const cardKey = (questionId: string) => `question:${questionId}:card`;
export const entryKey = (entryId: string, desk: number) => `question.entry:${entryId}:${desk}`;
export const filesKey = (entryId: string, desk: number) => `question.files:${entryId}:${desk}`;
