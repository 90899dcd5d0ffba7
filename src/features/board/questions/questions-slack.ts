import { Refusal } from '../../../core/refusal.ts';
import type { Click } from '../../../messenger/click.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import { type Ground, operate } from '../../../store/operation.ts';
import { registerAnswering } from './answering-slack.ts';
import { type QuestionParts, registerAsking } from './asking-slack.ts';
import { close } from './question.ts';
import { audit, FILES } from './tell.ts';
import { CLOSE, GET_FILE, masked } from './views.ts';

/** Registers the windows and buttons of Q&A 문의. */
export function registerQuestions(messenger: Messenger, parts: QuestionParts) {
  registerAsking(messenger, parts);
  registerAnswering(messenger, parts);
  messenger.onAction(CLOSE, (click) => closeQuestion(parts, click));
  messenger.onAction(GET_FILE, (click) => sendFiles(parts.ground, click));
}

async function closeQuestion({ ground, refreshHome }: QuestionParts, { who, place, value, show }: Click) {
  const question = await close(ground, { who, place }, value);
  const isAsker = question.askerId === who.id;
  const { title, number } = isAsker ? question : masked(question);
  refreshHome(who.slackId ?? '');
  await show(
    noteView('문의를 종료했습니다', [
      `${title} (문의번호 ${number})`,
      isAsker ? '다시 물을 것이 있으면 ‘추가 질문’을 누르십시오.' : '질문자에게 알렸습니다.',
    ]),
  );
}

async function sendFiles(ground: Ground, { who, place, value, show }: Click): Promise<void> {
  await operate(ground, { actor: who.id, place }, async (op) => {
    const entry = await op.tx.questionEntry.findUnique({
      where: { id: value },
      include: { question: true },
    });
    if (!entry || entry.withdrawnAt || !(who.officer || entry.question.askerId === who.id))
      throw new Refusal('첨부파일을 찾을 수 없습니다.', '‘전체 보기’를 다시 열어 확인하십시오.');
    audit(op, GET_FILE, entry.question, { entry: entry.id });
    op.tell({
      key: `question.file:${entry.id}:${who.id}:${op.now.getTime()}`,
      notice: FILES,
      to: who.id,
      facts: { entryId: entry.id, desk: 0, takeBack: 0 },
    });
  });
  await show(noteView('첨부파일을 보냅니다', ['이 앱의 ‘메시지’에서 받으십시오.']));
}
