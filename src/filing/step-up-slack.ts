import { QuestionFirst, Refusal } from '../core/refusal.ts';
import { section } from '../messenger/blocks.ts';
import type { Click, OpenView, Outcome, Scene, Submission } from '../messenger/click.ts';
import { enteredIn } from '../messenger/entered.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { refusalView } from '../messenger/refusal-view.ts';
import { officersOnly } from '../records/people/office.ts';
import { type Ground, type Operation, operate } from '../store/operation.ts';
import type { Resume } from './decision.ts';
import { PICTURE } from './step-up/notices.ts';
import { readTyped, type Typed } from './step-up/recovery-codes.ts';
import type { SecretBox } from './step-up/secret-box.ts';
import {
  beginEnrolment,
  completeEnrolment,
  lockRefusal,
  proveCode,
  renewEnrolment,
  type Verdict,
} from './step-up/step-up.ts';
import { StepUpNeeded } from './step-up-needed.ts';
import {
  BEGIN,
  type Carried,
  CODE,
  codeView,
  FIRST_CODE,
  firstCodeView,
  recoveryView,
  TYPED,
  whatWaits,
} from './step-up-views.ts';

const { requireOfficer } = officersOnly('일회용 비밀번호는 표준API 관리자만 씁니다.');

type ViewOf = (carried: Carried, problem?: string) => ReturnType<typeof codeView>;

/** Goes on with the decision that waited for the code: returns its result, or its next question. */
type GoOn = (scene: Scene, resume: Resume) => Promise<ReturnType<typeof codeView>>;

interface StepUpParts {
  ground: Ground;
  /** Null: nobody can enrol, and nobody is asked for a code. */
  codes: SecretBox | null;
  goOn: GoOn;
}

/** The room, and the part of the messenger that deletes pictures. */
type Room = Omit<StepUpParts, 'codes'> & { box: SecretBox } & Pick<Messenger, 'takeBack' | 'log'>;

/** The windows of one-time codes: giving one, enrolling, enrolling again. */
export function registerStepUp(messenger: Messenger, { ground, codes: box, goOn }: StepUpParts): void {
  if (!box) return;
  const { onAction, onSubmit, takeBack, log } = messenger;
  const room: Room = { ground, box, goOn, takeBack, log };
  onAction(BEGIN, (click) => begin(room, click));
  onSubmit(CODE, (submission) => takeCode(room, submission));
  onSubmit(FIRST_CODE, (submission) => takeFirstCode(room, submission));
}

const act = <T>({ ground }: Room, { who, place }: Scene, work: (op: Operation) => Promise<T>) =>
  operate(ground, { actor: who.id, place }, work);

async function begin(room: Room, click: Click): Promise<void> {
  const { who, view, show, redraw } = click;
  requireOfficer(who);
  const carried = view?.metadata ?? {};
  const begun = await act(room, click, (op) => beginEnrolment(op, room.box, who.id));
  if (begun) takePicturesBack(room, who.id);
  // A window that led here can go on to the next one; the home opens a new window.
  const next = begun ? firstCodeView(carried) : codeView(carried);
  await (whatWaits(carried) ? redraw(next) : show(next));
}

async function takeCode(room: Room, submission: Submission): Promise<Outcome> {
  const { who, view } = submission;
  requireOfficer(who);
  const typed = readCode(view);
  if (!typed) return problem(view, codeView, UNREADABLE);
  const waiting = whatWaits(view.metadata);
  if (!waiting) {
    const verdict = await act(room, submission, (op) => renewEnrolment(op, room.box, who.id, typed));
    if (verdict.is !== 'right') return answer(view, codeView, verdict);
    takePicturesBack(room, who.id);
    return { update: firstCodeView({}) };
  }
  const verdict = await act(room, submission, (op) => proveCode(op, room.box, who.id, typed));
  if (verdict.is !== 'right') return answer(view, codeView, verdict);
  return { update: await outcomeOf(room, submission, waiting) };
}

async function takeFirstCode(room: Room, submission: Submission): Promise<Outcome> {
  const { who, view } = submission;
  requireOfficer(who);
  const typed = readCode(view);
  if (typed?.kind !== 'code') return problem(view, firstCodeView, '여섯 자리 숫자를 입력하십시오.');
  const { verdict, recoveryCodes } = await act(room, submission, (op) =>
    completeEnrolment(op, room.box, who.id, typed),
  );
  if (verdict.is !== 'right') return answer(view, firstCodeView, verdict);
  takePicturesBack(room, who.id);
  const waiting = whatWaits(view.metadata);
  if (!waiting) return { update: recoveryView(recoveryCodes, []) };
  const { submit, blocks } = await outcomeOf(room, submission, waiting);
  // The window of the recovery codes cannot contain a question.
  const outcome = submit ? [section('이어서 카드의 단추를 다시 누르십시오.')] : blocks;
  return { update: recoveryView(recoveryCodes, outcome as Parameters<typeof recoveryView>[1]) };
}

/** The code was right and is used up, so the window shows the result of the decision, even if that is a refusal. */
async function outcomeOf({ goOn }: Room, { who, place }: Scene, waiting: Resume) {
  try {
    return await goOn({ who, place }, waiting);
  } catch (error) {
    if (error instanceof QuestionFirst) return error.view;
    if (!(error instanceof Refusal) || error instanceof StepUpNeeded) throw error;
    return refusalView(error);
  }
}

/** Deletes all enrolment pictures except the one that waits for its first code. */
function takePicturesBack({ ground: { db }, takeBack, log }: Room, personId: string): void {
  const work = async () => {
    const waiting = await db.stepUp.findUnique({ where: { personId } });
    const rows = await db.outbox.findMany({
      where: { notice: PICTURE, recipient: personId },
      orderBy: { createdAt: 'desc' },
      take: 5,
    });
    for (const row of rows) {
      const { until } = row.facts as { until: number };
      if (until !== waiting?.pendingUntil?.getTime()) await takeBack(row);
    }
  };
  // Nobody waits for the deletion, and the enrolment is valid even if it fails.
  work().catch((error: unknown) => log.warn({ err: error }, 'an enrolment picture was not taken back'));
}

const UNREADABLE = '인증 앱의 여섯 자리 숫자나 복구 번호를 입력하십시오.';

function readCode({ values }: OpenView): Typed | null {
  return readTyped(enteredIn(values, TYPED)?.value ?? '');
}

function answer(view: OpenView, draw: ViewOf, verdict: Exclude<Verdict, { is: 'right' }>): Outcome {
  switch (verdict.is) {
    case 'locked':
      return { update: refusalView(lockRefusal(verdict.until)) };
    case 'pointless':
      throw new Refusal(
        '등록할 수 있는 시간이 지났거나 등록된 일회용 비밀번호가 없습니다.',
        '홈에서 ‘일회용 비밀번호 등록’을 누르십시오.',
      );
    case 'wrong': {
      const what =
        verdict.why === 'used'
          ? '이미 쓴 번호입니다. 인증 앱에 새 번호가 나오면 입력하십시오.'
          : '번호가 맞지 않습니다.';
      return problem(view, draw, `${what} ${verdict.left}번 더 틀리면 15분 동안 쓸 수 없습니다.`);
    }
  }
}

function problem({ metadata }: OpenView, draw: ViewOf, text: string): Outcome {
  return { errors: { [TYPED]: text }, late: () => draw(metadata, text) };
}
