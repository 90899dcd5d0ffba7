import type { Filings } from '../filing/procedure.ts';
import { fallback, section } from '../messenger/blocks.ts';
import type { Notices } from '../messenger/outbox-delivery.ts';
import { drawChart } from '../reports/chart.ts';
import { tableFiles } from '../reports/sheet.ts';
import { koreanDate } from '../schedule/calendar.ts';
import { readExtraHolidays } from '../schedule/extra-holidays.ts';
import type { Db } from '../store/store.ts';
import { statisticsOf } from './statistics.ts';
import { STATISTICS_CHARTS, STATISTICS_FILES, statisticsCharts, statisticsTable } from './statistics-view.ts';

/** Files of the desk: made when they are sent. */
export function deskNotices(filings: Pick<Filings, 'procedures'>): Notices {
  const counted = async (db: Db, facts: Record<string, string | number | null>) => {
    const period = { from: String(facts.from), to: String(facts.to) };
    const text = `통계 ${koreanDate(period.from)} ~ ${koreanDate(period.to)}`;
    return { text, statistics: await statisticsOf(db, period, await readExtraHolidays(db)) };
  };
  return {
    [STATISTICS_CHARTS]: async (db, facts) => {
      const { text, statistics } = await counted(db, facts);
      const files = [];
      for (const chart of statisticsCharts(filings, statistics)) {
        files.push({ name: `${chart.title}.png`, bytes: await drawChart(chart) }); // one at a time: they are drawn in memory
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
