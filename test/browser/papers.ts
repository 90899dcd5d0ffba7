import type { FileToChoose } from './hands.ts';

const DAY = 24 * 60 * 60 * 1000;

/** YYYY-MM-DD in Seoul, some days from now. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * DAY).toLocaleDateString('sv-SE', { timeZone: 'Asia/Seoul' });

export const pdf = (name: string): FileToChoose => ({
  name,
  bytes: Buffer.from(`%PDF-1.4\n% ${name}\n%%EOF\n`),
});

/** What is inside is a ZIP archive, whatever its name says. */
export const zipNamed = (name: string): FileToChoose => ({
  name,
  bytes: Buffer.from(
    '504b0304140000000000000021000000000000000000000000000100000061504b0506000000000000',
    'hex',
  ),
});

/** 이용신청서 as the official fills it in, by step and label. */
export const application = {
  overview: {
    시스템명: '행정안전부 민원관리시스템',
    업무내용: '민원 접수와 처리, 결과 통보',
    이용기관: '행정안전부',
    이용인원: '1,500명',
    '망 구분': '행정망',
    신청사유: '신규',
  },
  environment: {
    운영체제: 'Linux',
    '운영체제 상세': 'Linux was01 5.14.0-362.el9.x86_64 #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux',
    '운영체제 비트수': '64bit',
    'WAS 버전': 'Tomcat 9.0.85',
    'IP 주소': '10.10.1.21, 10.10.1.22',
    '시스템 환경': '웹(JSP)',
    개발언어: 'Java',
    'JVM 구동 비트수': '64bit',
    'JDK 버전': '1.8.0_402',
    검증서비스: ['CRL'],
  },
  usage: {
    적용분야: ['로그인용', '데이터 송·수신용'],
    '로그인용 방식': 'HTML5',
    '로그인 URL': 'https://minwon.mois.go.kr/login',
    '데이터 송·수신용 기능': ['암복호화', '전자서명'],
  },
  servers: {
    '서버용 인증서': '기존보유',
    '보유한 인증서 CN': 'SVR1741000001',
    '개발서버 IP주소': '10.10.2.31',
    HOST: 'devwas01',
    'Mac 주소': '00:1A:2B:3C:4D:5E',
  },
} as const;

export const resultReport = {
  '운영서버 IP 주소': '10.10.1.21',
  '운영서버 HOST': 'was01',
  '운영서버 Mac 주소': '00:1A:2B:3C:4D:6F',
  도메인: 'minwon.mois.go.kr',
  '실제 정보 확인': ['위 내용이 운영서버의 실제 정보임을 확인했습니다.'],
} as const;
