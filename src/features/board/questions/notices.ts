import type { KnownBlock } from '@slack/types';
import { koreanDateTime, seoulDay } from '../../../core/calendar.ts';
import { maskName, maskWithin } from '../../../core/mask.ts';
import { actions, context, cut, fallback, header, lines, section } from '../../../messenger/blocks.ts';
import type { Facts, Notice, Notices } from '../../../messenger/notice.ts';
import { maskedName } from '../../../records/absences/words.ts';
import { readFiles } from '../../../store/blobs.ts';
import type { Question, QuestionEntry } from '../../../store/client/client.ts';
import { QUESTIONS } from '../../../store/outbox.ts';
import type { Db, Tx } from '../../../store/store.ts';
import { stateLabels } from './question.ts';
import { ASSIGNED, CARD, CLOSED, cardKey, ENTRY, entryKey, FILES, filesKey } from './tell.ts';
import { askerButtons, filesLine, masked, officerButtons, questionHead, textBlocks } from './views.ts';

/** The most characters of a fallback text: chat.update takes 4,000 bytes. */
const HEADLINE = 200;

/** Messages about questions: the officers' card and its thread, the answers to the asker. */
export function questionNotices({ now }: { now: () => Date }): Notices {
  return {
    [CARD]: (db, facts) => card(db, facts, seoulDay(now())),
    [ENTRY]: entryNotice,
    [FILES]: filesNotice,
    [ASSIGNED]: (db, facts, _by, to) => assignedNotice(db, facts, to, seoulDay(now())),
    [CLOSED]: closedNotice,
  };
}

/** The officers' card of a question. What officers write in its thread goes to the asker. */
async function card(db: Db, facts: Facts, today: string): Promise<Notice | null> {
  const questionId = String(facts.questionId);
  const posted = facts.update === 1 ? await sentAs(db, cardKey(questionId)) : null;
  if (facts.update === 1 && !posted) return null; // the card is not posted yet and will show the current state
  const found = await db.question.findUniqueOrThrow({
    where: { id: questionId },
    include: { entries: { orderBy: [{ writtenAt: 'asc' }, { id: 'asc' }] } },
  });
  const question = masked(found);
  const [first] = question.entries;
  const answers = question.entries.filter((entry) => entry.byOfficer && !entry.withdrawnAt);
  const last = answers.at(-1);
  return {
    text: headline(`Q&A 문의 ${stateLabels[question.state]}: ${question.title} (${question.number})`),
    blocks: [
      header(`Q&A 문의 · ${stateLabels[question.state]}`),
      lines(await questionHead(db, question, today)),
      // Only the window shows the numbers and addresses that the asker typed; opening it is recorded.
      ...textBlocks(maskWithin(first?.text ?? '')),
      ...filesLine(first),
      ...(last ? [context(`답변 ${answers.length}건 · 마지막 답변 ${koreanDateTime(last.writtenAt)}`)] : []),
      context(
        '이 스레드에 쓰는 글과 파일은 질문자에게 답변으로 전달됩니다. ‘//’나 동료의 @이름으로 시작하는 글은 관리자끼리만 봅니다.',
      ),
      actions(...officerButtons(question)),
    ],
    ...(posted ? { replaces: posted } : {}),
  };
}

/** The message that passes a text on to the other side, or the replacement of that message after an edit. */
async function entryNotice(db: Db, facts: Facts): Promise<Notice | null> {
  const entryId = String(facts.entryId);
  const entry = await db.questionEntry.findUniqueOrThrow({
    where: { id: entryId },
    include: { question: true },
  });
  const { withdrawnAt, byOfficer } = entry;
  const toDesk = facts.desk === 1;
  const question = toDesk ? masked(entry.question) : entry.question;
  const posted = facts.edit === 1 ? await sentAs(db, entryKey(entryId, Number(facts.desk))) : null;
  if (facts.edit === 1 ? !posted : withdrawnAt) return null;
  const gone = `${byOfficer ? '관리자가 답변을' : '질문자가 글을'} 거두었습니다. (${question.number})`;
  const blocks = toDesk ? await deskEntry(db, entry) : answerBlocks(question, entry.text);
  const headText = byOfficer ? '답변이 도착했습니다' : '추가 질문';
  return {
    text: headline(withdrawnAt ? gone : `${headText}: ${question.title} (${question.number})`),
    blocks: withdrawnAt ? [section(gone)] : blocks,
    ...(posted ? { replaces: posted } : {}),
    ...(toDesk ? { thread: await threadOf(db, question.id) } : {}),
  };
}

