import { koreanDate } from '../core/calendar.ts';

/** A temporary licence that ends within so many days comes before everything else. */
export const PRESSING_DAYS = 7;

/** The day before is D-1, as officials count. */
export function ending(days: number, expiresOn: string): string {
  if (days < 0) return `⚠ 임시라이선스 기한 지남 (${koreanDate(expiresOn)})`;
  if (days === 0) return '⚠ 임시라이선스 오늘 만료';
  const mark = days <= PRESSING_DAYS ? '⚠ ' : '';
  return `${mark}임시라이선스 ${koreanDate(expiresOn)} 만료 (D-${days})`;
}
