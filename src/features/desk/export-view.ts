import type { ModalView } from '@slack/types';
import { MAX_REASON } from '../../filing/reading.ts';
import { context, modal, plain, section } from '../../messenger/blocks.ts';
import { enteredIn, type StateValues } from '../../messenger/entered.ts';
import { inputBlock } from '../../messenger/input-block.ts';
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
      inputBlock(LIST, '목록', {
        type: 'radio_buttons',
        options: Object.entries(exportLists).map(([value, label]) => option(value, label)),
        ...(chosen ? { initial_option: option(chosen, exportLists[chosen]) } : {}),
      }),
      inputBlock(MASKING, '개인정보', {
        type: 'radio_buttons',
        options: [masked, option('whole', '가리지 않고 받기 (사유 필요)')],
        initial_option: masked,
      }),
      inputBlock(
        REASON,
        '사유',
        { type: 'plain_text_input', max_length: MAX_REASON },
        { optional: true, hint: '가리지 않고 받을 때 반드시 적으십시오. 이름이나 연락처는 적지 마십시오.' },
      ),
      context('이 앱의 ‘메시지’로 보내 드립니다. 누가 무엇을 왜 받았는지 접속기록에 남습니다.'),
    ],
  });
}

export function readExport(values: StateValues): { list: string; whole: boolean; reason: string } {
  const chosen = (block: string) => enteredIn(values, block);
  return {
    list: chosen(LIST)?.selected_option?.value ?? '',
    whole: chosen(MASKING)?.selected_option?.value === 'whole',
    reason: (chosen(REASON)?.value ?? '').normalize('NFC').trim().replace(/\s+/g, ' '),
  };
}
