import { koreanDate, seoulDay } from '../../../core/calendar.ts';
import { Refusal } from '../../../core/refusal.ts';
import { visibleText } from '../../../core/typed-text.ts';
import { OFFICE_FILES, QUESTION_FILES } from '../../../messenger/attachment-type.ts';
import { context, cut } from '../../../messenger/blocks.ts';
import type { Outcome } from '../../../messenger/click.ts';
import { type FormWindow, formWindow, readTyped, readWindow } from '../../../messenger/forms/form-window.ts';
import type { FileSource } from '../../../messenger/intake.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import { officers, openAbsences } from '../../../records/absences/absence.ts';
import { awayWords, fullName } from '../../../records/absences/words.ts';
import type { FileRef } from '../../../store/blobs.ts';
import type { Question } from '../../../store/client/client.ts';
import type { Known } from '../../../store/known.ts';
import { type Ground, operate } from '../../../store/operation.ts';
import { answerForm, followUpForm, handOnForm, questionForm } from './form.ts';
import {
  answer,
  ask,
  audit,
  close,
  FILES,
  followUp,
  getQuestion,
  type HandedOn,
  handOn,
} from './question.ts';
import {
  ANSWER,
  ASK,
  CLOSE,
  conversationView,
  FOLLOW_UP,
  GET_FILE,
  HAND_ON,
  MINE,
  mineView,
  QUEUE,
  queueView,
  READ,
} from './views.ts';

/** What a button may carry. */
const PREFILL = 2000;

interface QuestionParts {
  ground: Ground;
  files: FileSource;
  /** Notes the name of an account that is not registered, so that officers can see whose question it is. */
  remember: (slackId: string) => Promise<void>;
  refreshHome: (slackId: string) => void;
}

