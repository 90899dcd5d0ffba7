import { isDay, koreanDay, seoulDay } from '../core/calendar.ts';
import type { Outcome } from '../messenger/click.ts';
import type { Messenger } from '../messenger/messenger.ts';
import { officersOnly } from '../records/people/office.ts';
import { addHoliday, type HolidayReader, listHolidays, removeHoliday } from '../store/extra-holidays.ts';
import { type Ground, operate } from '../store/operation.ts';
import {
  HOLIDAY_ADD,
  HOLIDAY_REMOVE,
  HOLIDAYS,
  holidaysView,
  NAME_MAX,
  notEntered,
  typedHoliday,
} from './holidays-view.ts';

const { requireOfficer, requireOffice } = officersOnly('휴일은 표준API 관리자만 관리할 수 있습니다.');

/** 휴일 관리: officers enter 임시공휴일 and election days. */
export function registerHolidays(
  messenger: Messenger,
  { ground, extraHolidays }: { ground: Ground; extraHolidays: HolidayReader },
): void {
  const today = () => seoulDay(ground.now());

  async function view(note: string | null) {
    const thisYear = Number(today().slice(0, 4));
    const years = [thisYear, thisYear + 1];
    const listed = await Promise.all(
      years.map(async (year) => ({ year, days: await listHolidays(ground.db, year) })),
    );
    return holidaysView(listed, today(), note);
  }

  messenger.onAction(HOLIDAYS, async ({ who, show }) => {
    requireOfficer(who);
    await show(await view(null));
  });

  messenger.onSubmit(HOLIDAY_ADD, async ({ who, place, view: opened }): Promise<Outcome> => {
    requireOfficer(who);
    const { day, name, blocks } = typedHoliday(opened.values, opened.metadata.version ?? '');
    const wrong = async (block: string, text: string): Promise<Outcome> => {
      const again = await view(text);
      return { errors: { [block]: text }, late: () => again };
    };
    if (!isDay(day)) return wrong(blocks.day, '날짜를 고르십시오.');
    if (name === '' || name.length > NAME_MAX)
      return wrong(blocks.name, `이름을 ${NAME_MAX}자 안으로 쓰십시오.`);
    const fault = await operate(ground, { actor: who.id, place }, async (op) => {
      await requireOffice(op.tx, who);
      return addHoliday(op, today(), day, name);
    });
    if (fault) return wrong(blocks.day, notEntered[fault]);
    extraHolidays.forget();
    return { update: await view(`✔ ${koreanDay(day)} ${name}: 추가했습니다.`) };
  });

  messenger.onAction(HOLIDAY_REMOVE, async ({ who, place, value, redraw }) => {
    requireOfficer(who);
    const removed = await operate(ground, { actor: who.id, place }, async (op) => {
      await requireOffice(op.tx, who);
      return removeHoliday(op, today(), value);
    });
    extraHolidays.forget();
    await redraw(
      await view(removed ? `✔ ${koreanDay(value)}: 휴일에서 뺐습니다.` : '이미 뺀 날이거나 지난 날입니다.'),
    );
  });
}
