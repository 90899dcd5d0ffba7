import { type Around, choice, type Fields, text } from '../../messenger/forms/form.ts';
import { hostNameList, ipList, macList, serverCn, splitList } from '../host-rules.ts';

/** One value for all IP addresses, or one for each. */
const onePerServer =
  (label: string) =>
  (value: string, { answers }: Around) => {
    const given = splitList(value).length;
    const ips = splitList(String(answers.devIp ?? '')).length;
    return given === 1 || given === ips
      ? null
      : `개발서버 IP주소는 ${ips}개인데 ${label}는 ${given}개입니다. 같은 순서로 하나씩 적으십시오.`;
  };

/** 서버용 인증서 and 개발서버정보 (guide 1.3.2, 2-4 and 2-7). The paper form has no development servers. */
export const serverFields = {
  certificate: choice({
    label: '서버용 인증서',
    options: [
      {
        value: 'NEW',
        label: '신규 발급신청',
        description: '신청서 별도 작성: www.gpki.go.kr > 자료실 > 인증서신청관련양식 > 6.서버용',
      },
      { value: 'EXISTING', label: '기존보유' },
    ],
  }),
  serverCn: text({
    label: '보유한 인증서 CN',
    placeholder: '예: SVR1741000001',
    hint: 'SVR + 기관코드 7자리 + 일련번호 3자리입니다.',
    schema: serverCn,
    when: { field: 'certificate', is: ['EXISTING'] },
  }),
  devIp: text({
    label: '개발서버 IP주소',
    hint: 'WAS단에서 사용되는 서버의 IP를 적으십시오. 여러 대이면 쉼표로 나눕니다.',
    max: 500,
    schema: ipList,
    sensitive: true,
    onPaper: 'never',
  }),
  devHost: text({
    label: 'HOST',
    hint: '서버에서 hostname 명령으로 확인한 이름입니다. 테스트 서버이면 테스트용으로 적어도 됩니다. 여러 대이면 IP와 같은 순서로 쉼표로 나눕니다.',
    max: 500,
    schema: hostNameList,
    check: onePerServer('HOST'),
    sensitive: true,
    onPaper: 'never',
  }),
  devMac: text({
    label: 'Mac 주소',
    placeholder: '예: 00:1A:2B:3C:4D:5E',
    hint: '테스트 서버이면 테스트용으로 적어도 됩니다. 여러 대이면 IP와 같은 순서로 쉼표로 나눕니다.',
    max: 500,
    schema: macList,
    check: onePerServer('Mac 주소'),
    sensitive: true,
    onPaper: 'never',
  }),
} satisfies Fields;
