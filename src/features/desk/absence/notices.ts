import { seoulDay } from '../../../core/calendar.ts';
import { actions, button, context, fallback, section } from '../../../messenger/blocks.ts';
import type { Notices } from '../../../messenger/notice.ts';
import {
  type Absence,
  getAbsence,
  heldBy,
  NAMED,
  openAbsences,
  UNCOVERED,
  UNNAMED,
} from '../../../records/absences/absence.ts';
import { isOn, overlap } from '../../../records/absences/rule.ts';
import { maskedName, periodText } from '../../../records/absences/words.ts';
import type { Db } from '../../../store/store.ts';
import { QUEUE } from '../../board/questions/views.ts';
import { ABSENCE } from './view.ts';

/** Messages about absences: to the substitute, and to officers when the substitute is away or not an officer. */
export function absenceNotices({ now }: { now: () => Date }): Notices {
  return {
    [NAMED]: async (db, facts) => {
      const absence = await getAbsence(db, String(facts.absenceId));
      const today = seoulDay(now());
      // If the absence was changed meanwhile, the message about that change replaces this one.
      if (absence.endedAt || absence.revision !== facts.revision || absence.toOn < today) return null;
      const whose = `${maskedName(absence.officer)} 님의 부재`;
      const text =
        facts.again === 1
          ? `${whose} 설정이 바뀌었습니다. 대신하는 기간: ${periodText(absence)}`
          : `${whose} 중에 대신할 관리자로 지정되었습니다: ${periodText(absence)}`;
      return {
        text: fallback(text),
        blocks: [section(text), ...(await substituteBlocks(db, absence, today))],
      };
    },

    [UNNAMED]: async (db, facts) => {
      const absence = await getAbsence(db, String(facts.absenceId));
      if (!absence.endedAt && absence.substituteId === facts.to) return null; // meanwhile named as the substitute again
      const text = `${maskedName(absence.officer)} 님을 더는 대신하지 않아도 됩니다.`;
      const why = !absence.endedAt
        ? '대신할 관리자를 다른 사람으로 바꾸었습니다.'
        : absence.endedBy === absence.officerId
          ? '본인이 부재를 끝냈습니다.'
          : '그 관리자의 권한이 끝났습니다.';
      return { text: fallback(text), blocks: [section(text), context(why)] };
    },

    [UNCOVERED]: async (db, facts) => {
      const absence = await getAbsence(db, String(facts.absenceId));
      const text = await uncoveredText(db, absence, seoulDay(now()));
      if (text === null) return null;
      return {
        text: fallback(text),
        blocks: [
          section(text),
          ...(facts.desk === 1
            ? []
            : [
                section('‘부재 설정’에서 다른 관리자를 정하십시오.'),
                actions(button(ABSENCE, '부재 설정', { style: 'primary' })),
              ]),
        ],
      };
    },
  };
}

/** Blocks below the first line of a message to a substitute: questions that wait, and what a substitute does. */
export async function substituteBlocks(db: Db, absence: Absence, today: string) {
  const heldCount = isOn(absence, today) ? await heldBy(db, [absence.officerId]) : 0;
  return [
    ...(heldCount > 0
      ? [
          section(`그 관리자가 맡은 문의 ${heldCount}건이 답변을 기다립니다.`),
          actions(button(QUEUE, '답변 대기 목록')),
        ]
      : []),
    context(
      '부재 중에는 그 관리자에게 맡겨지는 문의를 대신 받습니다. 권한은 넘어오지 않습니다.',
      // A memo may name people, so only homes show it.
      ...(absence.memo ? ['메모는 홈에서 볼 수 있습니다.'] : []),
    ),
  ];
}

/** Says that an absence has no substitute; null when the substitute is available. */
async function uncoveredText(db: Db, absence: Absence, today: string): Promise<string | null> {
  const officer = maskedName(absence.officer);
  const substitute = maskedName(absence.substitute);
  if (absence.endedAt)
    return `${officer} 님의 부재 설정이 끝났습니다. 대신할 ${substitute} 님이 이제 표준API 관리자가 아닙니다.`;
  const open = await openAbsences(db, today);
  const away = open.find((one) => one.officerId === absence.substituteId && overlap(one, absence));
  if (!away) return null;
  return `${officer} 님(부재 ${periodText(absence)})을 대신할 ${substitute} 님도 부재합니다: ${periodText(away)}. 두 사람이 모두 없는 날에는 관리자 모두가 대신합니다.`;
}
