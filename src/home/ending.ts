import { koreanDate } from '../core/calendar.ts';

/** A temporary licence that expires within this many days is the most urgent task. */
export const PRESSING_DAYS = 7;

/** The expiry in words. As officials count, the day before the expiry is D-1. */
export function ending(days: number, expiresOn: string): string {
  if (days < 0) return `⚠ 임시라이선스 기한 지남 (${koreanDate(expiresOn)})`;
  if (days === 0) return '⚠ 임시라이선스 오늘 만료';
  const mark = days <= PRESSING_DAYS ? '⚠ ' : '';
  return `${mark}임시라이선스 ${koreanDate(expiresOn)} 만료 (D-${days})`;
}
