import { koreanDate, seoulDay } from '../../core/calendar.ts';
import type { Filings } from '../../filing/procedure.ts';
import { context, fallback, section } from '../../messenger/blocks.ts';
import type { Notices } from '../../messenger/notice.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import type { Db } from '../../store/store.ts';
import { drawChart } from '../reports/chart.ts';
import { sheetFile, tableFiles } from '../reports/sheet.ts';
import { exportOf } from './export.ts';
import { exportLists, isExportList, listOf } from './export-lists.ts';
import { EXPORT } from './export-view.ts';
import { statisticsOf } from './statistics.ts';
import { STATISTICS_CHARTS, STATISTICS_FILES, statisticsCharts, statisticsTable } from './statistics-view.ts';

/** Files for officers: exports and statistics, made when they are sent. */
export function deskNotices(filings: Pick<Filings, 'procedures'>): Notices {
  const counted = async (db: Db, facts: Record<string, string | number | null>) => {
    const period = { from: String(facts.from), to: String(facts.to) };
    const text = `통계 ${koreanDate(period.from)} ~ ${koreanDate(period.to)}`;
    return { text, statistics: await statisticsOf(db, period, await readExtraHolidays(db)) };
  };
  return {
    [EXPORT]: async (db, facts) => {
      const list = String(facts.list);
      const mayHave = { personId: String(facts.personId), role: 'OFFICER' as const, endedAt: null };
      // The right is checked again, because it may have ended meanwhile.
      if (!isExportList(list) || (await db.grant.count({ where: mayHave })) === 0) return null;
      const whole = facts.whole === 1;
      const chosen = listOf(filings, list, whole, new Date(String(facts.at)));
      const { csv, count, rows } = await exportOf(db, chosen);
      const name = `${exportLists[list]}-${seoulDay(new Date(String(facts.at)))}`;
      const text = `${exportLists[list]} 목록 ${count.toLocaleString('ko-KR')}건입니다.`;
      return {
        text: fallback(text),
        blocks: [
          section(text),
          context(
            whole
              ? '개인정보와 서버 정보가 가려져 있지 않습니다. 쓰고 난 파일은 지우십시오.'
              : '이름, 연락처, 서버 정보는 가려져 있습니다.',
          ),
          ...(rows ? [] : [context('2만 건이 넘어 CSV 파일로만 보내 드립니다.')]),
        ],
        files: [
          ...(rows ? [await sheetFile({ name, head: chosen.head, rows })] : []),
          { name: `${name}.csv`, bytes: csv },
        ],
      };
    },

    [STATISTICS_CHARTS]: async (db, facts) => {
      const { text, statistics } = await counted(db, facts);
      const files = [];
      for (const chart of statisticsCharts(filings, statistics)) {
        files.push({ name: `${chart.title}.png`, bytes: await drawChart(chart) }); // one at a time, because drawing takes memory
      }
      return { text: fallback(text), blocks: [section(text)], files };
    },
    [STATISTICS_FILES]: async (db, facts) => {
      const { text, statistics } = await counted(db, facts);
      return {
        text: fallback(text),
        blocks: [section(text)],
        files: await tableFiles(statisticsTable(filings, statistics)),
      };
    },
  };
}
