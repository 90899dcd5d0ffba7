import { SUPPORT_PHONE } from '../../core/support-phone.ts';
import { type Answers, choice, choices, type Fields, text } from '../../messenger/forms/form.ts';
import { bitWidths, moduleLanguages, operatingSystems } from '../../records/modules/choices.ts';
import { readPlatform } from '../../records/systems/uname.ts';
import { ipList } from '../host-rules.ts';

const PHP_REFUSED = `PHP는 표준API가 지원하지 않습니다. C/C++ 또는 Java로 개발한 부분에 적용하여 신청하십시오. 문의: ${SUPPORT_PHONE}`;

const PHP_ON_PAPER =
  'PHP는 표준API가 지원하지 않습니다. 접수하지 말고, 보낸 기관에 C/C++ 또는 Java로 개발한 부분에 적용하여 다시 신청하라고 알리십시오.';

const platformIn = ({ osDetail }: Answers) => (typeof osDetail === 'string' ? readPlatform(osDetail) : {});
const labelOf = (options: readonly { value: string; label: string }[], value: string) =>
  options.find((one) => one.value === value)?.label ?? value;

/** 표준API 적용시스템 세부사항 (guide 1.3.2, 2-3, and 작성요령 ④). */
export const environmentFields = {
  os: choice({
    label: '운영체제',
    options: operatingSystems,
    shape: 'select',
    check: (value, { answers }) => {
      const detail = platformIn(answers).os;
      return detail && detail !== value
        ? `‘운영체제 상세’에는 ${labelOf(operatingSystems, detail)} 서버라고 적혀 있습니다. 둘을 같게 고치십시오.`
        : null;
    },
  }),
  osDetail: text({
    label: '운영체제 상세',
    hint: 'Unix 계열은 서버에서 uname -a를 실행한 결과를 그대로 붙여 넣고, Windows는 버전을 적으십시오. 운영체제와 비트수를 여기에서 읽어 맞춥니다.',
    max: 300,
  }),
  osBits: choice({
    label: '운영체제 비트수',
    options: bitWidths,
    check: (value, { answers }) => {
      const detail = platformIn(answers).bits;
      return detail && detail !== value
        ? `‘운영체제 상세’를 보면 ${detail}bit입니다. 둘을 같게 고치십시오.`
        : null;
    },
  }),
  was: text({ label: 'WAS 버전', placeholder: '예: Tomcat 9.0.85' }),
  ip: text({
    label: 'IP 주소',
    hint: 'WAS단에서 사용되는 서버의 내부 물리 IP를 적으십시오. 여러 대이면 쉼표나 줄바꿈으로 나눕니다.',
    lines: true,
    max: 3000,
    schema: ipList,
    sensitive: true,
  }),
  environment: choice({
    label: '시스템 환경',
    options: [
      { value: 'CS', label: 'C/S' },
      { value: 'WEB', label: '웹(JSP)' },
    ],
  }),
  language: choice({
    label: '개발언어',
    options: [
      ...moduleLanguages,
      { value: 'PHP', label: 'PHP', description: '표준API는 PHP를 지원하지 않습니다' },
    ],
    check: (value, { channel }) =>
      value === 'PHP' ? (channel === 'PAPER' ? PHP_ON_PAPER : PHP_REFUSED) : null,
  }),
  jvmBits: choice({
    label: 'JVM 구동 비트수',
    hint: 'JVM의 비트수와 모듈의 비트수가 같아야 동작합니다. 서버에서 java -version으로 확인하십시오.',
    options: bitWidths,
    check: (value, { answers }) =>
      value === '64' && answers.osBits === '32'
        ? '32bit 운영체제에서는 64bit JVM이 동작하지 않습니다. 서버에서 java -version으로 확인하십시오.'
        : null,
    when: { field: 'language', is: ['JAVA'] },
  }),
  jdk: text({ label: 'JDK 버전', placeholder: '예: 1.8.0_402', when: { field: 'language', is: ['JAVA'] } }),
  verification: choices({
    label: '검증서비스',
    options: [
      { value: 'CRL', label: 'CRL', description: 'LDAP에서 인증서 폐지목록을 내려받아 검증' },
      { value: 'OCSP', label: 'OCSP', description: 'OCSP 서버를 이용한 실시간 검증' },
    ],
  }),
  scvp: choices({
    label: '차순위 검증 여부',
    hint: 'NPKI 인증서를 쓸 때만 선택하십시오. 통합검증(SCVP) 이용 신청서를 따로 내야 하며, 검증방식 순위는 CRL|IVS|OCSP로 설정합니다.',
    options: [{ value: 'SCVP', label: 'SCVP' }],
    optional: true,
  }),
} satisfies Fields;
