import type { Finding } from '../../core/finding.ts';
import { ownFindings } from './own-rules.ts';

/** Facts for the checks besides the answers. The procedure looks them up, so that the rules stay pure. */
interface ApplicationFacts {
  agency: { code: string; name: string };
  /** The day of the submission, and whether the system has an earlier application for a 재배포. */
  today: string;
  earlier: boolean;
  /** Warnings about unknown or abolished codes: the agency's, and the one in the certificate's CN. */
  agencyWarnings: string[];
  /** Other systems that share a value with this one. */
  sameName: number;
  sameIp: string[];
  sameCn: number;
  /** Receipt numbers of other filings with the same 공문. */
  sameLetter: string[];
  letterWarning: string | null;
  /**
   * Labels of contact fields that differ from the registration; null when an officer entered the filing from paper.
   */
  differing: string[] | null;
  /** Number of products that fit. */
  modules: number;
}

type CheckedAnswers = Parameters<typeof ownFindings>[0] & { letterNumber: string };

const ok = (text: string): Finding => ({ level: 'ok', text });
const look = (text: string): Finding => ({ level: 'look', text });

/** The automatic checks of an application, in the order in which officers read them. */
export function applicationFindings(answers: CheckedAnswers, facts: ApplicationFacts): Finding[] {
  return [
    letter(answers, facts),
    ...(facts.letterWarning ? [look(facts.letterWarning)] : []),
    ...facts.agencyWarnings.map(look),
    contact(facts),
    ...ownFindings(answers, facts),
    facts.sameName > 0
      ? look(`같은 시스템명이 ${facts.sameName}건 있습니다.`)
      : ok('같은 시스템명이 없습니다.'),
    ...certificate(answers, facts),
    facts.sameIp.length > 0
      ? look(`다른 시스템이 쓰는 IP 주소가 있습니다: ${facts.sameIp.join(', ')}`)
      : ok('다른 시스템과 겹치는 IP 주소가 없습니다.'),
    fittingModule(facts),
  ];
}

function fittingModule({ modules }: ApplicationFacts): Finding {
  if (modules === 0)
    return { level: 'stop', text: '맞는 표준API 모듈이 없습니다. 승인하기 전에 모듈을 등록하십시오.' };
  return modules === 1
    ? ok('배포할 표준API 모듈이 있습니다.')
    : look(`맞는 표준API 모듈이 ${modules}개입니다. 승인할 때 보낼 것을 고릅니다.`);
}

function letter({ letterNumber }: CheckedAnswers, { sameLetter }: ApplicationFacts): Finding {
  return sameLetter.length > 0
    ? look(`공문 ${letterNumber}: 다른 신청에서 이미 쓴 문서번호입니다. (${sameLetter.join(', ')})`)
    : ok(`공문 ${letterNumber}: 처음 쓰는 문서번호이며 파일이 첨부되어 있습니다.`);
}

function contact({ differing }: ApplicationFacts): Finding {
  if (differing === null) return look('공문으로 접수한 신청입니다. 첨부한 공문, 신청서와 대조하십시오.');
  return differing.length > 0
    ? look(`사용자 등록과 다른 담당자 정보가 있습니다: ${differing.join(', ')}`)
    : ok('담당자 정보가 사용자 등록과 같습니다.');
}

/** The checks of the certificate number that need no other facts are among ownFindings. */
function certificate({ serverCn }: CheckedAnswers, { sameCn }: ApplicationFacts): Finding[] {
  if (!serverCn) return [look('서버용 인증서 신규 발급신청이 필요합니다.')];
  return sameCn > 0 ? [look(`다른 시스템 ${sameCn}건이 같은 인증서 CN을 씁니다.`)] : [];
}
