import { koreanDateTime, seoulDay } from '../../core/calendar.ts';
import { maskName } from '../../core/mask.ts';
import { type Filings, getProcedure } from '../../filing/procedure.ts';
import { fallback, section } from '../../messenger/blocks.ts';
import type { Notice, Notices } from '../../messenger/notice.ts';
import { stateLabels } from '../../records/filings/states.ts';
import { holdsOffice, holdsRole } from '../../records/people/office.ts';
import type { FilingState } from '../../store/client/enums.ts';
import type { Db } from '../../store/store.ts';
import { drawChart } from '../reports/chart.ts';
import { tableFiles } from '../reports/sheet.ts';
import { ASKED, askedNotice } from './asked-view.ts';
import { boardNotice } from './board-view.ts';
import { RECEIVED } from './by-mail-view.ts';
import { ASKED_MESSAGE } from './conduct.ts';
import { enteredLabels, receivedFile } from './entered.ts';
import { type Answer, answerLabels, progressOf, resultRows, sumOf, systemsAskedOf } from './progress.ts';
import { withRegistered } from './registered.ts';
import { groups, isOpen, standing } from './round.ts';

/** The message with this person's current questions; null when there are none any more. */
export async function renderAsked(db: Db, roundId: string, personId: string): Promise<Notice | null> {
  const round = await db.surveyRound.findUnique({ where: { id: roundId } });
  if (!round) return null;
  const systems = await systemsAskedOf(db, round, personId);
  if (systems.length === 0) return null;
  return askedNotice(round, await withRegistered(db, systems), ASKED);
}

/** Messages of a survey: the question to contacts, and the board, the result and the chart to officers. */
export function surveyNotices({ procedures, now }: Pick<Filings, 'procedures' | 'now'>): Notices {
  return {
    [ASKED_MESSAGE]: async (db, facts, by) => {
      const round = await db.surveyRound.findUnique({ where: { id: String(facts.roundId) } });
      if (!round || !isOpen(round, seoulDay(now()))) return null; // the round ended before the message was sent
      const systems = await systemsAskedOf(db, round, String(facts.personId));
      if (systems.every(({ answer }) => answer !== 'SILENT')) return null; // all were answered before the message was sent
      return askedNotice(round, await withRegistered(db, systems), ASKED, by === 'mail');
    },

    'survey.board': {
      subject: 'roundId',
      card: async (db, facts) => {
        const round = await db.surveyRound.findUnique({ where: { id: String(facts.roundId) } });
        return round && boardNotice(round, await progressOf(db, round), standing(round, seoulDay(now())));
      },
    },

    'survey.chart': async (db, facts) => {
      const round = await db.surveyRound.findUnique({ where: { id: String(facts.roundId) } });
      if (!round) return null;
      const { total, byGroup } = await progressOf(db, round);
      const answerOrder: Answer[] = ['UNCHANGED', 'CHANGED', 'CONTACT', 'RETIRED', 'SILENT'];
      const bytes = await drawChart({
        title: round.name,
        subtitle: `${koreanDateTime(now())} 기준 · 시스템 ${sumOf(total).toLocaleString('ko-KR')}건`,
        kind: 'bars',
        stacked: true,
        categories: byGroup.map(({ label }) => label),
        series: answerOrder.map((answer) => ({
          name: answerLabels[answer],
          values: byGroup.map(({ counts }) => counts[answer]),
        })),
      });
      const text = `이용현황조사 도표: ${round.name}`;
      return { text: fallback(text), blocks: [section(text)], files: [{ name: '이용현황조사.png', bytes }] };
    },

    [RECEIVED]: async (db, { roundId, systemId }, _by, to) => {
      if (to !== undefined && !(await holdsOffice(db, to))) return null;
      const system = await db.system.findUniqueOrThrow({ where: { id: String(systemId) } });
      const target = await db.surveyTarget.findFirst({
        where: { roundId: String(roundId), systemId: system.id },
      });
      const file = receivedFile(target?.received);
      if (!file) return null; // it was destroyed before the message was sent
      const text = `이용현황조사 응답으로 받은 문서: ${system.name}`;
      return { text: fallback(text), blocks: [section(text)], files: [file] };
    },

    'survey.result': async (db, facts, _by, to) => {
      if (to !== undefined && !(await holdsRole(db, to))) return null;
      const round = await db.surveyRound.findUnique({ where: { id: String(facts.roundId) } });
      if (!round) return null;
      const rows = await resultRows(db, round);
      const files = await tableFiles({
        name: '이용현황조사 결과',
        head: [
          '기관코드',
          '기관명',
          '기관 구분',
          '시스템명',
          '응답자',
          '응답',
          '응답일시',
          '답한 방법',
          '받은 문서',
          '접수번호',
          '신청',
          '처리상태',
        ],
        rows: rows.map((row) => [
          row.agencyCode,
          row.agency,
          groups.find(({ value }) => value === row.group)?.label ?? '',
          row.system,
          row.person ? maskName(row.person) : '',
          answerLabels[row.answer],
          row.answeredAt ? koreanDateTime(row.answeredAt) : '',
          row.enteredAs ? enteredLabels[row.enteredAs] : '',
          receivedFile(row.received) ? '있음' : '', // the sender's name for the file may name a person
          row.number ?? '',
          row.procedure ? getProcedure({ procedures }, row.procedure).title : '',
          row.state ? stateLabels[row.state as FilingState] : '',
        ]),
      });
      const text = `이용현황조사 결과: ${round.name} (${rows.length.toLocaleString('ko-KR')}건)`;
      return { text: fallback(text), blocks: [section(text)], files };
    },
  };
}
