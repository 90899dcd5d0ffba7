import { expect, test } from 'vitest';
import { parseAnswers } from '../../src/messenger/forms/answers.ts';
import { resultReportForm } from '../../src/procedures/result-report/form.ts';

/** One HOST and one MAC for each server, however people part their lists. */
const TODAY = { today: '2026-11-23', channel: 'ONLINE' } as const;
const A = '00:1A:2B:3C:4D:5E';
const B = '00:1A:2B:3C:4D:5F';
const servers = (ip: string, host: string, mac: string) =>
  parseAnswers(resultReportForm, { ip, host, mac, confirmed: ['YES'] }, TODAY, 0);

test.each([
  ['commas', '10.0.0.1, 10.0.0.2', 'was01, was02', `${A}, ${B}`],
  ['slashes between blanks', '10.0.0.1 / 10.0.0.2', 'was01 / was02', `${A} / ${B}`],
  ['lines', '10.0.0.1\n10.0.0.2', 'was01\nwas02', `${A}\n${B}`],
  ['blanks', '10.0.0.1 10.0.0.2', 'was01 was02', `${A} ${B}`],
  ['wide commas', '10.0.0.1，10.0.0.2', 'was01，was02', `${A}，${B}`],
  ['a repeated address', '10.0.0.1, 10.0.0.1, 10.0.0.2', 'was01, was02', `${A}, ${B}`],
  ['blanks within a MAC', '10.0.0.1, 10.0.0.2', 'was01, was02', '00 1a 2b 3c 4d 5e, 001a.2b3c.4d5f'],
  ['dashes within a MAC', '10.0.0.1, 10.0.0.2', 'was01, was02', '00-1A-2B-3C-4D-5E\n00–1A–2B–3C–4D–5F'],
])('two servers parted by %s', (_how, ip, host, mac) => {
  const { errors, answers } = servers(ip, host, mac);
  expect(errors).toEqual({});
  expect(answers).toMatchObject({ ip: '10.0.0.1, 10.0.0.2', host: 'was01, was02', mac: `${A}, ${B}` });
});

test('an address written twice is one server, which has one HOST and one MAC', () => {
  const { errors } = servers('10.0.0.1, 10.0.0.1', 'a1, b1', `${A}, ${B}`);
  expect(errors).toEqual({
    host: 'IP 주소가 1개인데 HOST 값은 2개입니다. 같은 순서로 같은 수만큼 적으십시오.',
    mac: 'IP 주소가 1개인데 Mac 주소 값은 2개입니다. 같은 순서로 같은 수만큼 적으십시오.',
  });
});

test('addresses that cannot be read are refused where they stand, and nothing is counted by them', () => {
  const { errors } = servers('10.0.0.1, 10.0.0', 'was01', A);
  expect(Object.keys(errors)).toEqual(['ip']);
});

test('a value for tests is refused wherever it stands in a list', () => {
  const { errors } = servers('10.0.0.1 / 10.0.0.2', 'was01 / test', `${A} / 00:00:00:00:00:00`);
  expect(errors).toMatchObject({
    host: expect.stringContaining('‘test’'),
    mac: expect.stringContaining('‘00:00:00:00:00:00’'),
  });
});
