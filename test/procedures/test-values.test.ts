import { expect, test } from 'vitest';
import { parseAnswers } from '../../src/messenger/forms/answers.ts';
import { reissueForm } from '../../src/procedures/reissue/request-form.ts';
import { resultReportForm } from '../../src/procedures/result-report/form.ts';

const around = { today: '2026-11-23', channel: 'ONLINE' } as const;
const wrongIn = {
  '적용결과표 ip': (ip: string) => parseAnswers(resultReportForm, { ip }, around).errors.ip,
  '적용결과표 domain': (domain: string) => parseAnswers(resultReportForm, { domain }, around).errors.domain,
  '재발급 ip': (newIp: string) => parseAnswers(reissueForm, { reason: ['IP'], newIp }, around).errors.newIp,
  '재발급 domain': (newDomain: string) =>
    parseAnswers(reissueForm, { reason: ['DOMAIN'], newDomain }, around).errors.newDomain,
};

const IPS = ['0.0.0.0', '0.1.2.3', '127.0.0.1', '127.8.8.8', '::', '::1', '192.0.2.9', '2001:db8::1'];

test.each([
  ['적용결과표 ip', IPS, '10.10.1.21, 10.10.1.22'],
  ['재발급 ip', IPS, '10.10.1.21, 10.10.1.22'],
  ['적용결과표 domain', ['www.example.com', 'test.kr'], 'minwon.mois.go.kr'],
  ['재발급 domain', ['www.example.com', 'test.kr'], 'minwon.mois.go.kr'],
] as const)('%s: a regular licence is bound to no test value', (field, values, real) => {
  for (const value of values) expect(wrongIn[field](value)).toContain(`‘${value}’ 값은`);
  expect(wrongIn[field](real)).toBeUndefined();
});
