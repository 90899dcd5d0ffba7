import type { Button, KnownBlock } from '@slack/types';
import { seoulDay } from '../../core/calendar.ts';
import { BEGIN_PROCEDURE, homeButtons } from '../../filing/begin-buttons.ts';
import { APPLY, PUBLIC_GUIDE } from '../../filing/buttons.ts';
import type { Filings } from '../../filing/procedure.ts';
import { actions, button, context, cut, divider, section } from '../../messenger/blocks.ts';
import { firstStep } from '../../procedures/registration/first-step.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { ASK } from '../board/questions/views.ts';
import { ERROR_HELP } from './error-help.ts';
import type { Intent } from './intent.ts';
import { matchIntent } from './match-intent.ts';
import { mySystems, systemPart } from './my-systems.ts';

/** What a button may carry on to the question. */
const CARRIED = 2000;
const SYSTEMS_SHOWN = 8;

type Ground = Filings & { db: Db };
interface Answer {
  text: string;
  blocks: KnownBlock[];
}

/** Answers a sentence with what is known of the writer's own systems; null where it is not understood. */
export async function chatAnswer(ground: Ground, who: Known, text: string): Promise<Answer | null> {
  const intent = matchIntent(text);
  return intent && { text: intent.answer, blocks: await intentBlocks(ground, who, intent, text) };
}

/** What follows the help where somebody wrote something that is not understood. */
export function notUnderstood(text: string): KnownBlock[] {
  return [
    section('아직 답할 수 없는 질문입니다. 아래 단추를 누르거나, ‘Q&A 문의’로 관리자에게 물어보십시오.'),
    actions(
      button(ASK, '이 내용으로 Q&A 문의', { value: cut(text, CARRIED), style: 'primary' }),
      button(ERROR_HELP, '오류 도움'),
    ),
    divider,
  ];
}

/** An intent's answer; somebody who is not registered yet is first told what comes before it. */
export async function intentBlocks(
  ground: Ground,
  who: Known,
  intent: Intent,
  text: string,
): Promise<KnownBlock[]> {
  const today = seoulDay(ground.now());
  const own = intent.offers ? await mySystems(ground.db, who) : [];
  const shown = own.slice(0, SYSTEMS_SHOWN);
  const general = (intent.general ?? []).flatMap((name) => generalButton(ground, who, name));
  return [
    section(intent.answer),
    ...(await firstStep(ground.db, who)),
    ...(general.length > 0 ? [actions(...general)] : []),
    ...(shown.length > 0 ? [divider] : []),
    ...shown.flatMap((system) => systemPart(ground, system, { who, today }, intent.offers ?? [])),
    ...(own.length > shown.length
      ? [context(`시스템이 ${own.length}건 있습니다. 나머지는 홈의 목록에서 보십시오.`)]
      : []),
    ...(intent.offers && own.length === 0 && who.registeredAt
      ? [context('담당하는 시스템이 없습니다. 이용신청을 하면 여기에 보입니다.')]
      : []),
    divider,
    context('찾던 답이 아니면 관리자에게 물어보십시오.'),
    actions(button(ASK, '이 내용으로 Q&A 문의', { value: cut(text, CARRIED) })),
  ];
}

function generalButton(ground: Ground, who: Known, name: string): Button[] {
  if (name.startsWith('begin:')) {
    const action = `${BEGIN_PROCEDURE}.${name.slice('begin:'.length)}`;
    return who.registeredAt ? homeButtons(ground, 'official').filter((one) => one.action_id === action) : [];
  }
  switch (name) {
    case 'apply':
      return who.registeredAt ? [button(APPLY, '이용신청서 작성', { style: 'primary' })] : [];
    case 'publicGuide':
      return [button(PUBLIC_GUIDE, '공공기관 신청 안내')];
    case 'errorHelp':
      return [button(ERROR_HELP, '오류 도움', { style: 'primary' })];
    default:
      return [];
  }
}
