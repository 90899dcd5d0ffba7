import type { ContextBlock } from '@slack/types';
import { koreanDate } from '../../core/calendar.ts';
import { maskName } from '../../core/mask.ts';
import { context } from '../../messenger/blocks.ts';
import type { Absence } from './absence.ts';
import { actingOn, awayOn, isOn } from './rule.ts';

/** How many names a line shows. */
export const NAMED = 10;

/** `12. 3.`, or with its year when that is not this one. */
export function shortDate(day: string, today: string): string {
  const date = koreanDate(day);
  return day.slice(0, 4) === today.slice(0, 4) ? date.replace(/^\d+\. /, '') : date;
}

/** `2026. 11. 30. ~ 2026. 12. 3.`, or the one day. */
export function periodText({ fromOn, toOn }: Pick<Absence, 'fromOn' | 'toOn'>): string {
  return fromOn === toOn ? koreanDate(fromOn) : `${koreanDate(fromOn)} ~ ${koreanDate(toOn)}`;
}

export const fullName = ({ name }: { name: string | null }) => name ?? '이름 없음';
export const maskedName = ({ name }: { name: string | null }) => (name ? maskName(name) : '이름 없음');

/**
 * Follows an officer's name: ` (부재 ~12. 3., 대신: 정*인)`, or nothing when the officer is there. Names are masked,
 * because messages show it too. `viewerId`: the reader.
 */
export function awayWords(
  open: readonly Absence[],
  officerId: string | null,
  today: string,
  viewerId: string | null = null,
): string {
  const away = officerId ? awayOn(open, officerId, today) : null;
  if (!away) return '';
  const acting = actingOn(open, away.officerId, today);
  const who =
    acting === null
      ? `대신할 ${maskedName(away.substitute)}도 부재`
      : `대신: ${acting === viewerId ? '나' : maskedName(away.substitute)}`;
  return ` (부재 ~${shortDate(away.toOn, today)}, ${who})`;
}

/** Who is away, at the end of the officers' digest. */
export function awayToday(open: readonly Absence[], today: string): ContextBlock[] {
  const away = open.filter((one) => isOn(one, today));
  if (away.length === 0) return [];
  const names = away
    .slice(0, NAMED)
    .map(({ officer, officerId }) => `${maskedName(officer)}${awayWords(open, officerId, today)}`);
  const rest = away.length > NAMED ? ` 외 ${away.length - NAMED}명` : '';
  return [context(`오늘 부재: ${names.join(', ')}${rest}`)];
}
