import type { ModalView } from '@slack/types';
import type { Refusal } from '../core/refusal.ts';
import { SUPPORT_PHONE } from '../core/support-phone.ts';
import { actions, button, context, modal, section } from './blocks.ts';
import type { Guidance } from './guidance.ts';

/** Shows a refusal: what is wrong and what to do. Nothing was changed. */
export function refusalView({ message, next }: Refusal): ModalView {
  return modal({
    callbackId: 'refusal',
    title: '처리하지 않았습니다',
    blocks: [section(message), ...(next ? [section(`▶ ${next}`)] : [])],
    close: '돌아가기',
  });
}

/** Shown for an unforeseen error; its number is also in the log. */
export function troubleView(incident: string): ModalView {
  return modal({
    callbackId: 'trouble',
    title: '처리하지 못했습니다',
    blocks: [
      section('일시적인 문제로 처리하지 못했습니다. 입력한 내용은 바뀌지 않았습니다.'),
      section(`▶ 잠시 뒤 다시 하십시오. 계속되면 ${SUPPORT_PHONE}으로 아래 번호를 알려 주십시오.`),
      context(`오류 번호: ${incident}`),
    ],
    close: '돌아가기',
  });
}

/** Shown while a submission takes longer than Slack waits. */
export function waitingView(): ModalView {
  return modal({
    callbackId: 'waiting',
    title: '처리하고 있습니다',
    blocks: [section('확인하고 있습니다. 창을 닫지 말고 잠시 기다려 주십시오.')],
  });
}

/** Shows a text without input: guidance, a receipt. */
export function noteView(title: string, paragraphs: readonly string[]): ModalView {
  return modal({ callbackId: 'note', title, blocks: paragraphs.map((paragraph) => section(paragraph)) });
}

/** Shows guidance instead of a form, with buttons for what the person can do now. */
export function guidanceView({ title, lines, buttons = [] }: Guidance): ModalView {
  const view = noteView(title, lines);
  if (buttons.length === 0) return view;
  return {
    ...view,
    blocks: [
      ...view.blocks,
      actions(...buttons.map(({ action, label, value }) => button(action, label, value ? { value } : {}))),
    ],
  };
}
