import { koreanDay, seoulDay } from '../core/calendar.ts';
import { dayNumber } from '../core/holidays.ts';
import { MAIL_ANSWER, MY_SYSTEMS } from '../features/surveys/asked-view.ts';
import { boardBlocks } from '../features/surveys/board-view.ts';
import { type AskedSystem, answers, progressOf, systemsAskedOf } from '../features/surveys/progress.ts';
import { isOpen } from '../features/surveys/round.ts';
import { actions, button, context, fallback, lines, section } from '../messenger/blocks.ts';
import type { Notice } from '../messenger/notice.ts';
import { Prisma, type SurveyRound } from '../store/client/client.ts';
import { DESK } from '../store/outbox.ts';
import type { Db } from '../store/store.ts';
import type { Reminder, Subject, Window } from './reminder.ts';

/** A survey's reminders go to contacts who have not answered, then to their deputies, then to others of the agency. */
const inRound = ({ id, closesOn }: SurveyRound, to: string): Subject => ({
  key: `${id}.${to}`,
  dueOn: closesOn,
  to: [to],
  facts: { roundId: id },
});

function openRounds(db: Db, { from, to }: Window): Promise<SurveyRound[]> {
  return db.surveyRound.findMany({ where: { endedAt: null, closesOn: { gte: from, lte: to } } });
}

const reached = (person: Prisma.Sql) =>
  Prisma.sql`${person}."deactivatedAt" IS NULL AND (${person}."slackId" IS NOT NULL OR ${person}.email IS NOT NULL)`;

/** To the contacts who have not answered. */
export const surveySilent: Reminder = {
  notice: 'survey.silent',
  daysBefore: [14, 7, 3, 1, 0],
  count: 'days',

  async find(db, window) {
    const found: Subject[] = [];
    for (const round of await openRounds(db, window)) {
      const people = await db.$queryRaw<{ id: string }[]>`
        SELECT DISTINCT p.id FROM ${answers(round)} x JOIN "Person" p ON p.id = x."personId"
        WHERE x.answer = 'SILENT' AND ${reached(Prisma.sql`p`)}`;
      for (const { id } of people)
        found.push({
          ...inRound(round, id),
          since: seoulDay(round.openedAt), // the first message of the survey gave the deadline
        });
    }
    return found;
  },

  render: (db, facts, { to }, { now }) =>
    silentNotice(db, String(facts.roundId), to, now(), {
      head: '이용현황조사 응답 기한',
      whose: '담당 시스템 가운데',
    }),
};

/** To the deputies (부담당자) of systems without an answer shortly before the end: they may answer too. */
export const surveyDeputies: Reminder = {
  notice: 'survey.deputies',
  daysBefore: [5, 2],
  count: 'days',

  async find(db, window) {
    const found: Subject[] = [];
    for (const round of await openRounds(db, window)) {
      const people = await db.$queryRaw<{ id: string }[]>`
        SELECT DISTINCT p.id FROM ${answers(round)} x JOIN "System" s ON s.id = x."systemId"
        JOIN "Person" p ON p.id = s."deputyId"
        WHERE x.answer = 'SILENT' AND p.id <> x."personId" AND ${reached(Prisma.sql`p`)}`;
      for (const { id } of people) found.push(inRound(round, id));
    }
    return found;
  },

  render: (db, facts, { to }, { now }) =>
    silentNotice(db, String(facts.roundId), to, now(), {
      head: '이용현황조사 응답 요청(부담당자)',
      whose: '부담당으로 있는 시스템 가운데',
    }),
};

/**
 * To the registered people of an agency whose contact does not answer: the contact may have been transferred. They may
 * not answer for the system; the message explains how to take it over.
 */
