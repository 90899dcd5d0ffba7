import type { Answers } from '../../messenger/forms/form.ts';
import type { FileRef } from '../../store/blobs.ts';
import type { SystemRow } from './systems.ts';

// What is typed into the forms of the example office, besides what they are prefilled with.

const pad = (number: number, digits: number) => String(number).padStart(digits, '0');

export const ipOf = (index: number, server = 1) => `10.20.${index + 1}.${server}`;
const hostOf = (index: number, server = 1) => `was${pad(index + 1, 3)}-${server}`;
const macOf = (index: number, server: number) => `00:1A:2B:3C:${pad(index + 10, 2)}:${pad(server + 10, 2)}`;
const domainOf = (index: number, host = 'www') => `${host}.system${index + 1}.go.kr`;

/** 이용신청서. `day`: of the application, YYYY-MM-DD. */
export function application(
  system: SystemRow,
  index: number,
  agency: { code: string; name: string },
  day: string,
  paper: FileRef,
): Answers {
  const attached = (name: string) => [{ ...paper, name }];
  return {
    terms: 'AGREED',
    consent: 'AGREED',
    systemName: system.name,
    task: system.task,
    userAgency: agency.name,
    userCount: String(300 + index * 170),
    serviceType: 'GPKI',
    network: index % 3 === 0 ? 'BOTH' : 'ADMIN',
    reason: 'NEW',
    os: 'LINUX',
    osDetail: 'Linux was01 5.14.0-362.el9.x86_64',
    osBits: '64',
    was: index % 2 === 0 ? 'Tomcat 9.0.85' : 'JEUS 8.5',
    ip: ipOf(index),
    environment: 'WEB',
    language: 'JAVA',
    jvmBits: '64',
    jdk: '1.8.0_402',
    verification: index % 4 === 0 ? ['CRL', 'OCSP'] : ['CRL'],
    usage: ['LOGIN', 'DATA'],
    loginType: 'HTML5',
    loginUrl: `https://${domainOf(index)}/login`,
    dataUse: ['ENCRYPTION', 'SIGNATURE'],
    certificate: 'EXISTING',
    serverCn: `SVR${agency.code}${pad(index + 1, 3)}`,
    devIp: `10.30.${index + 1}.1`,
    devHost: `dev${pad(index + 1, 3)}`,
    devMac: macOf(index, 9),
    letterNumber: `정보화-${1000 + index}`,
    letterDate: day,
    letter: attached('공문.pdf'),
    diagram: attached('구성도.pdf'),
    process: attached('업무프로세스.pdf'),
    signedForm: attached('신청서.pdf'),
    serviceDate: day,
  };
}

/** 적용결과표. `day`: of the report, YYYY-MM-DD. */
export function resultReport(index: number, day: string): Answers {
  return {
    ip: ipOf(index),
    host: hostOf(index),
    mac: macOf(index, 1),
    domain: domainOf(index),
    confirmed: ['YES'],
    moduleVersion: '1.5.0',
    osApplied: 'Linux 5.14.0',
    wasApplied: index % 2 === 0 ? 'Tomcat 9.0.85' : 'JEUS 8.5',
    functions: ['LOGIN', 'ENCRYPTION', 'SIGNATURE'],
    loginResult: 'NORMAL',
    encryptionResult: 'NORMAL',
    signatureResult: 'NORMAL',
    appliedOn: day,
  };
}

/** One page that says what it is. */
export const SAMPLE_PDF = Buffer.from(
  [
    '%PDF-1.4',
    '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
    '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj',
    '4 0 obj<</Length 44>>stream',
    'BT /F 18 Tf 40 100 Td (Sample document) Tj ET',
    'endstream endobj',
    'trailer<</Root 1 0 R>>',
    '%%EOF',
    '',
  ].join('\n'),
);
