import { v7 as uuid7 } from 'uuid';
import { seoulDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import type { Scene } from '../../../messenger/click.ts';
import { officersOnly } from '../../../records/people/office.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { Question, QuestionEntry } from '../../../store/client/client.ts';
import type { QuestionState } from '../../../store/client/enums.ts';
import { nextNumber } from '../../../store/counter.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, type Operation, operate } from '../../../store/operation.ts';
import { QUESTIONS } from '../../../store/outbox.ts';
import type { Tx } from '../../../store/store.ts';
import { audit, CARD, CLOSED, cardKey, relay, tellCard } from './tell.ts';

export const stateLabels: Record<QuestionState, string> = {
  OPEN: '답변 대기',
  ANSWERED: '답변 완료',
  CLOSED: '종료',
};

/** A text that somebody adds to a question. `origin` is the message, when the text was written in a thread. */
interface Contribution {
  text: string;
  files: FileRef[];
  origin?: { channel: string; ts: string; editedTs?: string };
}

/** Advice in the refusal to an officer who lost the role. */
export const ASK_FOR_ROLE = '권한이 필요하면 표준API 관리자에게 문의하십시오.';
export const answerers = officersOnly('표준API 관리자만 답변할 수 있습니다.', ASK_FOR_ROLE);
const closers = officersOnly('질문한 사람과 표준API 관리자만 종료할 수 있습니다.', ASK_FOR_ROLE);

const NO_QUESTION = '문의를 찾을 수 없습니다.';

/** @throws Refusal */
export async function getQuestion(tx: Tx, id: string): Promise<Question> {
  const question = await tx.question.findUnique({ where: { id } });
  if (!question) throw new Refusal(NO_QUESTION, '홈 → 전체 업무 → 내 문의에서 확인하십시오.');
  return question;
}

/** Locks the question until the transaction ends, so that two texts for one question are added one after the other. */
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
  { who, place }: Scene,
  asked: { title: string; systemId: string | null } & Contribution,
): Promise<Question> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const { tx, now } = op;
    if (asked.systemId) await requireOwnSystem(tx, who, asked.systemId);
    const year = seoulDay(now).slice(0, 4);
    const number = `Q${year}-${String(await nextNumber(tx, 'question', year)).padStart(6, '0')}`;
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
    await writeEntry(op, question, who.id, false, asked);
    op.audit({ action: 'question.ask', subject: `question:${question.id}`, person: who.id });
    op.tell({
      key: cardKey(question.id),
      notice: CARD,
      to: QUESTIONS,
      facts: { questionId: question.id, update: 0 },
    });
    return question;
  });
}

async function requireOwnSystem(tx: Tx, who: Known, systemId: string): Promise<void> {
  const count = await tx.system.count({
    where: { id: systemId, OR: [{ contactId: who.id }, { deputyId: who.id }] },
  });
  if (count === 0) throw new Refusal('담당하는 시스템만 고를 수 있습니다.', '대상시스템을 다시 고르십시오.');
}

/**
 * Answers a question, also a closed one. The asker gets the answer as a message. A thread message that was added
 * before changes nothing. @throws Refusal unless an officer at this moment
 */
export function answer(
  ground: Ground,
  { who, place }: Scene,
  questionId: string,
  given: Contribution,
): Promise<void> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    await answerers.requireOffice(op.tx, who);
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

/** Adds a further question of the asker, also to a closed question. @throws Refusal to anybody else */
export function followUp(
  ground: Ground,
  { who, place }: Scene,
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
        // A question that was not answered yet keeps the time since which it waits.
        ...(question.state === 'OPEN' ? {} : { waitingSince: op.now }),
      },
    });
    audit(op, 'question.followUp', question, { entry: entry.id });
    relay(op, question, entry);
    tellCard(op, question);
  });
}

/** Closes a question, for its asker or for an officer; an officer's closing is told to the asker. @throws Refusal */
export function close(ground: Ground, { who, place }: Scene, questionId: string): Promise<Question> {
  return operate(ground, { actor: who.id, place }, async (op) => {
    const question = await lockQuestion(op.tx, questionId);
    const isAsker = question.askerId === who.id;
    if (!isAsker) await closers.requireOffice(op.tx, who);
    if (question.state === 'CLOSED') {
      throw new Refusal('이미 종료된 문의입니다.', '더 물을 것이 있으면 ‘추가 질문’을 누르십시오.');
    }
    const closed = await op.tx.question.update({
      where: { id: question.id },
      data: { state: 'CLOSED', closedAt: op.now },
    });
    audit(op, 'question.close', question);
    tellCard(op, question);
    if (!isAsker) {
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

function requireAsker({ askerId }: Question, who: Known): void {
  if (askerId !== who.id) throw new Refusal('본인이 올린 문의만 이어서 물을 수 있습니다.');
}

/** Adds a text to a question. @returns null when the same thread message was added before */
async function writeEntry(
  { tx, now }: Operation,
  { id: questionId }: Question,
  authorId: string,
  byOfficer: boolean,
  { text, files, origin }: Contribution,
): Promise<QuestionEntry | null> {
  const id = uuid7(); // entries written at one instant are ordered by their ids
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
