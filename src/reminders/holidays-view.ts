import type { KnownBlock, ModalView } from '@slack/types';
import { koreanDay } from '../core/calendar.ts';
import { button, context, divider, lines, modal, plain, section, title } from '../messenger/blocks.ts';
import { enteredIn, type StateValues } from '../messenger/entered.ts';
import { inputBlock } from '../messenger/input-block.ts';
import type { ListedHoliday, NotEntered } from '../store/extra-holidays.ts';

export const HOLIDAYS = 'holidays.open';
export const HOLIDAY_ADD = 'holidays.add';
export const HOLIDAY_REMOVE = 'holidays.remove';
export const NAME_MAX = 50;

interface YearOfHolidays {
  year: number;
  days: ListedHoliday[];
}

/** The window 휴일 관리: the list of holidays, and fields to enter one more. Days from `today` on may be changed. */
export function holidaysView(
  years: readonly YearOfHolidays[],
  today: string,
  note: string | null,
): ModalView {
  // Slack keeps typed text as long as the block id stays. The id changes with the list, so that the fields come empty.
  const version = years.flatMap(({ days }) => days).filter(({ entered }) => entered).length;
  return modal({
    callbackId: HOLIDAY_ADD,
    title: '휴일 관리',
    submit: '추가',
    metadata: { version },
    blocks: [
      ...(note ? [section(note)] : []),
      section(
        '임시공휴일, 재·보궐선거일처럼 법령의 공휴일 목록에 없는 쉬는 날을 추가합니다. 쉬는 날에는 안내를 보내지 않고, 영업일 수에 넣지 않습니다.',
      ),
      inputBlock(`day${version}`, '날짜', { type: 'datepicker', placeholder: plain('날짜 선택') }),
      inputBlock(`name${version}`, '이름', {
        type: 'plain_text_input',
        max_length: NAME_MAX,
        placeholder: plain('예: 임시공휴일, 대통령 선거일'),
      }),
      ...years.flatMap((year) => yearPart(year, today)),
    ],
  });
}

function yearPart({ year, days }: YearOfHolidays, today: string): KnownBlock[] {
  const entered = days.filter((day) => day.entered);
  const lawful = days.filter((day) => !day.entered);
  return [
    divider,
    title(`${year}년에 추가한 휴일`),
    ...(entered.length === 0 ? [context('추가한 휴일이 없습니다.')] : []),
    ...entered.map(({ day, name }) =>
      section(
        `${koreanDay(day)} ${name}`,
        day < today
          ? undefined
          : button(HOLIDAY_REMOVE, '삭제', {
              value: day,
              style: 'danger',
              confirm: {
                title: '휴일에서 빼시겠습니까?',
                text: `${koreanDay(day)} ${name}: 그날 다시 안내를 보냅니다.`,
                confirm: '삭제',
              },
            }),
      ),
    ),
    lines([
      {
        label: `${year}년 법령의 공휴일(평일)`,
        text: lawful.map(({ day, name }) => `${koreanDay(day)} ${name}`).join('\n'),
      },
    ]),
  ];
}

interface TypedHoliday {
  day: string;
  name: string;
  /** Block ids, for what is wrong with them. */
  blocks: { day: string; name: string };
}

export function typedHoliday(values: StateValues, version: string): TypedHoliday {
  const blocks = { day: `day${version}`, name: `name${version}` };
  return {
    day: enteredIn(values, blocks.day)?.selected_date ?? '',
    name: (enteredIn(values, blocks.name)?.value ?? '').trim(),
    blocks,
  };
}

export const notEntered: Record<NotEntered, string> = {
  past: '지난 날은 추가할 수 없습니다. 오늘이나 앞으로의 날을 고르십시오.',
  weekend: '토요일이나 일요일입니다. 이미 쉬는 날이므로 추가하지 않아도 됩니다.',
  lawful: '이미 공휴일입니다. 추가하지 않아도 됩니다.',
  entered: '이미 추가한 날입니다.',
};
