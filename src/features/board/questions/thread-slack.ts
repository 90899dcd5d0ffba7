import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../../../core/refusal.ts';
import { OFFICE_FILES, QUESTION_FILES } from '../../../messenger/attachment-type.ts';
import { fallback } from '../../../messenger/blocks.ts';
import { chosenFiles, type GivenFile } from '../../../messenger/entered.ts';
import { type FileSource, takeFile } from '../../../messenger/intake.ts';
import type { SlackMessenger } from '../../../messenger/slack/messenger.ts';
import { isWritten, spokenText } from '../../../messenger/spoken-text.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { Known } from '../../../store/known.ts';
import type { Ground } from '../../../store/operation.ts';
import { QUESTIONS } from '../../../store/outbox.ts';
import type { Db } from '../../../store/store.ts';
import { LONGEST } from './form.ts';
import { answer, followUp } from './question.ts';
import { editEntry, findEntry, withdrawEntry, withdrawUnheard } from './revise.ts';
import { ASSIGNED, CARD, CLOSED, ENTRY } from './tell.ts';

/** A message in a thread that the messenger reports as written, edited or deleted. */
interface Heard {
  channel: string;
  thread: string;
  ts: string;
  user: string;
  text: string;
  /** The text before it was edited or deleted. */
  before: string;
  files: GivenFile[];
  /** ts of the edit, when the message was edited. */
  editedTs: string | null;
  deleted: boolean;
}

interface RawMessage {
  subtype?: string;
  channel?: string;
  channel_type?: string;
  ts?: string;
  thread_ts?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  files?: GivenFile[];
  edited?: { ts: string };
  message?: RawMessage;
  previous_message?: RawMessage;
  deleted_ts?: string;
}

interface ThreadParts {
  ground: Ground;
  files: FileSource;
  whoIs: (slackId: string) => Promise<Known>;
}

/**
 * Listens to the two threads of a question: a text of an officer under its card is an answer, a text of the asker
 * under an answer is a further question. An event that comes twice, late or out of order takes effect once.
 */
export function registerThreads(messenger: SlackMessenger, parts: ThreadParts) {
  const { db } = parts.ground;
  const conversation: Conversation = { ...parts, client: messenger.client, log: messenger.log };
  messenger.app.message(async ({ message }) => {
    const raw = message as RawMessage;
    if (raw.channel_type !== 'im' && raw.channel_type !== 'group') return;
    const heard = heardIn(raw);
    const found = heard && (await findQuestion(db, heard.channel, heard.thread));
    if (found) await hear(conversation, heard, found);
  });
  return {
    /** Whether a message belongs to a question's thread, so that the bot does not answer it itself. */
    isOfQuestion: async (channel: string, thread: string | undefined) =>
      thread !== undefined && (await findQuestion(db, channel, thread)) !== null,
  };
}

type Conversation = ThreadParts & Pick<SlackMessenger, 'client' | 'log'>;

/** Adds a message to the question, or tells its writer why it was not added. */
async function hear(conversation: Conversation, heard: Heard, found: Found): Promise<void> {
  try {
    await take(conversation, heard, found);
  } catch (error) {
    if (!(error instanceof Refusal))
      conversation.log.error(
        { err: error, question: found.questionId },
        'a message in a thread was not taken',
      );
    const refusal =
      error instanceof Refusal
        ? [error.message, error.next].filter(Boolean).join(' ')
        : '일시적인 문제로 전달하지 못했습니다. 잠시 뒤 글을 다시 쓰십시오.';
    await tell(conversation, heard, found, refusal);
  }
}

async function take(conversation: Conversation, heard: Heard, found: Found): Promise<void> {
  const { ground, whoIs } = conversation;
  const place = `slack:${heard.channel}`;
  const entry = await findEntry(ground.db, heard.channel, heard.ts);
  const who = await whoIs(heard.user);
  const internal = found.desk && isInternal(heard.text);
  if (entry) {
    if (heard.deleted || internal) return withdrawEntry(ground, { who, place }, entry.id);
    if (heard.editedTs) {
      const text = await textOf(ground.db, heard);
      const edit = { entryId: entry.id, text, editedTs: heard.editedTs };
      if (text) await editEntry(ground, { who, place }, edit);
    }
    return;
  }
  if (heard.deleted || internal) {
    const wasNote = found.desk && isInternal(heard.before);
    if (wasNote || !(heard.deleted || heard.editedTs)) return;
    const { channel, ts } = heard;
    const message = { questionId: found.questionId, byOfficer: found.desk, channel, ts };
    return withdrawUnheard(ground, { who, place }, message);
  }
  const [text, refs] = [await textOf(ground.db, heard), await takeFiles(conversation, heard, found)];
  if (!text && refs.length === 0) return;
  const contribution = {
    text: text || '(첨부파일을 보십시오.)',
    files: refs,
    origin: {
      channel: heard.channel,
      ts: heard.ts,
      ...(heard.editedTs ? { editedTs: heard.editedTs } : {}),
    },
  };
  await (found.desk ? answer : followUp)(ground, { who, place }, found.questionId, contribution);
}

