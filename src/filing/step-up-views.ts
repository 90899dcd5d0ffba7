import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { actions, button, context, cut, modal, plain, section, title } from '../messenger/blocks.ts';
import { inputBlock } from '../messenger/input-block.ts';
import type { CodeRequest, Resume, Target } from './decision.ts';

/** Callback and action ids: the window that takes a code, and the button and window of the enrolment. */
export const CODE = 'stepUp.code';
export const BEGIN = 'stepUp.begin';
export const FIRST_CODE = 'stepUp.firstCode';
/** The block of the code, for errors below it. */
export const TYPED = 'code';

/**
 * What a window keeps while it asks for a code: the waiting decision, or nothing. It only routes and gives no
 * authority.
 */
export type Carried = Record<string, string>;

export function carry({ purpose, resume }: CodeRequest): Carried {
  return { ...carriedResume(resume), what: cut(purpose, 300) };
}

function carriedResume(resume: Resume): Carried {
  switch (resume.next) {
    case 'press':
      return { next: 'press' };
    case 'attach':
      return { next: 'attach', ...carriedTarget(resume.target) };
    case 'ask':
      return { next: 'ask', verb: resume.verb, ...carriedTarget(resume.target) };
    case 'decide': {
      const { verb, reason } = resume.decision;
      const moduleId = verb === 'filing.approve' ? resume.decision.moduleId : undefined;
      return {
        next: 'decide',
        verb,
        ...carriedTarget(resume.decision),
        ...(reason ? { reason } : {}),
        ...(moduleId ? { moduleId } : {}),
      };
    }
  }
}

const carriedTarget = ({ filingId, revision, objections }: Target): Carried => ({
  filing: filingId,
  ...(revision === undefined ? {} : { revision: String(revision) }),
  ...(objections === undefined ? {} : { objections: String(objections) }),
});

/**
 * The decision that waits for the code; null when none does. Only decisions that need a code are kept. A window that
 * an earlier version opened does not say how to go on; then the person presses again.
 */
export function whatWaits({
  next = 'ask',
  verb,
  filing,
  revision,
  objections,
  reason,
  moduleId,
}: Carried): Resume | null {
  if (next === 'press') return { next };
  if (!filing) return null;
  const target = {
    filingId: filing,
    ...(revision === undefined ? {} : { revision: Number(revision) }),
    ...(objections === undefined ? {} : { objections: Number(objections) }),
  };
  if (next === 'attach') return { next, target };
  if (verb !== 'filing.approve' && verb !== 'filing.reopen') return null;
  if (next === 'ask' || (verb === 'filing.reopen' && !reason)) return { next: 'ask', verb, target };
  if (next !== 'decide') return null;
  return {
    next,
    decision:
      verb === 'filing.approve'
        ? { verb, ...target, ...(reason ? { reason } : {}), ...(moduleId ? { moduleId } : {}) }
        : { verb, ...target, reason: reason ?? '' },
  };
}

/** Shown instead of a refusal. */
export function stepUpView(lacks: 'CODE' | 'ENROLMENT', request: CodeRequest): ModalView {
  const carried = carry(request);
  return lacks === 'CODE' ? codeView(carried) : unenrolledView(carried);
}

/** Asks for a code: for the waiting decision, or, without one, for a new enrolment. */
export function codeView(carried: Carried, problem?: string): ModalView {
  const enrolsAnew = whatWaits(carried) === null;
  return modal({
    callbackId: CODE,
    title: '일회용 비밀번호 확인',
    submit: '확인',
    close: '취소',
    metadata: carried,
    blocks: [
      ...(carried.what ? [section(carried.what)] : []),
      section(
        enrolsAnew
          ? '새로 등록하려면 지금 쓰는 인증 앱의 번호나 복구 번호를 입력하십시오.'
          : '인증 앱에 보이는 번호를 입력하면 바로 처리합니다. 한 번 입력하면 1시간 동안 다시 묻지 않습니다.',
      ),
      ...input('일회용 비밀번호', '휴대전화가 없으면 복구 번호(예: ABCD-EFGH-JKMN)를 입력하십시오.', problem),
    ],
  });
}

function unenrolledView(carried: Carried): ModalView {
  return modal({
    callbackId: 'stepUp.unenrolled',
    title: '일회용 비밀번호 등록',
    metadata: carried,
    blocks: [
      ...(carried.what ? [section(carried.what)] : []),
      section('이 처리를 하려면 일회용 비밀번호를 먼저 등록해야 합니다. 등록을 마치면 바로 처리합니다.'),
      section('휴대전화에 인증 앱(예: Google Authenticator, Microsoft Authenticator)을 준비하십시오.'),
      actions(button(BEGIN, '등록 시작', { style: 'primary' })),
    ],
  });
}

/** Asks for the first code of a new secret. */
export function firstCodeView(carried: Carried, problem?: string): ModalView {
  return modal({
    callbackId: FIRST_CODE,
    title: '일회용 비밀번호 등록',
    submit: '등록',
    close: '취소',
    metadata: carried,
    blocks: [
      section('이 앱의 ‘메시지’로 QR 그림을 보냈습니다. 30분 안에 등록하십시오.'),
      section(
        '1. 인증 앱에서 ‘QR 코드 스캔’을 골라 그림을 찍습니다. 찍을 수 없으면 그림 아래의 글자를 입력합니다.\n2. 인증 앱에 나온 여섯 자리 번호를 아래에 입력합니다.',
      ),
      ...input('인증 앱의 번호', '등록을 마치면 QR 그림을 지웁니다.', problem),
    ],
  });
}

/** Shows the recovery codes, once, and below them the result of the decision that waited. */
export function recoveryView(codes: readonly string[], outcome: readonly KnownBlock[]): ModalView {
  return modal({
    callbackId: 'stepUp.recovery',
    title: '등록했습니다',
    blocks: [
      ...outcome,
      title('복구 번호'),
      section(codes.join('\n')),
      section(
        '휴대전화를 잃어버렸을 때 번호 대신 씁니다. 하나를 한 번씩만 쓸 수 있고, 이 창을 닫으면 다시 볼 수 없습니다. 적어서 안전한 곳에 두십시오.',
      ),
      context('화면을 찍어 메신저나 이메일에 두지 마십시오.'),
    ],
  });
}

function input(label: string, hint: string, problem?: string): KnownBlock[] {
  const block: InputBlock = inputBlock(
    TYPED,
    label,
    {
      type: 'plain_text_input',
      max_length: 20,
      focus_on_load: true,
      placeholder: plain('예: 123456'),
    },
    { hint: hint },
  );
  return [block, ...(problem ? [section(`✖ ${problem}`)] : [])];
}
