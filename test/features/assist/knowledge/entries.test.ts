import { expect, test } from 'vitest';
import { codedErrors } from '../../../../src/features/assist/error-codes.ts';
import { entries } from '../../../../src/features/assist/knowledge/entries.ts';
import { compact } from '../../../../src/features/assist/knowledge/signs.ts';
import { loadingErrors } from '../../../../src/features/assist/loading-errors.ts';
import { publicAgencyGuidance } from '../../../../src/procedures/public-agency.ts';
import { guideFacts } from './guide-facts.ts';

test('each entry has ten questions or more in people’s own words, and no question belongs to two', () => {
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  for (const { id, questions } of entries) expect(questions.length, id).toBeGreaterThanOrEqual(10);
  const all = entries.flatMap(({ questions }) => questions.map(compact));
  expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
});

test('an answer is short, plain, and says where it stands', () => {
  for (const { id, kind, answer, publicAnswer, source, buttons, offers } of entries) {
    expect(answer.length, id).toBeLessThanOrEqual(230);
    expect(publicAnswer?.length ?? 0, id).toBeLessThanOrEqual(230);
    expect(answer, id).toMatch(/\.\)?$/);
    if (kind === 'smalltalk')
      expect([source, buttons, offers], id).toEqual([undefined, undefined, undefined]);
    else expect(source, id).toMatch(/가이드|안내|지침|자료|사례/);
  }
});

test('nothing that nobody knows is stated: how long a temporary licence holds, when a regular one ends, how long a review takes', () => {
  for (const { id, answer, publicAnswer = '' } of entries) {
    const said = `${answer} ${publicAnswer}`;
    expect(said, id).not.toMatch(/2개월|두 달|영구|무기한|\d+일 이내|영업일 안에/);
    expect(said, id).not.toMatch(/매년|해마다/);
  }
});

test.each(guideFacts)('the guide, %s: %s', (_where, _fact, id, words) => {
  const entry = entries.find((one) => one.id === id);
  const [said, wanted] = words.startsWith('공:')
    ? [entry?.publicAnswer, words.slice(2)]
    : [entry?.answer, words];
  expect(said, id).toContain(wanted);
});

/** What only registered officials see or do. */
const ONLINE_ONLY =
  /이용신청서 작성|적용결과표 제출|재발급 요청|이용정보 현행화|담당자 변경’|미사용 신고|이용내용 변경|이용현황조사’|‘수정’|‘상세’|홈의 목록|내 시스템|시스템 상세|보급건수|담당공무원|bogeup (신청|현황)|이 봇에서|다시 내려받|재발급을 요청|적용결과표를 제출/;
const sentences = (text: string) => text.split(/(?<=[.?])\s/);
/** Sentences that send somebody of a 공공기관 to what they do not have, unless they say whose it is. */
const misleading = (text: string) =>
  sentences(text).filter((sentence) => ONLINE_ONLY.test(sentence) && !sentence.includes('행정기관'));

test('a person of a 공공기관 is told only of what they can do', () => {
  const told = [
    ...entries.filter(({ kind }) => !kind).map(({ id, answer, publicAnswer = answer }) => [id, publicAnswer]),
    ...[...codedErrors, ...loadingErrors].map(({ about, likely, check, remedy, publicRemedy = remedy }) => [
      about,
      [likely, ...check, publicRemedy].join('. '),
    ]),
    ...publicAgencyGuidance('한국환경공단').lines.map((line) => ['guidance', line]),
  ] as const;
  expect(told.flatMap(([id, text = '']) => misleading(text).map((found) => `${id}: ${found}`))).toEqual([]);
  expect(misleading('고칠 것이 있으면 홈의 목록에서 ‘수정’을 누르십시오.')).toHaveLength(1);
});
