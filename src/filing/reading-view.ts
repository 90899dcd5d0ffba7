import type { ModalView } from '@slack/types';
import { context, modal, plain, section } from '../messenger/blocks.ts';
import { enteredIn, type StateValues } from '../messenger/entered.ts';
import { inputBlock } from '../messenger/input-block.ts';
import type { Filing } from '../store/client/client.ts';
import { MAX_REASON, readReason, reasons } from './reading.ts';

export const ASK_READING = 'filing.reading';
const CHOICE = 'choice';
const DETAIL = 'detail';

/** The window that asks for the reason before personal data is shown. It shows only the number of the filing. */
export function readingView(filing: Pick<Filing, 'id' | 'number'>): ModalView {
  return modal({
    callbackId: ASK_READING,
    title: '열람 사유',
    submit: '열람',
    close: '취소',
    metadata: { filing: filing.id },
    blocks: [
      section(`접수번호 ${filing.number}: 개인정보가 들어 있습니다. 왜 보는지 남긴 뒤에 볼 수 있습니다.`),
      inputBlock(CHOICE, '열람 사유', {
        type: 'radio_buttons',
        options: Object.entries(reasons).map(([value, label]) => ({ value, text: plain(label) })),
      }),
      inputBlock(
        DETAIL,
        '상세 사유',
        { type: 'plain_text_input', max_length: MAX_REASON },
        { optional: true, hint: '‘기타’를 고르면 반드시 적으십시오. 이름이나 연락처는 적지 마십시오.' },
      ),
      context('누가, 언제, 어디에서, 누구의 정보를, 왜 보았는지 접속기록에 남습니다.'),
    ],
  });
}

/** Reads the choice and the text. The blocks have the names of the places at which {@link readReason} refuses. */
export function readReading(values: StateValues): ReturnType<typeof readReason> {
  const choice = enteredIn(values, CHOICE)?.selected_option?.value ?? '';
  const detail = enteredIn(values, DETAIL)?.value ?? '';
  return readReason(choice, detail);
}
