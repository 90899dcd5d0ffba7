import type { Finding } from '../../core/finding.ts';
import { classifyIp } from '../../records/systems/hosts.ts';
import { parseServerCn } from '../../records/systems/server-cn.ts';
import { splitList } from '../host-rules.ts';

/** Facts for the checks besides the answers. */
interface ScvpFacts {
  agencyCode: string;
  /** Server certificate of the system, according to its application. */
  systemCn: string | null;
  /** WAS servers of the system: IP 주소 in the API form. */
  wasIps: readonly string[];
  /** Whether the application is approved, and whether it asked for SCVP; null when there is none. */
  application: { approved: boolean; ticked: boolean } | null;
  /** Receipt numbers of other filings with the same 공문. */
  sameLetter: readonly string[];
  letterWarning: string | null;
}

interface CheckedScvp {
  systemName: string;
  serverCn: string;
  ip: string;
  certificates: string;
  letterNumber: string;
}

const ok = (text: string): Finding => ({ level: 'ok', text });
const look = (text: string): Finding => ({ level: 'look', text });

/** The automatic checks of an SCVP application, in the order in which officers read them. */
export function scvpFindings(answers: CheckedScvp, facts: ScvpFacts): Finding[] {
  const { letterNumber } = answers;
  return [
    facts.sameLetter.length > 0
      ? look(`공문 ${letterNumber}: 다른 신청에서 이미 쓴 문서번호입니다. (${facts.sameLetter.join(', ')})`)
      : ok(`공문 ${letterNumber}: 처음 쓰는 문서번호이며 파일이 첨부되어 있습니다.`),
    ...(facts.letterWarning ? [look(facts.letterWarning)] : []),
    application(facts),
    ok('외부 인증기관 인증서 인증만 사용한다고 답했습니다.'),
    certificates(answers),
    serverCertificate(answers, facts),
    ...addresses(answers, facts),
  ];
}

function application({ application: applied }: ScvpFacts): Finding {
  if (!applied) return look('이 시스템의 표준API 이용신청이 없습니다.');
  if (!applied.approved) return look('표준API 이용신청이 아직 승인되지 않았습니다.');
  return applied.ticked
    ? ok('이용신청서에서 차순위 검증 SCVP를 선택했습니다.')
    : look('이용신청서에서는 차순위 검증 SCVP를 선택하지 않았습니다.');
}

/** A system that uses GPKI certificates only needs no SCVP: the service is for certificates of other authorities. */
function certificates({ certificates: used }: CheckedScvp): Finding {
  const others = used.replace(/GPKI|EPKI|행정전자서명/gi, '').replace(/[\s,·/()]/g, '');
  return others === ''
    ? look(`사용 인증서가 외부 인증기관의 것인지 확인하십시오: ${used}`)
    : ok(`사용 인증서: ${used}`);
}

function serverCertificate({ serverCn }: CheckedScvp, { agencyCode, systemCn }: ScvpFacts): Finding {
  const parsed = parseServerCn(serverCn);
  if (!parsed.ok) return look(parsed.message);
  if (parsed.agencyCode !== agencyCode)
    return look(`인증서 CN의 기관코드(${parsed.agencyCode})가 소속기관 코드(${agencyCode})와 다릅니다.`);
  return systemCn && systemCn !== serverCn
    ? look(`이용신청서의 인증서 CN(${systemCn})과 다릅니다.`)
    : ok('인증서 CN이 소속기관의 것입니다.');
}

/**
 * This form asks for the VIP or public address, the API form for the WAS server's own. The same address in both is
 * probably a mistake.
 */
function addresses({ ip }: CheckedScvp, { wasIps }: ScvpFacts): Finding[] {
  const all = splitList(ip);
  const same = all.filter((one) => wasIps.includes(one));
  const inner = all.filter((one) => classifyIp(one) === 'private' && !same.includes(one));
  return [
    ...(same.length > 0
      ? [
          look(
            `이용신청서의 IP 주소(WAS 서버의 내부 물리 IP)와 같습니다: ${same.join(', ')} (VIP 또는 공인 IP를 적는 칸입니다.)`,
          ),
        ]
      : []),
    ...(inner.length > 0
      ? [look(`내부 IP입니다: ${inner.join(', ')} (VIP이면 맞습니다. 신청자에게 확인하십시오.)`)]
      : []),
    ...(same.length === 0 && inner.length === 0 ? [ok('IP 주소가 공인 IP입니다.')] : []),
  ];
}
