import type { KnownBlock } from '@slack/types';
import { SUPPORT_PHONE } from '../core/support-phone.ts';
import { type Ground, notUnderstood } from '../features/assist/chat.ts';
import { openQuestion } from '../features/board/questions/asking-slack.ts';
import { searchDesk } from '../features/desk/search.ts';
import { foundBlocks, searchView } from '../features/desk/search-view.ts';
import { sendRevocations } from '../features/licences/revocations-slack.ts';
import { APPLY } from '../filing/buttons.ts';
import type { Filings } from '../filing/procedure.ts';
import type { Begin } from '../filing/wizard-slack.ts';
import { actions, button, section } from '../messenger/blocks.ts';
import type { Click, DirectMessageHandler } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { guidanceView } from '../messenger/refusal-view.ts';
import { publicAgencyGuidance } from '../procedures/public-agency.ts';
import { firstStep } from '../procedures/registration/first-step.ts';
import { PROCEDURE } from '../records/filings/procedure-name.ts';
import type { Known } from '../store/known.ts';
import type { Db } from '../store/store.ts';
import { statusBlocks } from './home.ts';

const COMMAND = '/bogeup';

const isOfPublicAgency = ({ agency, registeredAt }: Known) => agency?.kind === 'PUBLIC' && !registeredAt;

const help = (who: Known) =>
  [
    '보급봇 사용법',
    '왼쪽에서 ‘보급봇’을 열고 위의 ‘홈’을 누르면 단추로 할 수 있습니다.',
    '• 보급봇의 ‘메시지’에 평소 말로 물어보십시오. 예: 라이선스 다시 받고 싶어요',
    '• 라이선스 파일(.lic)을 ‘메시지’에 올리면 지금 쓸 수 있는 것인지 알려 드립니다.',
    ...(isOfPublicAgency(who)
      ? ['• /bogeup 신청 : 공문으로 신청하는 순서를 봅니다. 공공기관은 온라인으로 신청하지 않습니다.']
      : [
          '• /bogeup 신청 : 이용신청서를 작성합니다. 처음이면 사용자 등록을 합니다.',
          '• /bogeup 현황 : 내 시스템과 신청의 상태를 봅니다.',
        ]),
    '• /bogeup 문의 : Q&A로 문의합니다.',
    '• /bogeup 폐지목록 : 바뀌거나 폐지된 라이선스의 목록(전자서명 파일)을 받습니다.',
    ...(who.officer ? ['• /bogeup 찾기 검색어 : 시스템, 기관, 사람, 번호를 찾습니다.'] : []),
    '• /bogeup 도움말 : 이 안내를 봅니다.',
    `문의: 표준API 기술지원 ${SUPPORT_PHONE}`,
  ].join('\n');

/** The help, with the button of the next step of this person. */
export async function helpBlocks(db: Db, who: Known): Promise<KnownBlock[]> {
  const nextStep = who.registeredAt ? [actions(button(APPLY, '이용신청서 작성'))] : await firstStep(db, who);
  return [section(help(who)), ...nextStep];
}

/** Answers any message to the bot that no other handler has answered. */
export const helpAnswer =
  (ground: Ground): DirectMessageHandler =>
  async ({ who, text }) => ({
    text: '보급봇 사용법',
    blocks: [...(text ? await notUnderstood(ground, who, text) : []), ...(await helpBlocks(ground.db, who))],
  });

/** `/bogeup 신청`, `현황`, `문의`, `도움말`: the functions of the home from any conversation. */
export function registerCommand(
  { onCommand, onShortcut }: Messenger,
  { filings, begin }: { filings: Filings; begin: Begin },
) {
  const apply = async (click: Click) => {
    const { agency, registeredAt } = click.who;
    if (agency && isOfPublicAgency(click.who))
      return click.show(guidanceView(publicAgencyGuidance(agency.name)));
    return begin(click, registeredAt ? PROCEDURE.application : PROCEDURE.registration, '');
  };
  onShortcut('begin.application', apply);
  onCommand(COMMAND, async (command) => {
    const { who, value } = command;
    if (value === '신청') return apply(command);
    if (value === '문의') return openQuestion(filings.db, command);
    if (value === '폐지목록') return sendRevocations(filings, command);
    if (value === '현황') {
      return command.reply('내 시스템 현황', await statusBlocks(filings, who));
    }
    if (value === '찾기' || value.startsWith('찾기 ')) {
      const found = await searchDesk(filings, filings.db, who, value.slice('찾기'.length));
      if (found.words === null) return command.show(searchView(null));
      return command.reply('찾은 결과', foundBlocks(found));
    }
    const unknown = value === '' || value === '도움말' ? [] : [section(`‘${value}’: 알 수 없는 명령입니다.`)];
    return command.reply('보급봇 사용법', [...unknown, ...(await helpBlocks(filings.db, who))]);
  });
}
