import { seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Filings } from '../../filing/procedure.ts';
import type { Messenger } from '../../messenger/messenger.ts';
import { noteView } from '../../messenger/refusal-view.ts';
import { readersOnly } from '../../records/people/office.ts';
import { readExtraHolidays } from '../../store/extra-holidays.ts';
import { operate } from '../../store/operation.ts';
import { isPeriod, type PeriodName, periodOf, statisticsOf } from './statistics.ts';
import {
  STATISTICS,
  STATISTICS_CHARTS,
  STATISTICS_FILES,
  STATISTICS_PERIOD,
  statisticsView,
} from './statistics-view.ts';

const requireReader = readersOnly('통계는 표준API 관리자와 감사자만 볼 수 있습니다.');

/** 통계 for officers and auditors: numbers only, no personal data. */
export function registerStatistics({ onAction }: Messenger, filings: Filings) {
  const { db, now } = filings;

  async function view(name: PeriodName) {
    const period = periodOf(name, seoulDay(now()));
    return statisticsView(filings, name, await statisticsOf(db, period, await readExtraHolidays(db)));
  }

  onAction(STATISTICS, async ({ who, showLater }) => {
    requireReader(who);
    await showLater(view('thisYear'));
  });

  onAction(STATISTICS_PERIOD, async ({ who, value, redraw }) => {
    requireReader(who);
    await redraw(await view(named(value)));
  });

  for (const notice of [STATISTICS_CHARTS, STATISTICS_FILES]) {
    onAction(notice, async ({ who, place, value, show }) => {
      requireReader(who);
      const { from, to } = periodOf(named(value), seoulDay(now()));
      await operate(filings, { actor: who.id, place }, async (op) => {
        const key = `${notice}:${who.id}:${op.now.getTime()}`;
        op.tell({ key, notice, to: who.id, facts: { from, to } });
      });
      const what = notice === STATISTICS_CHARTS ? '그림으로' : 'XLSX와 CSV 파일로';
      await show(noteView('보내 드립니다', [`통계: 이 앱의 ‘메시지’에서 ${what} 받으십시오.`]));
    });
  }
}

function named(value: string): PeriodName {
  if (isPeriod(value)) return value;
  throw new Refusal('알 수 없는 기간입니다.', '‘통계’를 다시 열어 기간을 고르십시오.');
}
