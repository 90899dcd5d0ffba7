import { koreanDate } from '../../core/calendar.ts';
import type { Finding } from '../../core/finding.ts';
import { classifyIp } from '../../records/systems/hosts.ts';
import { isPlaceholderHost, isPlaceholderMac } from '../../records/systems/placeholders.ts';
import { parseServerCn } from '../../records/systems/server-cn.ts';
import { splitList } from '../host-rules.ts';

/** The answers that the rules read. A draft may lack any of them. */
interface Told {
  systemName?: string | undefined;
  ip?: string | undefined;
  devHost?: string | undefined;
  devMac?: string | undefined;
  serverCn?: string | undefined;
  was?: string | undefined;
  jdk?: string | undefined;
  environment?: string | undefined;
  language?: string | undefined;
  usage?: string[] | undefined;
  reason?: string | undefined;
  serviceDate?: string | undefined;
}

interface Seen {
  agency: { code: string; name: string };
  /** The day of the submission in Seoul, YYYY-MM-DD. */
  today: string;
  /** Whether the system has an earlier application, so that 재배포 is possible. */
  earlier: boolean;
}

interface Rule {
  /** What is doubtful; null when nothing is. */
  doubt(told: Told, seen: Seen): string | null;
  /** What the applicant can do about it, besides correcting it. */
  todo?: string;
  /** What an officer reads when nothing is doubtful. */
  fine(told: Told): string | null;
}

const FAR_YEARS = 5;

/** No official source; from published experience. */
export const JAKARTA_LOGIN =
  '웹 로그인 모듈(GPKISecureWeb)을 Jakarta EE(Spring Boot 3)에서 쓰지 못했다는 사례가 있습니다. 공식 지원 여부는 이용가이드에 없습니다.';
/** What whoever wants to apply it does. */
export const ASK_FIRST = '쓰는 버전을 적어 Q&A로 먼저 확인하십시오.';

/** Products from the version on in which their classes are jakarta.*. */
const JAKARTA_FROM: readonly [name: RegExp, version: number][] = [
  [/(?:tomcat|톰캣)\D{0,10}(\d+)/i, 10],
  [/(?:spring[\s-]*boot|스프링\s*부트)\D{0,5}(\d+)/i, 3],
  [/wildfly\D{0,5}(\d+)/i, 27],
  [/jetty\D{0,5}(\d+)/i, 11],
  [/glassfish\D{0,5}(\d+)/i, 6],
  [/jakarta()/i, 0],
];

const isJakarta = (version: string) =>
  JAKARTA_FROM.some(([name, from]) => {
    const [found, number] = name.exec(version) ?? [];
    return found !== undefined && Number(number) >= from;
  });
const bare = (text: string) => text.replaceAll(' ', '');

/**
 * Checks that need only the application's own answers. The applicant reads them before the submission, the officer in
 * the review.
 */
const rules: readonly Rule[] = [
  {
    doubt: ({ systemName = '' }, { agency }) =>
      bare(systemName).startsWith(bare(agency.name))
        ? null
        : `시스템명이 기관명(${agency.name})으로 시작하지 않습니다.`,
    fine: () => '시스템명이 기관명으로 시작합니다.',
  },
  {
    doubt: ({ reason }, { earlier }) =>
      reason === 'REDISTRIBUTION' && !earlier
        ? '신청사유가 재배포이나 같은 이름으로 먼저 신청한 시스템이 없습니다.'
        : null,
    fine: () => null,
  },
  {
    doubt({ serverCn = '' }, { agency }) {
      const parsed = parseServerCn(serverCn);
      return parsed.ok && parsed.agencyCode !== agency.code
        ? `인증서 CN의 기관코드(${parsed.agencyCode})가 소속기관 코드(${agency.code})와 다릅니다.`
        : null;
    },
    fine: ({ serverCn }) => (serverCn ? '인증서 CN이 소속기관의 것입니다.' : null),
  },
  {
    doubt({ ip = '' }) {
      const open = splitList(ip).filter((one) => classifyIp(one) === 'public');
      return open.length > 0
        ? `공인 IP로 보이는 주소가 있습니다: ${open.join(', ')} (WAS 서버의 내부 물리 IP를 적는 칸입니다.)`
        : null;
    },
    fine: () => 'IP 주소가 내부 주소입니다.',
  },
  {
    doubt({ was, jdk }) {
      const versions = { 'WAS 버전': was, 'JDK 버전': jdk };
      const without = Object.entries(versions).flatMap(([label, version]) =>
        version !== undefined && !/\d/.test(version) ? [label] : [],
      );
      return without.length > 0 ? `버전 번호가 없는 항목이 있습니다: ${without.join(', ')}` : null;
    },
    fine: () => null,
  },
  {
    doubt({ was = '', jdk = '', environment, language, usage = [] }) {
      const webLogin = environment === 'WEB' && language === 'JAVA' && usage.includes('LOGIN');
      const version = [was, jdk].find(isJakarta);
      return webLogin && version !== undefined ? `${version}: ${JAKARTA_LOGIN}` : null;
    },
    todo: ASK_FIRST,
    fine: () => null,
  },
  {
    doubt: ({ devHost = '', devMac = '' }) =>
      splitList(devHost).some(isPlaceholderHost) || splitList(devMac).some(isPlaceholderMac)
        ? '개발서버의 HOST 또는 Mac 주소가 시험용 값입니다. 적용결과표에서는 실제 정보가 필요합니다.'
        : null,
    fine: ({ devHost }) => (devHost ? '개발서버의 HOST와 Mac 주소가 실제 값으로 보입니다.' : null),
  },
  {
    doubt: ({ serviceDate }, { today }) =>
      serviceDate && Number(serviceDate.slice(0, 4)) - Number(today.slice(0, 4)) > FAR_YEARS
        ? `서비스 개시예정일이 ${FAR_YEARS}년 넘게 남았습니다: ${koreanDate(serviceDate)}`
        : null,
    fine: () => null,
  },
];

/** For officers: also lists the checks that found nothing wrong. */
export function ownFindings(told: Told, seen: Seen): Finding[] {
  return rules.flatMap((rule): Finding[] => {
    const doubt = rule.doubt(told, seen);
    if (doubt !== null) return [{ level: 'look', text: doubt }];
    const fine = rule.fine(told);
    return fine === null ? [] : [{ level: 'ok', text: fine }];
  });
}

/** For the applicant, above the summary; null when nothing is doubtful. */
export function doubtsText(told: Told, seen: Seen): string | null {
  const doubts = rules.flatMap(({ doubt, todo = '' }) => {
    const doubtful = doubt(told, seen);
    return doubtful === null ? [] : [`⚠ ${doubtful} ${todo}`.trimEnd()];
  });
  if (doubts.length === 0) return null;
  return [
    '관리자도 보는 점검 결과입니다. 잘못 적은 것이면 고치고, 맞으면 그대로 제출하십시오.',
    ...doubts,
  ].join('\n');
}
