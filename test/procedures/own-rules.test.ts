import { expect, test } from 'vitest';
import { doubtsText, ownFindings } from '../../src/procedures/application/own-rules.ts';

const told = {
  systemName: '행정안전부 민원관리시스템',
  ip: '10.10.1.21',
  devHost: 'devwas01',
  devMac: '00:1A:2B:3C:4D:5E',
  serverCn: 'SVR1741000001',
  was: 'Tomcat 9.0.85',
  jdk: '1.8.0_402',
  environment: 'WEB',
  language: 'JAVA',
  usage: ['LOGIN', 'DATA'],
  reason: 'NEW',
  serviceDate: '2027-03-02',
};
const seen = { agency: { code: '1741000', name: '행정안전부' }, today: '2026-11-23', earlier: true };

test('what is as it should be is said to the officer, and nothing to the applicant', () => {
  expect(doubtsText(told, seen)).toBeNull();
  expect(ownFindings(told, seen).map(({ level }) => level)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test.each([
  [{ systemName: '민원관리시스템' }, '기관명(행정안전부)으로 시작하지 않습니다'],
  [{ ip: '10.10.1.21, 152.99.56.86' }, '공인 IP로 보이는 주소가 있습니다: 152.99.56.86'],
  [{ devMac: '00:00:00:00:00:00' }, '시험용 값입니다'],
  [{ devMac: 'FF:FF:FF:FF:FF:FF' }, '시험용 값입니다'],
  [{ was: '-' }, '버전 번호가 없는 항목이 있습니다: WAS 버전'],
  [{ was: '모름', jdk: '모름' }, '버전 번호가 없는 항목이 있습니다: WAS 버전, JDK 버전'],
  [{ was: 'Tomcat 10.1' }, 'Tomcat 10.1: 웹 로그인 모듈(GPKISecureWeb)을 Jakarta EE'],
  [{ was: 'Apache Tomcat/11.0.2' }, '웹 로그인 모듈(GPKISecureWeb)'],
  [{ was: 'Spring Boot 3.2.5 내장 Tomcat' }, '웹 로그인 모듈(GPKISecureWeb)'],
  [{ jdk: '17 (Jakarta EE 9)' }, '웹 로그인 모듈(GPKISecureWeb)'],
  [{ serverCn: 'SVR6110000001' }, '소속기관 코드(1741000)와 다릅니다'],
  [{ serviceDate: '2126-03-02' }, '5년 넘게 남았습니다: 2126. 3. 2.'],
])('%j is pointed out to both in the same words', (changed, words) => {
  const text = doubtsText({ ...told, ...changed }, seen);
  expect(text).toContain(`⚠ `);
  expect(text).toContain(words);
  const looks = ownFindings({ ...told, ...changed }, seen).filter(({ level }) => level === 'look');
  expect(looks).toHaveLength(1);
  expect(looks[0]?.text).toContain(words);
});

test.each([
  { was: 'Spring Boot 2.7.18, Tomcat 9.0.85' },
  { was: 'Tomcat 10.1', usage: ['DATA'] },
  { was: 'Tomcat 10.1', environment: 'CS' },
  { was: 'Tomcat 10.1', language: 'C' },
])('nothing is said of Jakarta: %j', (changed) => {
  expect(doubtsText({ ...told, ...changed }, seen)).toBeNull();
});

test('재배포 of what was never applied for', () => {
  const redistributed = { ...told, reason: 'REDISTRIBUTION' };
  expect(doubtsText(redistributed, seen)).toBeNull();
  expect(doubtsText(redistributed, { ...seen, earlier: false })).toContain('먼저 신청한 시스템이 없습니다');
});
