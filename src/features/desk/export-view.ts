import type { ModalView } from '@slack/types';
import { MAX_REASON } from '../../filing/reading.ts';
import { context, modal, plain, section } from '../../messenger/blocks.ts';
import { FORM_VALUE, type StateValues } from '../../messenger/entered.ts';
import { type ExportList, exportLists } from './export-lists.ts';

/** 목록 내려받기: the action id, and also the callback id, the kind of message and the audit action. */
export const EXPORT = 'desk.export';
export const WHOLE = 'desk.exportWhole';
const LIST = 'list';
const MASKING = 'masking';
export const REASON = 'reason';

/** @param chosen the list that is selected at first */
export function exportView(chosen?: ExportList): ModalView {
  const option = (value: string, text: string) => ({ value, text: plain(text) });
  const masked = option('masked', '개인정보와 서버 정보를 가리고 받기');
  return modal({
    callbackId: EXPORT,
    title: '목록 내려받기',
    submit: '받기',
    close: '취소',
    blocks: [
      section('고른 목록을 CSV 파일로, 2만 건까지는 XLSX 파일로도 보내 드립니다.'),
      {
        type: 'input',
        block_id: LIST,
        label: plain('목록'),
        element: {
          type: 'radio_buttons',
          action_id: FORM_VALUE,
          options: Object.entries(exportLists).map(([value, label]) => option(value, label)),
          ...(chosen ? { initial_option: option(chosen, exportLists[chosen]) } : {}),
        },
      },
      {
        type: 'input',
        block_id: MASKING,
        label: plain('개인정보'),
        element: {
          type: 'radio_buttons',
          action_id: FORM_VALUE,
          options: [masked, option('whole', '가리지 않고 받기 (사유 필요)')],
          initial_option: masked,
        },
      },
      {
        type: 'input',
        block_id: REASON,
        optional: true,
        label: plain('사유'),
        hint: plain('가리지 않고 받을 때 반드시 적으십시오. 이름이나 연락처는 적지 마십시오.'),
        element: { type: 'plain_text_input', action_id: FORM_VALUE, max_length: MAX_REASON },
      },
      context('이 앱의 ‘메시지’로 보내 드립니다. 누가 무엇을 왜 받았는지 접속기록에 남습니다.'),
    ],
  });
}

export function readExport(values: StateValues): { list: string; whole: boolean; reason: string } {
  const chosen = (block: string) => Object.values(values[block] ?? {})[0];
  return {
    list: chosen(LIST)?.selected_option?.value ?? '',
    whole: chosen(MASKING)?.selected_option?.value === 'whole',
    reason: (chosen(REASON)?.value ?? '').normalize('NFC').trim().replace(/\s+/g, ' '),
  };
}
