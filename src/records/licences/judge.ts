import { koreanDate } from '../../core/calendar.ts';
import { matchHost, type ObservedHost } from './hosts.ts';
import type { LicencePayload } from './licence.ts';

/**
 * What the records say about the licence number. `forged`: another file has this number. `unknown`: the number does
 * not exist, or there were no records to ask.
 */
export type LicenceStanding = 'current' | 'superseded' | 'revoked' | 'forged' | 'unknown';

export type LicenceVerdict =
  | 'FORGED'
  | 'REVOKED'
  | 'SUPERSEDED'
  | 'EXPIRED'
  | 'WRONG_HOST'
  | 'UNRECORDED'
  | 'VALID';

interface LicenceQuestion {
  /** The payload of a file that `openLicence` accepted; a judgement about another one would mean nothing. */
  payload: LicencePayload;
  /** The server that it is to run on; when left out, the host is not judged. */
  host?: ObservedHost | undefined;
  /** YYYY-MM-DD in Asia/Seoul. */
  today: string;
  standing: LicenceStanding;
}

export const FORGED =
  '서명 키는 맞지만 발급 대장의 라이선스와 내용이 다릅니다. 위조된 파일이니 쓰지 말고 표준API 관리자에게 바로 알려 주십시오.';

/**
 * Whether a genuine licence may be used. Of several faults the first in this order is told, because it has to be put
 * right first:
 * FORGED (signed with our key, but not the file that was issued), REVOKED, SUPERSEDED (this number will never be
 * valid again), EXPIRED (a new licence is needed, for any host), WRONG_HOST (reissue or the right server), UNRECORDED
 * (no fault, but the records do not know it).
 */
export function judgeLicence(question: LicenceQuestion): { verdict: LicenceVerdict; text: string } {
  const { payload, host, today, standing } = question;
  const { number, expiresOn } = payload;
  if (standing === 'forged') return { verdict: 'FORGED', text: `${number}: ${FORGED}` };
  if (standing === 'revoked') {
    return { verdict: 'REVOKED', text: `${number}: 폐지된 라이선스입니다. 서버에서 지워 주십시오.` };
  }
  if (standing === 'superseded') {
    return {
      verdict: 'SUPERSEDED',
      text: `${number} 뒤에 새 라이선스가 발급되었습니다. 새 라이선스로 바꿔 주십시오.`,
    };
  }
  if (expiresOn !== null && today > expiresOn) {
    return {
      verdict: 'EXPIRED',
      text: `${number}: ${koreanDate(expiresOn)}에 만료되었습니다. 적용결과표를 제출해 정상라이선스를 받거나 임시라이선스를 다시 신청해 주십시오.`,
    };
  }
  const match = host ? matchHost(payload.hosts, host) : 'MATCH';
  if (match === 'MISMATCH') {
    return {
      verdict: 'WRONG_HOST',
      text: `${number}: 다른 서버에 발급된 라이선스입니다. 서버 IP나 도메인이 바뀌었으면 재발급을 요청해 주십시오.`,
    };
  }
  if (match === 'NOTHING_TO_COMPARE') {
    return {
      verdict: 'WRONG_HOST',
      text: `${number}: 이 서버의 라이선스인지 알 수 없습니다. 라이선스에 등록된 항목(${boundParts(payload)})을 알려 주십시오.`,
    };
  }
  if (standing === 'unknown') {
    return {
      verdict: 'UNRECORDED',
      text: `${number}의 서명은 맞지만 발급 대장에서 확인하지 못했습니다. 표준API 관리자에게 확인해 주십시오.`,
    };
  }
  const until = expiresOn === null ? '' : `${koreanDate(expiresOn)}까지 `;
  return { verdict: 'VALID', text: `${number}: ${until}쓸 수 있는 라이선스입니다.` };
}

const PART_LABEL = { ip: 'IP 주소', host: 'HOST', mac: 'MAC', domain: '도메인' } as const;

/** Names only the kinds of bound parts: the addresses are not shown to whoever holds the file. */
function boundParts(payload: LicencePayload): string {
  const labels = Object.entries(PART_LABEL)
    .filter(([part]) => payload.hosts.some((bound) => Object.hasOwn(bound, part)))
    .map(([, label]) => label);
  return labels.join(', ');
}
