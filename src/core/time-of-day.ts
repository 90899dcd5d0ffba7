import { rule } from './rule.ts';

/** Reads `9:05`, `0905`, `14시 30분` and `오후 3시 20분` as `HH:MM`. 오전 12시 is midnight, 오후 12시 noon. */
export const timeOfDay = rule((typed) => {
  const folded = typed.normalize('NFKC').replace(/\s/g, '');
  const [, half, hour = '', minute = ''] =
    /^(오전|오후)?(\d{1,2})(?:시|:?(?=\d\d분?$))(\d{0,2})분?$/.exec(folded) ?? [];
  const hours = half ? (Number(hour) % 12) + (half === '오후' ? 12 : 0) : Number(hour);
  if (hour === '' || Number(hour) > (half ? 12 : 23) || Number(minute) > 59) {
    return { ok: false, message: '시각을 24시간제로 적으십시오. 예: 14:30' };
  }
  return { ok: true, value: `${String(hours).padStart(2, '0')}:${minute.padStart(2, '0')}` };
});
