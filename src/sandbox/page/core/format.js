const SEOUL = 'Asia/Seoul';
const time = new Intl.DateTimeFormat('ko-KR', { timeZone: SEOUL, hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat('ko-KR', { timeZone: SEOUL, dateStyle: 'full' });
const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone: SEOUL, dateStyle: 'short' });
const isoMinute = new Intl.DateTimeFormat('sv-SE', {
  timeZone: SEOUL,
  dateStyle: 'short',
  timeStyle: 'short',
});

/** @param {string} ts Slack timestamp: seconds, a dot, microseconds */
const dateOf = (ts) => new Date(Number(ts) * 1000);

export const clockTime = (ts) => time.format(dateOf(ts));
export const fullDay = (ts) => day.format(dateOf(ts));
export const dayKey = (ts) => isoDay.format(dateOf(ts));

/** The native field shows a date in the browser's own language. @param {string | null} date YYYY-MM-DD @returns {string} '2027년 2월 22일 월요일' */
export const dayInWords = (date) => (date ? day.format(new Date(`${date}T00:00:00+09:00`)) : '');

/** @param {number | null} seconds Unix time @returns {string} value of a datetime-local input, Seoul time */
export const toLocalInput = (seconds) =>
  seconds ? isoMinute.format(new Date(seconds * 1000)).replace(' ', 'T') : '';

/** @returns {number | null} Unix seconds; Korea has no summer time, so the offset is fixed */
export function fromLocalInput(value) {
  const at = value ? Date.parse(`${value}:00+09:00`) : Number.NaN;
  return Number.isNaN(at) ? null : at / 1000;
}

const relative = new Intl.RelativeTimeFormat('ko', { numeric: 'auto' });

/** '방금', '5분 전', '3일 전'. @param {Date} at */
function ago(at, now = Date.now()) {
  const minutes = Math.round((at.getTime() - now) / 60_000);
  if (Math.abs(minutes) < 1) return '방금';
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 60 / 24), 'day');
}

/** Slack's date tokens, as `<!date^…>` and rich text use them. */
export function formatDateTokens(seconds, format) {
  const at = new Date(seconds * 1000);
  const words = {
    date_num: isoDay.format(at),
    date: new Intl.DateTimeFormat('ko-KR', { timeZone: SEOUL, dateStyle: 'long' }).format(at),
    date_short: new Intl.DateTimeFormat('ko-KR', { timeZone: SEOUL, dateStyle: 'medium' }).format(at),
    date_long: day.format(at),
    time: time.format(at),
    ago: ago(at),
    time_secs: new Intl.DateTimeFormat('ko-KR', { timeZone: SEOUL, timeStyle: 'medium' }).format(at),
  };
  return format.replace(/\{(\w+)\}/g, (token, name) => words[name.replace(/_pretty$/, '')] ?? token);
}

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return '';
  if (bytes < 1024) return `${bytes}바이트`;
  const kib = bytes / 1024;
  return kib < 1024 ? `${Math.round(kib)} KB` : `${(kib / 1024).toFixed(1)} MB`;
}

/** Links that may leave the page; anything else (javascript:, data:) is shown as text. */
export function safeUrl(url) {
  return typeof url === 'string' && /^(https?:\/\/|mailto:|tel:)/i.test(url.trim()) ? url.trim() : null;
}
