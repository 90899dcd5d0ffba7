import type { ModalView } from '@slack/types';
import { actions, button, context, divider, LIMIT, modal, plain, section } from '../messenger/blocks.ts';
import { enteredIn, type StateValues } from '../messenger/entered.ts';
import { inputBlock } from '../messenger/input-block.ts';
import type { Phrase } from '../store/client/client.ts';
import type { AnyProcedure } from './procedure.ts';

export const PHRASES = 'phrases.open';
export const PHRASE_EDIT = 'phrase.edit';
export const PHRASE_REMOVE = 'phrase.remove';
export const PHRASE_MAX = 300;
const EVERY = '*';

/** The label of phrases for 반려, next to the labels of fields. */
export const REJECTION = '반려 사유';

/** The labels of the fields that a phrase may be for, and of the reason of a 반려, which belongs to no field. */
export function fieldLabels(procedures: Iterable<AnyProcedure>): string[] {
  const labels = [...procedures].flatMap(({ form }) => Object.values(form.fields).map(({ label }) => label));
  return [REJECTION, ...[...new Set(labels)].filter((label) => label.length <= LIMIT.option).sort()];
}

/** 상용구 관리: a field for a new one, and the list. */
export function phrasesView(
  phrases: readonly Phrase[],
  labels: readonly string[],
  note: string | null,
): ModalView {
  // Slack keeps a typed text under the same block id, so a longer list uses another one and starts empty.
  const version = phrases.length;
  const every = { text: plain('모든 항목과 사유'), value: EVERY };
  const groups = Array.from({ length: Math.ceil(labels.length / 99) }, (_, index) => ({
    label: plain(index === 0 ? '항목' : `항목 (${index + 1})`),
    options: [
      ...(index === 0 ? [every] : []),
      ...labels.slice(index * 99, index * 99 + 99).map((label) => ({ text: plain(label), value: label })),
    ],
  }));
  return modal({
    callbackId: PHRASES,
    title: '상용구 관리',
    submit: '추가',
    metadata: { version },
    blocks: [
      ...(note ? [section(note)] : []),
      section('보완요청과 반려 창에서 골라 넣는 글입니다. 모든 관리자가 함께 씁니다.'),
      inputBlock(`text${version}`, '상용구', {
        type: 'plain_text_input',
        multiline: true,
        max_length: PHRASE_MAX,
        placeholder: plain('예: 직인이 보이지 않습니다. 다시 스캔하여 올리십시오.'),
      }),
      inputBlock(`label${version}`, '쓸 항목', {
        type: 'static_select',
        option_groups: groups,
        initial_option: every,
      }),
      divider,
      ...phrases
        .slice(0, 90)
        .map(({ id, text, label }) =>
          section(
            `${label === '' ? '모든 항목' : label}: ${text}`,
            button(PHRASE_EDIT, '고치기', { value: id }),
          ),
        ),
      ...(phrases.length > 90 ? [context('내용이 많아 90개만 보입니다.')] : []),
    ],
  });
}

/** One phrase, to be changed or removed. */
export function phraseView({ id, text, label }: Phrase): ModalView {
  return modal({
    callbackId: PHRASE_EDIT,
    title: '상용구 고치기',
    submit: '저장',
    close: '취소',
    metadata: { id },
    blocks: [
      context(`쓸 항목: ${label === '' ? '모든 항목과 사유' : label}`),
      inputBlock('text', '상용구', {
        type: 'plain_text_input',
        multiline: true,
        max_length: PHRASE_MAX,
        initial_value: text,
      }),
      actions(button(PHRASE_REMOVE, '삭제', { value: id, style: 'danger' })),
    ],
  });
}

/** The entered phrase, and the block of its text for an error below it. */
export function typedPhrase(
  values: StateValues,
  version = '',
): { text: string; label: string; block: string } {
  const block = `text${version}`;
  const label = enteredIn(values, `label${version}`)?.selected_option?.value ?? EVERY;
  return {
    text: (enteredIn(values, block)?.value ?? '').trim(),
    label: label === EVERY ? '' : label,
    block,
  };
}
