import type { ModalView } from '@slack/types';
import { decisionTarget } from '../../filing/card.ts';
import { LIMIT, modal, plain, section } from '../../messenger/blocks.ts';
import { inputBlock } from '../../messenger/input-block.ts';
import { platformOf } from '../../records/modules/words.ts';
import type { Filing, ModuleRelease } from '../../store/client/client.ts';

export const CHOOSE = 'module.choose';
export const CHOSEN = 'module';
/** Slack allows this many options in one list. */
const MOST = 100;

/**
 * Asks the officer who approves which of several modules to deliver. The window carries the filing and its revision.
 */
export function moduleChoiceView(filing: Filing, fitting: readonly ModuleRelease[]): ModalView {
  return modal({
    callbackId: CHOOSE,
    title: '보낼 모듈 선택',
    submit: '승인',
    close: '취소',
    metadata: { filing: decisionTarget(filing) },
    blocks: [
      section(`${filing.title} (접수번호 ${filing.number})`),
      section('이 신청에 맞는 모듈이 여러 개입니다. 임시라이선스와 함께 보낼 것을 고르십시오.'),
      inputBlock(CHOSEN, '모듈', {
        type: 'static_select',
        placeholder: plain('선택하십시오'),
        options: fitting.slice(0, MOST).map((release) => ({
          text: plain(release.name, LIMIT.option),
          description: plain(`${release.version} · ${platformOf(release)}`, LIMIT.option),
          value: release.id,
        })),
      }),
    ],
  });
}
