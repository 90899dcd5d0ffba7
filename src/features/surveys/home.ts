import type { KnownBlock } from '@slack/types';
import { koreanDay, seoulDay } from '../../core/calendar.ts';
import { actions, button, section } from '../../messenger/blocks.ts';
import type { SurveyRound } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Db } from '../../store/store.ts';
import { MY_SYSTEMS } from './asked-view.ts';
import { BOARD, OPEN_ROUND } from './board-view.ts';
import { systemsAskedOf } from './progress.ts';
import { standing } from './round.ts';

/** Reminds this person of unanswered systems in the open round; empty when there are none. */
export async function surveyForOfficial(
  db: Db,
  round: SurveyRound | null,
  who: Known,
): Promise<KnownBlock[]> {
  if (!round) return [];
  const systems = await systemsAskedOf(db, round, who.id);
  const silent = systems.filter(({ answer }) => answer === 'SILENT').length;
  if (silent === 0) return [];
  return [
    section(
      `⚠ ${round.name}: 답하지 않은 시스템이 ${silent}건 있습니다. (${koreanDay(round.closesOn)}까지)`,
      button(MY_SYSTEMS, '응답하기', { value: '0', style: 'primary' }),
    ),
  ];
}

/** The open or planned round, or the button that starts one. */
export function surveyForOfficer(round: SurveyRound | null, today: string): KnownBlock[] {
  if (!round) return [actions(button(OPEN_ROUND, '이용현황조사 시작'))];
  return [
    section(
      standing(round, today) === 'PLANNED'
        ? `이용현황조사 예약: ${round.name} (${koreanDay(seoulDay(round.openedAt))}부터 ${koreanDay(round.closesOn)}까지)`
        : `이용현황조사 진행 중: ${round.name} (${koreanDay(round.closesOn)}까지)`,
      button(BOARD, '진행 현황', { value: round.id }),
    ),
  ];
}