/** The windows and buttons of Q&A 문의. */
export function registerQuestions(
  { onAction, onSubmit }: Messenger,
  { ground, files, remember, refreshHome }: QuestionParts,
) {
  const { db, now } = ground;
  const asking = { db, now, files, rule: QUESTION_FILES };
  const answering = { db, now, files, rule: OFFICE_FILES };

  onAction(ASK, async ({ who, value, show }) => {
    const text = cut(visibleText(value), PREFILL);
    await show(formWindow(await askWindow(who), text ? { text } : {}));
  });

  async function askWindow(who: Known) {
    const systems = await db.system.findMany({
      where: { retiredAt: null, OR: [{ contactId: who.id }, { deputyId: who.id }] },
      orderBy: { createdAt: 'desc' },
      take: 100,
    });
    return { callbackId: ASK, title: 'Q&A 문의', submit: '보내기', form: questionForm(systems) };
  }

  onSubmit(ASK, async ({ who, place, view }): Promise<Outcome> => {
    const read = await readWindow(asking, await askWindow(who), view);
    if (!read.ok) return read.outcome;
    if (!who.name && who.slackId) await remember(who.slackId);
    const answers: { title: string; text: string; file?: FileRef[]; system?: string } = read.answers;
    const { title, text, file = [], system = null } = answers;
    const question = await ask(ground, who, place, { title, text, files: file, systemId: system });
    refreshHome(who.slackId ?? '');
    return {
      update: noteView('문의를 보냈습니다', [
        `${question.title} (문의번호 ${question.number})`,
        '답변은 이 앱의 ‘메시지’로 도착합니다. 진행 상태는 홈 → 전체 업무 → 내 문의에서 볼 수 있습니다.',
      ]),
    };
  });

  onAction(MINE, async ({ who, show }) => show(await mineView(db, who)));
  onAction(QUEUE, async ({ who, show }) => show(await queueView(db, who, seoulDay(now()))));

  onAction(READ, async ({ who, place, value, show }) => {
    const view = await conversationView(db, who, value, seoulDay(now()));
    const question = await getQuestion(db, value);
    if (question.askerId !== who.id)
      await operate(ground, { actor: who.id, place }, async (op) => audit(op, READ, question));
    await show(view);
  });

  const followUpWindow = (questionId: string, above: FormWindow['above'] = []) => ({
    callbackId: FOLLOW_UP,
    title: '추가 질문',
    submit: '보내기',
    form: followUpForm,
    metadata: { question: questionId },
    above,
  });

  onAction(FOLLOW_UP, async ({ who, value, show }) => {
    const question = await getQuestion(db, value);
    if (question.askerId !== who.id) throw new Refusal('본인이 올린 문의만 이어서 물을 수 있습니다.');
    await show(formWindow(followUpWindow(value, [headOf(question)])));
  });

  onSubmit(FOLLOW_UP, async ({ who, place, view }): Promise<Outcome> => {
    const questionId = view.metadata.question ?? '';
    const read = await readWindow(asking, followUpWindow(questionId), view);
    if (!read.ok) return read.outcome;
    const { text, file = [] } = read.answers;
    await followUp(ground, who, place, questionId, { text, files: file });
    refreshHome(who.slackId ?? '');
    return { update: noteView('추가 질문을 보냈습니다', ['답변은 이 앱의 ‘메시지’로 도착합니다.']) };
  });

  const answerWindow = (questionId: string, above: FormWindow['above'] = []) => ({
    callbackId: ANSWER,
    title: '답변하기',
    submit: '답변 보내기',
    form: answerForm,
    metadata: { question: questionId },
    above,
  });

  onAction(ANSWER, async ({ who, value, show }) => {
    if (!who.officer) throw new Refusal('표준API 관리자만 답변할 수 있습니다.');
    await show(formWindow(answerWindow(value, [headOf(await getQuestion(db, value))])));
  });

  onSubmit(ANSWER, async ({ who, place, view }): Promise<Outcome> => {
    const questionId = view.metadata.question ?? '';
    const read = await readWindow(answering, answerWindow(questionId), view);
    if (!read.ok) return read.outcome;
    const { text, file = [] } = read.answers;
    await answer(ground, who, place, questionId, { text, files: file });
    return { update: noteView('답변을 보냈습니다', ['질문자에게 메시지로 전달합니다.']) };
  });

  onAction(CLOSE, async ({ who, place, value, show }) => {
    const question = await close(ground, who, place, value);
    refreshHome(who.slackId ?? '');
    await show(
      noteView('문의를 종료했습니다', [
        `${question.title} (문의번호 ${question.number})`,
        question.askerId === who.id
          ? '다시 물을 것이 있으면 ‘추가 질문’을 누르십시오.'
          : '질문자에게 알렸습니다.',
      ]),
    );
  });

  async function handOnWindow(who: Known, questionId: string, above: FormWindow['above'] = []) {
    const today = seoulDay(now());
    const [all, absences] = await Promise.all([officers(db), openAbsences(db, today)]);
    const choices = all.map(({ id, name }) => ({
      value: id,
      label: `${name}${id === who.id ? ' (나)' : awayWords(absences, id, today, who.id)}`,
    }));
    return {
      callbackId: HAND_ON,
      title: '담당 넘기기',
      submit: '넘기기',
      form: handOnForm(choices),
      metadata: { question: questionId },
      above,
    };
  }

  onAction(HAND_ON, async ({ who, value, show }) => {
    if (!who.officer) throw new Refusal('표준API 관리자만 담당을 넘길 수 있습니다.');
    await show(formWindow(await handOnWindow(who, value, [headOf(await getQuestion(db, value))])));
  });

  onSubmit(HAND_ON, async ({ who, place, view }): Promise<Outcome> => {
    if (!who.officer) throw new Refusal('표준API 관리자만 담당을 넘길 수 있습니다.');
    const questionId = view.metadata.question ?? '';
    const read = readTyped(await handOnWindow(who, questionId), view, now());
    if (!read.ok) return read.outcome;
    const handed = await handOn(ground, who, place, questionId, read.answers.officer);
    const { title, number } = handed.question;
    return {
      update: noteView('담당을 넘겼습니다', [`${title} (문의번호 ${number})`, toldText(handed, who)]),
    };
  });

  onAction(GET_FILE, async ({ who, place, value, show }) => {
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
  });
}

const headOf = ({ title, number }: Question) => context(`${title} (문의번호 ${number})`);

/** Whom the hand-over reached. */
function toldText({ to, away, actingId }: HandedOn, who: Known): string {
  const name = fullName(to);
  if (!away) return to.id === who.id ? '이제 내가 담당합니다.' : `${name} 님에게 알렸습니다.`;
  const until = `${name} 님은 부재 중입니다(~ ${koreanDate(away.toOn)}).`;
  if (actingId === null)
    return `${until} 대신할 ${fullName(away.substitute)} 님도 부재 중이어서 관리자 모두에게 알렸습니다.`;
  return actingId === who.id
    ? `${until} 그동안 내가 대신합니다.`
    : `${until} 대신하는 ${fullName(away.substitute)} 님에게 알렸습니다.`;
}