export const surveyAgencies: Reminder = {
  notice: 'survey.agencies',
  daysBefore: [3],
  count: 'days',

  async find(db, window) {
    const found: Subject[] = [];
    for (const round of await openRounds(db, window)) {
      const people = await db.$queryRaw<{ id: string; agency: string }[]>`
        SELECT DISTINCT p.id, s."agencyCode" AS agency FROM ${answers(round)} x
        JOIN "System" s ON s.id = x."systemId"
        JOIN "Person" p ON p."agencyCode" = s."agencyCode" AND p."registeredAt" IS NOT NULL
        WHERE x.answer = 'SILENT' AND p.id <> x."personId" AND p.id IS DISTINCT FROM s."deputyId"
          AND p.id <> s."contactId" AND ${reached(Prisma.sql`p`)}`;
      for (const { id, agency } of people)
        found.push({
          ...inRound(round, id),
          facts: { roundId: round.id, agency },
        });
    }
    return found;
  },

  async render(db, facts, _occasion, { now }) {
    const round = await db.surveyRound.findUnique({ where: { id: String(facts.roundId) } });
    if (!round || !isOpen(round, seoulDay(now()))) return null;
    const systems = await db.$queryRaw<{ name: string }[]>`
      SELECT s.name FROM ${answers(round)} x JOIN "System" s ON s.id = x."systemId"
      WHERE x.answer = 'SILENT' AND s."agencyCode" = ${String(facts.agency)} ORDER BY s.name LIMIT 11`;
    if (systems.length === 0) return null;
    const names = systems.slice(0, 10).map(({ name }) => name);
    const head = `이용현황조사: 소속기관에 답하지 않은 시스템이 있습니다 (${koreanDay(round.closesOn)}까지)`;
    return {
      text: fallback(head),
      blocks: [
        section(head),
        lines([{ label: '시스템명', text: [...names, ...(systems.length > 10 ? ['…'] : [])].join('\n') }]),
        context(
          '담당자가 응답하지 않았습니다. 담당자가 인사이동 등으로 자리에 없으면 홈에서 담당자 변경(담당자 부재)을 신청하십시오.',
        ),
      ],
    };
  },
};

/** The day after the survey ends: officers read that it has ended, and its result. */
export const surveyEnded: Reminder = {
  notice: 'survey.ended',
  daysBefore: [-1],
  count: 'days',

  async find(db, window) {
    return (await openRounds(db, window)).map((round) => inRound(round, DESK));
  },

  async render(db, facts) {
    const round = await db.surveyRound.findUnique({ where: { id: String(facts.roundId) } });
    if (!round) return null;
    const head = `이용현황조사가 끝났습니다: ${round.name}`;
    return {
      text: fallback(head),
      blocks: [section(head), ...boardBlocks(round, await progressOf(db, round), 'OVER')],
    };
  },
};

async function silentNotice(
  db: Db,
  roundId: string,
  personId: string,
  now: Date,
  { head, whose }: { head: string; whose: string },
): Promise<Notice | null> {
  const round = await db.surveyRound.findUnique({ where: { id: roundId } });
  const today = seoulDay(now);
  if (!round || !isOpen(round, today)) return null;
  const [systems, person] = await Promise.all([
    systemsAskedOf(db, round, personId),
    db.person.findUnique({ where: { id: personId }, select: { slackId: true } }),
  ]);
  const silent = systems.filter(({ answer }) => answer === 'SILENT').length;
  if (silent === 0) return null;
  const days = dayNumber(round.closesOn) - dayNumber(today);
  const left = days === 0 ? '오늘까지' : `${koreanDay(round.closesOn)}까지, ${days}일 남음`;
  const text = `${head}: ${round.name} (${left})`;
  return {
    text: fallback(text),
    blocks: [
      section(text),
      section(`${whose} ${silent}건에 아직 답하지 않으셨습니다.`),
      ...(person?.slackId
        ? [actions(button(MY_SYSTEMS, '응답하기', { value: '0', style: 'primary' }))]
        : [section(MAIL_ANSWER), ...silentNames(systems)]),
    ],
  };
}

/** The names of the systems without an answer, for a mail, which has no button to open them. */
function silentNames(systems: readonly AskedSystem[]) {
  const names = systems.filter(({ answer }) => answer === 'SILENT').map(({ name }) => name);
  return [lines([{ label: `미응답 시스템 ${names.length}건`, text: names.join('\n') }])];
}
