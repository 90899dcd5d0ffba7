import type { KnownBlock } from '@slack/types';
import { seoulDay } from '../core/calendar.ts';
import { QUEUE } from '../features/board/questions/views.ts';
import { RESOURCES } from '../features/board/resources/views.ts';
import { failedBlocks } from '../features/deliveries/view.ts';
import { absenceBlocks } from '../features/desk/absence/view.ts';
import { type DeskFigures, deskFigures } from '../features/desk/desk-figures.ts';
import { DUE } from '../features/desk/due-view.ts';
import { SEARCH } from '../features/desk/search-view.ts';
import { STATISTICS } from '../features/desk/statistics-view.ts';
import { ACCESS_REPORT, AUDIT_EXPORT } from '../features/privacy/privacy-view.ts';
import { surveyForOfficer } from '../features/surveys/home.ts';
import { livingRoundOf } from '../features/surveys/round.ts';
import type { Filings } from '../filing/procedure.ts';
import { BEGIN } from '../filing/step-up-views.ts';
import { TOGETHER } from '../filing/together-view.ts';
import { actions, button, divider, figuresLine, header, section } from '../messenger/blocks.ts';
import { absencesFrom } from '../records/absences/absence.ts';
import { type Ask, all, countOf, map } from '../store/ask.ts';
import { Prisma } from '../store/client/client.ts';
import { readExtraHolidays } from '../store/extra-holidays.ts';
import type { Known } from '../store/known.ts';
import type { Db } from '../store/store.ts';
import { paperButtons, paperCorrections } from './paper.ts';
import { type QueueFilter, queueBlocks } from './queue.ts';
import { DESK_WORK } from './work-menu.ts';

type Parts = Pick<Filings, 'procedures' | 'now' | 'codes'> & { db: Db };

/** Officers' part of the home: today's figures, the queue, and tasks. An auditor sees the queue only. */
export async function officerBlocks(
  parts: Parts,
  who: Known,
  filter: QueueFilter,
): Promise<Ask<Promise<KnownBlock[]>>> {
  const now = parts.now();
  const holidays = filter.age > 0 ? await readExtraHolidays(parts.db) : new Set<string>();
  const queue = queueBlocks(parts, who, filter, holidays);
  if (!who.officer) return map(queue, async (blocks) => blocks);
  const found = all({
    queue,
    today: deskFigures(now),
    asked: countOf(Prisma.sql`FROM "Question" WHERE state = 'OPEN'`),
    enrolled: enrolled(who),
    corrections: paperCorrections(parts),
    failed: failedBlocks,
    survey: map(livingRoundOf(now), (round) => surveyForOfficer(round, seoulDay(now))),
    absences: absencesFrom(seoulDay(now)),
  });
  return map(found, async ({ absences, ...rest }) =>
    deskBlocks(parts, { ...rest, absences: await absenceBlocks(parts.db, absences, who, seoulDay(now)) }),
  );
}

interface Desk {
  queue: KnownBlock[];
  today: DeskFigures;
  asked: number;
  enrolled: boolean;
  corrections: KnownBlock[];
  failed: KnownBlock[];
  survey: KnownBlock[];
  absences: KnownBlock[];
}

function deskBlocks(parts: Parts, desk: Desk): KnownBlock[] {
  const { queue, today, asked, corrections, failed, survey, absences } = desk;
  return [
    header('관리자 업무'),
    figuresLine({
      '오늘 접수': today.received,
      '오늘 처리': today.decided,
      '검토 대기': today.waiting,
      '평균 대기': averageText(today.averageWait),
    }),
    ...(parts.codes === 'obligatory' && !desk.enrolled
      ? [
          section(
            '⚠ 라이선스가 나가는 승인을 하려면 일회용 비밀번호를 먼저 등록하십시오.',
            button(BEGIN, '일회용 비밀번호 등록', { style: 'primary' }),
          ),
        ]
      : []),
    ...queue,
    divider,
    actions(
      button(TOGETHER, '일괄 승인'),
      button(SEARCH, '찾기'),
      button(DUE, '기한 관리'),
      button(QUEUE, `Q&A 답변 대기 ${asked}건`),
      ...paperButtons(parts),
      button(RESOURCES, '자료실'),
      button(STATISTICS, '통계'),
      button(DESK_WORK, '관리 업무'),
    ),
    ...absences,
    ...failed,
    ...survey,
    ...corrections,
  ];
}

function averageText(days: number | null): string {
  if (days === null) return '없음';
  return days < 0.05 ? '당일' : `${days.toFixed(1)}영업일`;
}

/** Whether this person has registered one-time codes. */
export function enrolled(who: Known): Ask<boolean> {
  const own = Prisma.sql`FROM "StepUp" WHERE "personId" = ${who.id} AND "enrolledAt" IS NOT NULL`;
  return map(countOf(own), (count) => count > 0);
}

/** Auditors' part of the home: they read and export. An officer's part has the button 통계 already. */
export function auditorBlocks({ officer }: Known): KnownBlock[] {
  return [
    header('감사'),
    section(
      '접속기록과 감사기록을 한 달치씩 받습니다. 신청 내용은 ‘검토’를 눌러 사유를 적고 볼 수 있습니다.',
    ),
    actions(
      button(ACCESS_REPORT, '접속기록 보고서'),
      button(AUDIT_EXPORT, '감사기록 내려받기'),
      ...(officer ? [] : [button(STATISTICS, '통계')]),
    ),
    divider,
  ];
}
