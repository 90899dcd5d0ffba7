import { koreanDate, seoulDay } from '../../../core/calendar.ts';
import { OFFICE_FILES } from '../../../messenger/attachment-type.ts';
import type { Outcome, Submission } from '../../../messenger/click.ts';
import { type FormWindow, formWindow, readTyped, readWindow } from '../../../messenger/forms/form-window.ts';
import type { FileSource } from '../../../messenger/intake.ts';
import type { Messenger } from '../../../messenger/messenger.ts';
import { noteView } from '../../../messenger/refusal-view.ts';
import { officers, openAbsences } from '../../../records/absences/absence.ts';
import { awayWords, fullName } from '../../../records/absences/words.ts';
import type { Known } from '../../../store/known.ts';
import type { Ground } from '../../../store/operation.ts';
import { answerForm, handOnForm } from './form.ts';
import { type HandedOn, handOn, requireOfficer } from './hand-on.ts';
import { queueView } from './lists.ts';
import { answer, answerers, getQuestion } from './question.ts';
import { ANSWER, HAND_ON, headOf, masked, QUEUE } from './views.ts';

interface AnsweringParts {
  ground: Ground;
  files: FileSource;
}

/** Officers' actions: to answer a question, and to hand it on to a colleague. */
export function registerAnswering({ onAction, onSubmit }: Messenger, parts: AnsweringParts): void {
  const { db, now } = parts.ground;
  onAction(QUEUE, async ({ who, show }) => show(await queueView(db, who, seoulDay(now()))));
  onAction(ANSWER, async ({ who, value, show }) => {
    answerers.requireOfficer(who);
    await show(formWindow(answerWindow(value, [headOf(masked(await getQuestion(db, value)))])));
  });
  onSubmit(ANSWER, (submission) => takeAnswer(parts, submission));
  onAction(HAND_ON, async ({ who, value, show }) => {
    requireOfficer(who);
    const above = [headOf(masked(await getQuestion(db, value)))];
    await show(formWindow(await handOnWindow(parts.ground, who, value, above)));
  });
  onSubmit(HAND_ON, (submission) => takeHandOn(parts.ground, submission));
}

const answerWindow = (questionId: string, above: FormWindow['above'] = []) => ({
  callbackId: ANSWER,
  title: '답변하기',
  submit: '답변 보내기',
  form: answerForm,
  metadata: { question: questionId },
  above,
});

async function takeAnswer(
  { ground, files }: AnsweringParts,
  { who, place, view }: Submission,
): Promise<Outcome> {
  const questionId = view.metadata.question ?? '';
  const window = { db: ground.db, now: ground.now, files, rule: OFFICE_FILES };
  const read = await readWindow(window, answerWindow(questionId), view);
  if (!read.ok) return read.outcome;
  const { text, file = [] } = read.answers;
  await answer(ground, { who, place }, questionId, { text, files: file });
  return { update: noteView('답변을 보냈습니다', ['질문자에게 메시지로 전달합니다.']) };
}

async function handOnWindow(
  { db, now }: Ground,
  who: Known,
  questionId: string,
  above: FormWindow['above'] = [],
) {
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

async function takeHandOn(ground: Ground, { who, place, view }: Submission): Promise<Outcome> {
  requireOfficer(who);
  const questionId = view.metadata.question ?? '';
  const read = readTyped(await handOnWindow(ground, who, questionId), view, ground.now());
  if (!read.ok) return read.outcome;
  const handed = await handOn(ground, { who, place }, questionId, read.answers.officer);
  const { title, number } = masked(handed.question);
  return {
    update: noteView('담당을 넘겼습니다', [`${title} (문의번호 ${number})`, toldText(handed, who)]),
  };
}

/** Says who gets the message about a question that was handed on. */
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
