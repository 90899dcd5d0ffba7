import { getField } from '../../messenger/forms/answers.ts';
import { choice, choices, date, form, text } from '../../messenger/forms/form.ts';
import { usages } from '../../records/modules/choices.ts';
import { parseIpList } from '../../records/systems/hosts.ts';
import * as placeholder from '../../records/systems/placeholders.ts';
import { domain, hostNameList, ipList, macList, realDomain, realOnly, splitList } from '../host-rules.ts';
import { receivedMailField } from '../received-field.ts';

/** One HOST and one MAC for each IP address, in the same order. */
const onePerIp = (what: string, isPlaceholder: (one: string) => boolean) => {
  const real = realOnly(what, isPlaceholder);
  return (value: string, { answers }: { answers: Record<string, unknown> }) => {
    const typed = parseIpList(String(answers.ip ?? ''));
    if (!typed.ok) return real(value); // its own field says what is wrong
    const ips = typed.addresses.length;
    const count = splitList(value).length;
    if (count !== ips)
      return `IP 주소가 ${ips}개인데 ${what} 값은 ${count}개입니다. 같은 순서로 같은 수만큼 적으십시오.`;
    return real(value);
  };
};

const outcome = (label: string, functionName: string) =>
  choice({
    label,
    options: [
      { value: 'NORMAL', label: '정상' },
      { value: 'FAULTY', label: '이상' },
    ],
    when: { field: 'functions', is: [functionName] },
  });

/** 시험한 기능: 데이터 송·수신용 is tested as the two functions for which it is used. */
const testedFunctions = [
  usages[0],
  { value: 'ENCRYPTION', label: '암복호화' },
  { value: 'SIGNATURE', label: '전자서명' },
  usages[2],
  usages[3],
] as const;

/** 적용결과표 (guide 1.5). The fields of the official form are not published; these are what the licence binds to. */
export const resultReportForm = form(
  {
    received: receivedMailField,
    ip: text({
      label: '운영서버 IP 주소',
      hint: '표준API를 적용한 운영서버의 실제 IP입니다. 여러 대이면 쉼표나 줄바꿈으로 나눕니다.',
      lines: true,
      max: 3000,
      schema: ipList,
      sensitive: true,
    }),
    host: text({
      label: '운영서버 HOST',
      hint: '서버에서 hostname 명령으로 확인한 이름입니다. 여러 대이면 IP와 같은 순서로 적습니다.',
      lines: true,
      max: 3000,
      schema: hostNameList,
      check: onePerIp('HOST', placeholder.isPlaceholderHost),
      sensitive: true,
    }),
    mac: text({
      label: '운영서버 Mac 주소',
      hint: '여러 대이면 IP와 같은 순서로 적습니다. 예: 00:1A:2B:3C:4D:5E',
      lines: true,
      max: 3000,
      schema: macList,
      check: onePerIp('Mac 주소', placeholder.isPlaceholderMac),
      sensitive: true,
    }),
    domain: text({
      label: '도메인',
      hint: '서비스 도메인이 있으면 적으십시오. 예: minwon.mois.go.kr',
      schema: domain,
      check: realDomain,
      optional: true,
    }),
    confirmed: choices({
      label: '실제 정보 확인',
      options: [{ value: 'YES', label: '위 내용이 운영서버의 실제 정보임을 확인했습니다.' }],
    }),
    moduleVersion: text({ label: '적용한 모듈 버전', placeholder: '예: 1.5.0' }),
    osApplied: text({ label: '운영체제', hint: '적용한 서버의 운영체제와 버전', max: 400 }),
    wasApplied: text({ label: 'WAS 버전' }),
    jdkApplied: text({ label: 'JDK 버전', hint: 'Java로 개발한 경우에 적으십시오.', optional: true }),
    functions: choices({
      label: '시험한 기능',
      hint: '신청한 적용분야를 불러왔습니다. 시험한 기능을 모두 선택하십시오.',
      options: testedFunctions,
    }),
    loginResult: outcome('로그인 시험결과', 'LOGIN'),
    encryptionResult: outcome('암복호화 시험결과', 'ENCRYPTION'),
    signatureResult: outcome('전자서명 시험결과', 'SIGNATURE'),
    timestampResult: outcome('시점확인 시험결과', 'TIMESTAMP'),
    otherResult: outcome('기타 시험결과', 'OTHER'),
    appliedOn: date({
      label: '적용일',
      check: (value, { today }) =>
        value > today ? '적용일이 오늘보다 뒤입니다. 적용한 날짜를 선택하십시오.' : null,
    }),
    remarks: text({ label: '비고', words: true, lines: true, max: 1000, optional: true }),
  },
  [
    {
      title: '운영서버 정보',
      intro:
        '정상라이선스는 여기에 적은 서버에 발급됩니다. 시험용 값(0.0.0.0, 127.*, 00:00:…, test)은 받지 않습니다.',
      fields: ['received', 'ip', 'host', 'mac', 'domain', 'confirmed'],
    },
    { title: '적용 환경', fields: ['moduleVersion', 'osApplied', 'wasApplied', 'jdkApplied'] },
    {
      title: '시험결과',
      intro:
        '이상이 없을 때 제출합니다. 이상이 있으면 그대로 고르고 비고에 오류 내용을 적으십시오. ‘오류 도움’과 ‘Q&A 문의’로 안내해 드립니다.',
      paperIntro: '받은 이메일에 적힌 시험결과를 그대로 고르십시오. 이상이 있는 결과는 접수하지 않습니다.',
      fields: [
        'functions',
        'loginResult',
        'encryptionResult',
        'signatureResult',
        'timestampResult',
        'otherResult',
        'appliedOn',
        'remarks',
      ],
    },
  ],
);

type Outcomes = Partial<
  Record<`${'login' | 'encryption' | 'signature' | 'timestamp' | 'other'}Result`, string>
>;

/** Labels of the tested functions that failed. */
export function faultyFunctions(answers: Outcomes): string[] {
  return Object.entries(answers)
    .filter(([name, value]) => name.endsWith('Result') && value === 'FAULTY')
    .map(([name]) => getField(resultReportForm, name).label);
}