/** The text of a message. @throws Refusal when it does not fit into the message that passes it on */
async function textOf(db: Db, { text }: Heard): Promise<string> {
  const plain = await spokenText(db, text);
  if (plain.length <= LONGEST) return plain;
  throw new Refusal(
    `글이 ${LONGEST.toLocaleString('ko-KR')}자를 넘어 전달하지 않았습니다.`,
    '나누어 쓰거나 파일로 첨부하십시오.',
  );
}

/** Stores the files of a message; the writer is told about each file that is refused. */
async function takeFiles(conversation: Conversation, heard: Heard, found: Found): Promise<FileRef[]> {
  const { ground, files } = conversation;
  const refs: FileRef[] = [];
  for (const chosen of chosenFiles(heard)) {
    const rule = found.desk ? OFFICE_FILES : QUESTION_FILES;
    const result = await takeFile({ db: ground.db, now: ground.now, files, rule }, chosen);
    if (result.ok) refs.push(result.ref);
    else await tell(conversation, heard, found, `전달하지 않은 파일이 있습니다. ${result.message}`);
  }
  return refs;
}

/** Tells the writer something; in the officers' channel nobody else sees it. */
async function tell(
  { client, log }: Conversation,
  { channel, thread, user }: Heard,
  { desk }: Found,
  text: string,
): Promise<void> {
  const message = { channel, thread_ts: thread, text: fallback(text) };
  const sending = desk ? client.chat.postEphemeral({ ...message, user }) : client.chat.postMessage(message);
  await sending.catch((error: unknown) => log.warn({ err: error }, 'a writer in a thread was not told'));
}

function heardIn(raw: RawMessage): Heard | null {
  const { channel = '' } = raw;
  if (raw.subtype === 'message_deleted')
    return heardOf(
      { ...raw.previous_message, channel, ...(raw.deleted_ts ? { ts: raw.deleted_ts } : {}) },
      { deleted: true, before: raw.previous_message?.text },
    );
  if (raw.subtype === 'message_changed') {
    // Without `edited` the text is unchanged: a link was unfurled, or the number of replies changed.
    const editedTs = raw.message?.edited?.ts;
    return editedTs
      ? heardOf({ ...raw.message, channel }, { editedTs, before: raw.previous_message?.text })
      : null;
  }
  return isWritten(raw) ? heardOf(raw) : null;
}

/**
 * Whether officers talk among themselves: a text that begins with `//` or with a mention is for colleagues and is not
 * passed on to the asker.
 */
function isInternal(text: string): boolean {
  return /^\s*(?:\/\/|<@)/.test(text);
}

function heardOf(
  raw: RawMessage,
  {
    deleted = false,
    editedTs = null,
    before = '',
  }: { deleted?: boolean; editedTs?: string | null; before?: string | undefined } = {},
): Heard | null {
  const { channel, thread_ts: thread, ts, user, bot_id, text = '', files = [] } = raw;
  if (bot_id || !channel || !thread || !ts || !user || thread === ts) return null;
  return { channel, thread, ts, user, text, before, files, editedTs, deleted };
}

interface Found {
  questionId: string;
  /** Whether it is the officers' thread; otherwise it is the asker's. */
  desk: boolean;
}

const ROOTS = [CARD, ENTRY, CLOSED, ASSIGNED];
const MOMENT_MS = 1000;

/**
 * Finds the question of a thread: the outbox holds channel and ts of the message that begins it. A message that was
 * posted a moment ago may not be recorded there yet, so the outbox is read a second time.
 */
async function findQuestion(db: Db, channel: string, thread: string): Promise<Found | null> {
  const found = await lookUp(db, channel, thread);
  if (found) return found;
  const underWay = await db.outbox.count({ where: { state: 'CLAIMED', notice: { in: ROOTS } } });
  if (underWay > 0) await sleep(MOMENT_MS);
  // Read again even when no delivery is under way: it may have been recorded between the two queries.
  return lookUp(db, channel, thread);
}

async function lookUp(db: Db, channel: string, thread: string): Promise<Found | null> {
  const row = await db.outbox.findFirst({
    where: { channel, ts: thread, notice: { in: ROOTS } },
  });
  const desk = row?.recipient === QUESTIONS;
  if (!row || (row.notice === ASSIGNED && !desk)) return null; // a message to one officer begins no thread with the asker
  const facts = row.facts as { questionId?: string; entryId?: string };
  if (facts.questionId) return { questionId: facts.questionId, desk };
  const entry = await db.questionEntry.findUnique({ where: { id: facts.entryId ?? '' } });
  return entry && { questionId: entry.questionId, desk: false };
}
