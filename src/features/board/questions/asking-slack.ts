import { seoulDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { visibleText } from '../../../core/typed-text.ts';
import { ASK } from '../../../filing/buttons.ts';
import { QUESTION_FILES } from '../../../messenger/attachment-type.ts';
import { cut } from '../../../messenger/blocks.ts';
import type { Click, Outcome, Submission } from '../../../messenger/click.ts';
import { type FormWindow, formWindow, readWindow } from '../../../messenger/forms/form-window.ts';
import type { FileSource } from '../../../messenger/intake.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import { spokenText } from '../../../messenger/spoken-text.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, operate } from '../../../store/operation.ts';
import type { Db, Tx } from '../../../store/store.ts';
import { followUpForm, questionForm } from './form.ts';
import { mineView } from './lists.ts';
import { ask, followUp, getQuestion } from './question.ts';
import { audit } from './tell.ts';
import { conversationView, FOLLOW_UP, headOf, MINE, READ } from './views.ts';

/** Characters of a text that a button hands over into the form. */
const PREFILL = 2000;

export interface QuestionParts {
  ground: Ground;
  files: FileSource;
  /** Notes the name of an account that is not registered, so that officers can see whose question it is. */
  remember: (slackId: string) => Promise<void>;
  refreshHome: (slackId: string) => void;
}

/** The asker's actions: to ask, to read the answers, to ask further. */
export function registerAsking(
  { onAction, onMessageShortcut, onSubmit }: Messenger,
  parts: QuestionParts,
): void {
  const { db } = parts.ground;
  onAction(ASK, (click) => openQuestion(db, click, visibleText(click.value)));
  // Any reader of a message may make a question of it; names are masked, and the person edits the text before sending.
  onMessageShortcut('begin.question', async (click, message) =>
    openQuestion(db, click, await spokenText(db, message)),
  );
  onSubmit(ASK, (submission) => takeQuestion(parts, submission));
  onAction(MINE, async ({ who, show }) => show(await mineView(db, who)));
  onAction(READ, (click) => read(parts, click));
  onAction(FOLLOW_UP, async ({ who, value, show }) => {
    const question = await getQuestion(db, value);
    if (question.askerId !== who.id) throw new Refusal('본인이 올린 문의만 이어서 물을 수 있습니다.');
    await show(formWindow(followUpWindow(value, [headOf(question)])));
  });
  onSubmit(FOLLOW_UP, (submission) => takeFollowUp(parts, submission));
}

/** Opens the form of a question, with what is known of its text. */
export async function openQuestion(
  db: Db,
  { who, show }: Pick<Click, 'who' | 'show'>,
  words = '',
): Promise<void> {
  const text = cut(words, PREFILL);
  await show(formWindow(await askWindow(db, who), text ? { text } : {}));
}

const fileWindow = ({ ground: { db, now }, files }: QuestionParts) => ({
  db,
  now,
  files,
  rule: QUESTION_FILES,
});

async function askWindow(tx: Tx, who: Known) {
  const systems = await tx.system.findMany({
    where: { retiredAt: null, OR: [{ contactId: who.id }, { deputyId: who.id }] },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: 100,
  });
  return { callbackId: ASK, title: 'Q&A 문의', submit: '보내기', form: questionForm(systems) };
}

async function takeQuestion(parts: QuestionParts, { who, place, view }: Submission): Promise<Outcome> {
  const read = await readWindow(fileWindow(parts), await askWindow(parts.ground.db, who), view);
  if (!read.ok) return read.outcome;
  if (!who.name && who.slackId) await parts.remember(who.slackId);
  const answers: { title: string; text: string; file?: FileRef[]; system?: string } = read.answers;
  const { title, text, file = [], system = null } = answers;
  const question = await ask(parts.ground, { who, place }, { title, text, files: file, systemId: system });
  parts.refreshHome(who.slackId ?? '');
  return {
    update: noteView('문의를 보냈습니다', [
      `${question.title} (문의번호 ${question.number})`,
      '답변은 이 앱의 ‘메시지’로 도착합니다. 진행 상태는 홈 → 전체 업무 → 내 문의에서 볼 수 있습니다.',
    ]),
  };
}

/** Shows the conversation; reading somebody else's question is recorded. */
async function read({ ground }: QuestionParts, { who, place, value, show }: Click): Promise<void> {
  const view = await conversationView(ground.db, who, value, seoulDay(ground.now()));
  const question = await getQuestion(ground.db, value);
  if (question.askerId !== who.id)
    await operate(ground, { actor: who.id, place }, async (op) => audit(op, READ, question));
  await show(view);
}

const followUpWindow = (questionId: string, above: FormWindow['above'] = []) => ({
  callbackId: FOLLOW_UP,
  title: '추가 질문',
  submit: '보내기',
  form: followUpForm,
  metadata: { question: questionId },
  above,
});

async function takeFollowUp(parts: QuestionParts, { who, place, view }: Submission): Promise<Outcome> {
  const questionId = view.metadata.question ?? '';
  const read = await readWindow(fileWindow(parts), followUpWindow(questionId), view);
  if (!read.ok) return read.outcome;
  const { text, file = [] } = read.answers;
  await followUp(parts.ground, { who, place }, questionId, { text, files: file });
  parts.refreshHome(who.slackId ?? '');
  return { update: noteView('추가 질문을 보냈습니다', ['답변은 이 앱의 ‘메시지’로 도착합니다.']) };
}
