import type { Answers, Form, Value } from '../src/messenger/forms/form.ts';
import { applicationForm } from '../src/procedures/application/form.ts';
import { resultReportForm } from '../src/procedures/result-report/form.ts';

// The one set of answers that tests of every kind give: as the forms store them, and as a person types them.

const attachment = (name: string) => [{ sha256: 'a'.repeat(64), name, size: 1024, type: 'pdf' }];

/** 이용신청서 as the form stores it. */
export const applicationAnswers: Answers = {
  terms: 'AGREED',
  consent: 'AGREED',
  agency: '1741000',
  department: '디지털안전정책과',
  name: '김보람',
  phone: '044-205-1234',
  mobile: '010-1234-5678',
  email: 'kim@korea.kr',
  systemName: '행정안전부 민원관리시스템',
  task: '민원 접수와 처리',
  userAgency: '행정안전부',
  userCount: '1500',
  serviceType: 'GPKI',
  network: 'ADMIN',
  reason: 'NEW',
  os: 'LINUX',
  osDetail: 'Linux was01 5.14.0-362.el9.x86_64',
  osBits: '64',
  was: 'Tomcat 9.0.85',
  ip: '10.10.1.21, 10.10.1.22',
  environment: 'WEB',
  language: 'JAVA',
  jvmBits: '64',
  jdk: '1.8.0_402',
  verification: ['CRL'],
  usage: ['LOGIN', 'DATA'],
  loginType: 'HTML5',
  loginUrl: 'https://minwon.mois.go.kr/login',
  dataUse: ['ENCRYPTION', 'SIGNATURE'],
  certificate: 'EXISTING',
  serverCn: 'SVR1741000001',
  devIp: '10.10.2.31',
  devHost: 'devwas01',
  devMac: '00:1A:2B:3C:4D:5E',
  letterNumber: '디지털안전정책과-1234',
  letterDate: '2026-11-20',
  letter: attachment('공문.pdf'),
  diagram: attachment('구성도.pdf'),
  process: attachment('업무프로세스.pdf'),
  serviceDate: '2027-03-02',
};

/** 적용결과표 for that system. */
export const reportAnswers: Answers = {
  ip: '10.10.1.21',
  host: 'was01',
  mac: '00:1A:2B:3C:4D:6F',
  domain: 'minwon.mois.go.kr',
  confirmed: ['YES'],
  moduleVersion: '1.10.0',
  osApplied: 'Linux 5.14.0',
  wasApplied: 'Tomcat 9.0.85',
  functions: ['LOGIN', 'ENCRYPTION', 'SIGNATURE'],
  loginResult: 'NORMAL',
  encryptionResult: 'NORMAL',
  signatureResult: 'NORMAL',
  appliedOn: '2026-11-23',
};

interface FileToChoose {
  name: string;
  bytes: Buffer;
}

/** A PDF that holds a line of text. */
export const pdf = (name: string, text = name): FileToChoose => ({
  name,
  bytes: Buffer.from(`%PDF-1.4\n% ${text}\n%%EOF\n`),
});

export type Typed = string | string[] | FileToChoose | FileToChoose[];
/** What a person types into a window, by label. */
export type TypedStep = Record<string, Typed>;

/** Some of the answers of a step. */
export const only = (step: TypedStep, ...labels: string[]): TypedStep =>
  Object.fromEntries(Object.entries(step).filter(([label]) => labels.includes(label)));

/** A step of the answers as a person types it. A choice of one option is chosen already; files of one box go together. */
function typedStep(form: Form, answers: Answers, title: string): TypedStep {
  const step = form.steps.find((one) => one.title === title);
  if (!step) throw new Error(`no step ${title}`);
  const { box } = step;
  const boxed = (box?.fields ?? []).flatMap((name) => (answers[name] ?? []) as { name: string }[]);
  return Object.fromEntries(
    step.fields.flatMap((name): [string, Typed][] => {
      if (box?.fields.includes(name))
        return name === box.fields[0] ? [[box.label, boxed.map((file) => pdf(file.name))]] : [];
      const field = form.fields[name];
      const value = answers[name];
      if (!field || value === undefined) return [];
      if (field.input.kind === 'choice' && field.input.options.length === 1) return [];
      return [[field.label, typed(field.input, value)]];
    }),
  );
}

function typed(input: Form['fields'][string]['input'], value: Value): Typed {
  const labelOf = (code: string) =>
    'options' in input ? (input.options.find((option) => option.value === code)?.label ?? code) : code;
  if (typeof value === 'string') return labelOf(value);
  return value.length === 1 && typeof value[0] === 'object'
    ? pdf(value[0].name)
    : value.map((code) => labelOf(String(code)));
}

const applied = (title: string) => typedStep(applicationForm, applicationAnswers, title);

/** 이용신청서 as an official types it, window by window. */
export const application = {
  overview: { ...applied('업무개요'), 이용인원: '1,500명' } as TypedStep,
  environment: applied('적용시스템 세부사항'),
  usage: applied('보안API 적용내역'),
  servers: applied('서버용 인증서·개발서버정보'),
  attachments: applied('첨부파일·서비스 개시예정일'),
};

const { functions: _known, ...typedAnswers } = reportAnswers;
const reported = (title: string) => typedStep(resultReportForm, typedAnswers, title);

/** 적용결과표 as an official types it. The functions, and the window between the two, are filled in already. */
export const report = {
  server: reported('운영서버 정보'),
  results: reported('시험결과'),
};
