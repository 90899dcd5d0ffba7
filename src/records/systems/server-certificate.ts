import { koreanDate, seoulDay } from '../../core/calendar.ts';
import { dayNumber } from '../../core/holidays.ts';
import { SERVER_POLICIES } from '../pki/rules.ts';
import { organisationProblem, parseServerCn } from './server-cn.ts';

/** What is known about a 서버용 인증서: everything when it was read from a `.cer`; CN and end when they were typed. */
export interface ServerCertificateFacts {
  cn: string;
  notAfter: Date;
  /** Null where only CN and end were typed. */
  file: { organisation: string | null; policies: readonly string[]; notBefore: Date } | null;
}

type ServerCertificateVerdict =
  | { ok: true; cn: string; warnings: string[] }
  /** The field that is wrong, and what to do. */
  | { ok: false; field: 'file' | 'cn' | 'until'; message: string };

/** 행정전자서명 인증업무지침 제17조: at most 2 years and 3 months. */
const MAX_MONTHS = 27;
const DAY_MS = 24 * 60 * 60 * 1000;
/** 제20조: it may be renewed in the last three months; afterwards a new one has to be issued. */
const RENEWAL_DAYS = 90;

/**
 * `agencyCode`: the code of the system's agency. Codes change in reorganisations, so a different one is only pointed
 * out.
 */
export function judgeServerCertificate(
  { cn, notAfter, file }: ServerCertificateFacts,
  agencyCode: string,
  now: Date,
): ServerCertificateVerdict {
  const refuse = (field: 'file' | 'cn' | 'until', message: string) =>
    ({ ok: false, field, message }) as const;
  const parsed = parseServerCn(cn);
  if (!parsed.ok) return refuse(file ? 'file' : 'cn', parsed.message);
  if (file) {
    const wrongPlace = organisationProblem(parsed.agencyCode, file.organisation ?? '(없음)');
    if (wrongPlace) return refuse('file', wrongPlace);
    if (!file.policies.some((oid) => SERVER_POLICIES.includes(oid))) {
      return refuse(
        'file',
        '서버용 인증서가 아닙니다. 인증서 정책이 서버용(1.2.410.100001.2.1.2 또는 2.1.5)인 .cer 파일을 올리십시오.',
      );
    }
  }
  if (notAfter <= now) {
    const text = `${koreanDate(seoulDay(notAfter))}에 만료된 인증서입니다. 재발급받은 인증서를 등록하십시오.`;
    return refuse(file ? 'file' : 'until', text);
  }
  return {
    ok: true,
    cn: parsed.cn,
    warnings: [
      ...(parsed.agencyCode === agencyCode
        ? []
        : [
            `인증서 CN의 기관코드(${parsed.agencyCode})가 시스템의 기관코드(${agencyCode})와 다릅니다. 기관 개편 전의 인증서인지 확인하십시오.`,
          ]),
      ...(isTooLong(file?.notBefore ?? now, notAfter)
        ? ['유효기간이 2년 3개월을 넘습니다. 행정전자서명 서버용 인증서인지 확인하십시오.']
        : []),
    ],
  };
}

function isTooLong(from: Date, until: Date): boolean {
  const longest = new Date(from);
  longest.setUTCMonth(longest.getUTCMonth() + MAX_MONTHS);
  return until.getTime() > longest.getTime() + DAY_MS; // the last day is included
}

/** The end of its validity, and what to do about it at `now`. Days are those of the calendar, as in the reminder. */
export function expiryText(notAfter: Date, now: Date): string {
  const until = `${koreanDate(seoulDay(notAfter))}까지`;
  if (notAfter <= now) return `${until} (만료됨: 재발급을 신청하십시오)`;
  const days = dayNumber(seoulDay(notAfter)) - dayNumber(seoulDay(now));
  if (days > RENEWAL_DAYS) return until;
  return `${until} (${days === 0 ? '오늘 만료' : `${days}일 남음`}: 갱신할 수 있습니다)`;
}
