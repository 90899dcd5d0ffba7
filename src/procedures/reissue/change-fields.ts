import { choices } from '../../messenger/forms/form.ts';
import { domain, ipList, realDomain } from '../host-rules.ts';

/** The only grounds for a reissue (guide 1.7). */
const reasons = [
  { value: 'IP', label: '서버 IP 변경' },
  { value: 'DOMAIN', label: '도메인 변경' },
] as const;

export const reason = choices({ label: '재발급 사유', options: reasons });

export const newIp = {
  label: '변경 후 운영서버 IP 주소',
  hint: '바뀌지 않은 서버까지 모두 적으십시오. 여러 대이면 쉼표나 줄바꿈으로 나눕니다.',
  lines: true,
  max: 3000,
  schema: ipList,
  check: (typed: string, { answers }: { answers: Record<string, unknown> }) =>
    typed === answers.oldIp ? '변경 전 IP 주소와 같습니다. 바뀐 주소로 고치십시오.' : null,
  when: { field: 'reason', is: ['IP'] },
  sensitive: true,
} as const;

export const newDomain = {
  label: '변경 후 도메인',
  hint: '예: minwon.mois.go.kr',
  schema: domain,
  check: (typed: string, { answers }: { answers: Record<string, unknown> }) =>
    typed === answers.oldDomain
      ? '변경 전 도메인과 같습니다. 바뀐 도메인으로 고치십시오.'
      : realDomain(typed),
  when: { field: 'reason', is: ['DOMAIN'] },
} as const;

/** 서버 IP 변경, 도메인 변경. */
export function reasonLabels(chosen: readonly string[]): string {
  return reasons
    .filter(({ value }) => chosen.includes(value))
    .map(({ label }) => label)
    .join(', ');
}
