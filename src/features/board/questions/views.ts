import type { Button, KnownBlock, ModalView } from '@slack/types';
import { koreanDateTime } from '../../../core/calendar.ts';
import { maskName, maskWithin } from '../../../core/mask.ts';
import { Refusal } from '../../../core/refusal.ts';
import {
  actions,
  button,
  context,
  divider,
  type Labelled,
  lines,
  longText,
  modal,
  section,
} from '../../../messenger/blocks.ts';
import { openAbsences } from '../../../records/absences/absence.ts';
import { awayWords } from '../../../records/absences/words.ts';
import { readFiles } from '../../../store/blobs.ts';
import type { Question, QuestionEntry } from '../../../store/client/client.ts';
import type { Known } from '../../../store/known.ts';
import type { Tx } from '../../../store/store.ts';
import { stateLabels } from './question.ts';
import { heardOnly } from './revise.ts';

export const MINE = 'questions.mine';
export const QUEUE = 'questions.queue';
export const FOLLOW_UP = 'question.followUp';
export const CLOSE = 'question.close';
export const ANSWER = 'question.answer';
export const HAND_ON = 'question.handOn';
export const READ = 'question.read';
export const GET_FILE = 'question.file';
/** The library (resources) handles this action. */
export const MAKE_FAQ = 'resource.fromQuestion';

/** The most characters of a section: a longer text is cut into pieces of this length. */
const PIECE = 3000;
/** How many of the latest entries a window shows. */
const SHOWN = 15;

/** A text as it was typed, in as many blocks as it needs. */
export function textBlocks(text: string): KnownBlock[] {
  const pieces: string[] = [];
  const letters = [...text];
  for (let at = 0; at < letters.length; at += PIECE) pieces.push(letters.slice(at, at + PIECE).join(''));
  return pieces.map(longText);
}

export function askerButtons({ id, state }: Pick<Question, 'id' | 'state'>): Button[] {
  return [
    button(FOLLOW_UP, '추가 질문', { value: id }),
    ...(state === 'CLOSED' ? [] : [button(CLOSE, '해결됨', { value: id, style: 'primary' })]),
  ];
}

export function officerButtons({ id, state, answeredAt }: Question): Button[] {
  return [
    button(ANSWER, '답변하기', { value: id, ...(state === 'OPEN' ? { style: 'primary' as const } : {}) }),
    button(READ, '전체 보기', { value: id }),
    button(HAND_ON, '담당 넘기기', { value: id }),
    ...(answeredAt ? [button(MAKE_FAQ, 'FAQ로 등록', { value: id })] : []),
    ...(state === 'CLOSED'
      ? []
      : [
          button(CLOSE, '종료', {
            value: id,
            confirm: {
              title: '종료하시겠습니까?',
              text: '질문자에게 종료를 알립니다. 질문자가 다시 물으면 답변 대기로 돌아옵니다.',
              confirm: '종료',
            },
          }),
        ]),
  ];
}

/** A question as officers see it where no reading is recorded: numbers and addresses in its title are masked. */
export const masked = <Q extends Pick<Question, 'title'>>(question: Q): Q => ({
  ...question,
  title: maskWithin(question.title),
});

/** Head lines of a question: number, asker (masked), system, and its officer with today's substitute. */
export async function questionHead(tx: Tx, question: Question, today: string): Promise<Labelled[]> {
  const [absences, asker, system, assignee] = await Promise.all([
    openAbsences(tx, today),
    tx.person.findUnique({ where: { id: question.askerId }, include: { agency: true } }),
    question.systemId ? tx.system.findUnique({ where: { id: question.systemId } }) : null,
    question.assigneeId ? tx.person.findUnique({ where: { id: question.assigneeId } }) : null,
  ]);
  const shown = (name: string | null | undefined) => (name ? maskName(name) : '이름 없음');
  return [
    { label: '문의번호', text: question.number },
    { label: '제목', text: question.title },
    {
      label: '질문자',
      text: `${shown(asker?.name)} · ${asker?.agency?.name ?? '소속기관 미등록'}`,
    },
    ...(system ? [{ label: '대상시스템', text: system.name }] : []),
    ...(assignee
      ? [{ label: '담당', text: `${shown(assignee.name)}${awayWords(absences, assignee.id, today)}` }]
      : []),
  ];
}

/** A line above the fields of a window that names its question. */
export const headOf = ({ title, number }: Question) => context(`${title} (문의번호 ${number})`);

/** The whole conversation, for its asker and for officers. @throws Refusal to anybody else */
export async function conversationView(
  tx: Tx,
  who: Known,
  questionId: string,
  today: string,
): Promise<ModalView> {
  const question = await tx.question.findUnique({
    where: { id: questionId },
    include: { entries: { where: heardOnly, orderBy: [{ writtenAt: 'asc' }, { id: 'asc' }] } },
  });
  const isAsker = question?.askerId === who.id;
  if (!question || !(isAsker || who.officer)) {
    throw new Refusal('본인이 올린 문의만 볼 수 있습니다.', '홈 → 전체 업무 → 내 문의에서 확인하십시오.');
  }
  const latestEntries = question.entries.slice(-SHOWN);
  const buttons = isAsker
    ? askerButtons(question)
    : officerButtons(question).filter(({ action_id }) => action_id !== READ);
  return modal({
    callbackId: READ,
    title: 'Q&A 문의',
    blocks: [
      lines([
        ...(await questionHead(tx, question, today)),
        { label: '상태', text: stateLabels[question.state] },
      ]),
      actions(...buttons),
      ...(latestEntries.length < question.entries.length
        ? [context(`최근 ${latestEntries.length}건을 보입니다. (모두 ${question.entries.length}건)`)]
        : []),
      ...latestEntries.flatMap((entry) => entryBlocks(entry, isAsker)),
    ],
  });
}

/** Says in the channel that there are files. Fetching them is recorded, so they are not posted there. */
export function filesLine(entry: Pick<QuestionEntry, 'files'> | undefined): KnownBlock[] {
  const count = readFiles(entry?.files).length;
  return count > 0 ? [context(`첨부파일 ${count}개: ‘전체 보기’를 누르고 받으십시오.`)] : [];
}

function entryBlocks(entry: QuestionEntry, isAsker: boolean): KnownBlock[] {
  const by = entry.byOfficer ? '표준API 관리자' : isAsker ? '나' : '질문자';
  const files = readFiles(entry.files);
  return [
    divider,
    context(`${by} · ${koreanDateTime(entry.writtenAt)}${entry.editedTs ? ' (고침)' : ''}`),
    ...(entry.withdrawnAt ? [section('(거둔 글입니다.)')] : textBlocks(entry.text)),
    ...(files.length > 0 && !entry.withdrawnAt
      ? [
          section(
            `첨부파일: ${files.map(({ name }) => name).join(', ')}`,
            button(GET_FILE, '받기', { value: entry.id }),
          ),
        ]
      : []),
  ];
}