/** Passes the files of a text on to the other side, or removes them there when the text was deleted. */
async function filesNotice(db: Db, facts: Facts): Promise<Notice | null> {
  const entryId = String(facts.entryId);
  const entry = await db.questionEntry.findUniqueOrThrow({
    where: { id: entryId },
    include: { question: true },
  });
  const files = readFiles(entry.files);
  const { title, number } = facts.desk === 1 ? masked(entry.question) : entry.question;
  const text = `${title} (${number}) 첨부파일`;
  const notice = { text: headline(text), blocks: [section(text)] };
  if (facts.takeBack === 1) {
    const row = await db.outbox.findUnique({ where: { key: filesKey(entryId, Number(facts.desk)) } });
    return row ? { ...notice, takesBack: row } : null;
  }
  if (entry.withdrawnAt) return null;
  return {
    ...notice,
    files,
    ...(facts.desk === 1 ? { thread: await threadOf(db, entry.questionId) } : {}),
  };
}

/** Tells the new officer of a question, or the substitute, or all officers when both are away. */
async function assignedNotice(
  db: Db,
  facts: Facts,
  to: string | undefined,
  today: string,
): Promise<Notice | null> {
  const found = await db.question.findUniqueOrThrow({ where: { id: String(facts.questionId) } });
  const question = masked(found);
  const officer = await db.person.findUniqueOrThrow({ where: { id: String(facts.personId) } });
  if (question.assigneeId !== officer.id || question.state === 'CLOSED') return null;
  const what = `${question.title} (${question.number})`;
  const away = `${maskedName(officer)} 님이 부재 중이어서`;
  const text =
    to === officer.id
      ? `Q&A 문의 담당이 되었습니다: ${what}`
      : to === QUESTIONS
        ? `${away}, 대신할 관리자도 부재 중이므로 관리자 모두가 볼 문의입니다: ${what}`
        : `${away} 대신 맡을 Q&A 문의입니다: ${what}`;
  return {
    text: headline(text),
    blocks: [
      section(text),
      lines(await questionHead(db, question, today)),
      actions(...officerButtons(question)),
      context(
        to === QUESTIONS
          ? '이 메시지의 스레드에 글을 쓰거나 ‘답변하기’를 누르면 질문자에게 전달됩니다.'
          : '관리자 채널의 스레드에 글을 쓰거나 ‘답변하기’를 누르면 질문자에게 전달됩니다.',
      ),
    ],
  };
}

async function closedNotice(db: Db, facts: Facts): Promise<Notice | null> {
  const question = await db.question.findUniqueOrThrow({ where: { id: String(facts.questionId) } });
  if (question.state !== 'CLOSED') return null;
  const text = `관리자가 문의를 종료했습니다: ${question.title} (${question.number})`;
  return {
    text: headline(text),
    blocks: [section(text), actions(...askerButtons(question))],
  };
}

const headline = (text: string) => fallback(cut(text, HEADLINE));

function answerBlocks(question: Question, text: string): KnownBlock[] {
  return [
    header('답변이 도착했습니다'),
    section(`${question.title} (${question.number})`),
    ...textBlocks(text),
    context('이 메시지에 답글을 달거나 ‘추가 질문’을 누르면 이어서 물을 수 있습니다.'),
    actions(...askerButtons({ ...question, state: 'ANSWERED' })),
  ];
}

/** A text in the officers' thread: its author and words; numbers and addresses that the asker typed are masked. */
async function deskEntry(
  db: Db,
  entry: Pick<QuestionEntry, 'byOfficer' | 'authorId' | 'text' | 'files'>,
): Promise<KnownBlock[]> {
  const author = await db.person.findUnique({ where: { id: entry.authorId } });
  const name = author?.name ? maskName(author.name) : '이름 없음';
  return [
    context(entry.byOfficer ? `답변: ${name} (질문자에게 전달됨)` : `추가 질문: ${name}`),
    ...textBlocks(entry.byOfficer ? entry.text : maskWithin(entry.text)),
    ...(entry.byOfficer ? [] : filesLine(entry)),
  ];
}

/** Channel and ts of the message of this outbox row; null while it is not sent. */
async function sentAs(tx: Tx, key: string): Promise<{ channel: string; ts: string } | null> {
  const row = await tx.outbox.findUnique({ where: { key } });
  return row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : null;
}

/** ts of the question's card, which begins the officers' thread. @throws while the card is not posted */
async function threadOf(db: Db, questionId: string): Promise<string> {
  const card = await sentAs(db, cardKey(questionId));
  if (!card) throw new Error('the card of the question was not posted yet');
  return card.ts;
}
