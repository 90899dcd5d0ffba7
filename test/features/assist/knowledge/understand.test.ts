import { expect, test } from 'vitest';
import {
  heldBackTenth,
  heldOutAgainSentences,
  heldOutSentences,
  leaveOneOut,
  otherWorldSentences,
  unseenSentences,
} from '../../../../bench/assist.ts';
import { heldOut, heldOutAgain } from '../../../../bench/held-out-sentences.ts';
import { entries } from '../../../../src/features/assist/knowledge/entries.ts';
import { compact, signsOf } from '../../../../src/features/assist/knowledge/signs.ts';
import { makeSense } from '../../../../src/features/assist/knowledge/understand.ts';

const sense = makeSense(entries);
const idsOf = (sentence: string, onDesk = false) => {
  const understood = sense.understand(sentence, onDesk);
  if (understood.kind === 'answer') return [understood.entry.id];
  return understood.kind === 'which' ? understood.entries.map(({ id }) => id) : [];
};

test('every question leads to its own entry', () => {
  for (const { id, kind, questions } of entries)
    for (const question of questions) expect(idsOf(question, kind === 'officer'), question).toEqual([id]);
});

test('spaces, signs, capitals and decomposed letters change nothing', () => {
  for (const { id, kind, questions } of entries)
    for (const question of questions) {
      const ways = [`${question}!!`, question.normalize('NFD'), question.toUpperCase(), ` ${question} ~`];
      if (!/[a-z0-9]/i.test(question)) ways.push(question.replaceAll(' ', ''), [...question].join(' '));
      for (const way of ways) expect(idsOf(way, kind === 'officer'), way).toEqual([id]);
    }
});

test('how many are understood, each left out in turn and with a tenth held back', () => {
  for (const [name, figures] of Object.entries({ left: leaveOneOut(), held: heldBackTenth() })) {
    expect(figures.answered + figures.offered, name).toBeGreaterThanOrEqual(0.92);
    expect(figures.wrong, name).toBeLessThanOrEqual(0.02);
  }
});

test.each([
  ['unseen', unseenSentences, 0.88, 0.03],
  ['held out', heldOutSentences, 0.88, 0.02],
  ['held out again', heldOutAgainSentences, 0.88, 0.05],
  ['of another world', otherWorldSentences, 0.94, 0.05],
] as const)('sentences that nobody had in mind: %s', (_name, sentences, right, wrong) => {
  const figures = sentences();
  expect(figures.answered + figures.offered).toBeGreaterThanOrEqual(right);
  expect(figures.wrong).toBeLessThanOrEqual(wrong);
});

test('no sentence that is held out is a question of an entry', () => {
  const all = new Set(entries.flatMap(({ questions }) => questions.map(compact)));
  for (const [, sentence] of [...heldOut, ...heldOutAgain])
    expect(all.has(compact(sentence)), sentence).toBe(false);
});

test('who writes for somebody of a 공공기관 by name is led to the paper way', () => {
  for (const sentence of [
    '한전 직원인데 온라인으로 신청되나요',
    '한수원은 어떻게 신청합니까',
    '건보공단에서 쓰려면',
  ])
    expect(idsOf(sentence), sentence).toContain('publicAgency');
});

test('what a system is named after is not what is asked', () => {
  for (const [id, sentence] of [
    ['licenceAgain', '민원관리시스템 라이선스 파일을 다시 받고 싶어요'],
    ['hostChanged', '주차관리시스템 서버 IP가 바뀌었습니다'],
    ['apply', '지방세시스템 이용신청서를 쓰려고 합니다'],
    ['contact', '예산 회계 시스템 담당자를 변경하려고 합니다'],
    ['report', '도서관 홈페이지 적용결과표를 제출하려고요'],
  ] as const)
    expect(idsOf(sentence), sentence).toContain(id);
});

test('a short name has edges: it is none inside a word or across two', () => {
  for (const sentence of [
    '발송한 전자문서',
    '통신보안 담당',
    '업무보고 시스템',
    '전산은 리눅스입니다',
    '시도공무원',
    'what at',
  ])
    expect(signsOf(sentence).has('=public'), sentence).toBe(false);
  for (const sentence of ['한전 직원', '신보에서 쓰려면', '저희 LH는', 'KISA입니다'])
    expect(signsOf(sentence).has('=public'), sentence).toBe(true);
});

test('who one is and a greeting change nothing of what is asked', () => {
  expect(idsOf('행안부 담당자입니다 신청하려고요')).toContain('apply');
  expect(idsOf('안녕하세요 종로구청 주무관입니다 라이선스를 다시 받고 싶습니다')).toEqual(['licenceAgain']);
});

test('acts alone, of things that no entry knows, are not ours', () => {
  for (const sentence of [
    '강당 대관 신청하고 싶습니다',
    '외국인 등록증 재발급 절차',
    '급여명세서를 다시 받고 싶어요',
  ])
    expect(idsOf(sentence), sentence).toEqual([]);
});

test('a Latin word has edges: javascript is no ip, a changed address of mail is no changed address of a server', () => {
  expect(idsOf('javascript로 만들었는데 쓸 수 있나요')).toEqual(['language']);
  expect(idsOf('이메일 주소가 변경되었습니다')).toEqual(['infoUpdate']);
  expect(idsOf('신청한 것을 취소하려고 합니다')).toEqual(['cancel']);
});

test('wrong letters and spoken endings are read through', () => {
  for (const [id, sentence] of [
    ['temporaryEnds', '임시라이쎈스 만료됬어여'],
    ['licenceAgain', '라이센쓰 파일 잃어버렷어요'],
    ['hostChanged', '써버 아이피가 바꼇는데요'],
    ['contact', '담당자 바뀌엇습니다 후임한테 넘길게여'],
    ['thanks', '감사합니당'],
  ] as const)
    expect(idsOf(sentence), sentence).toContain(id);
});

test('what has nothing to do with it, or says nothing, is not understood, however long', () => {
  for (const text of ['', ' ', '?', '!!!', '가'.repeat(100_000), '\u0000', '1', 'a b c', '점심 뭐 먹지'])
    expect(sense.understand(text, false), text.slice(0, 20)).toMatchObject({ kind: 'unknown' });
});

test('what comes from another world is not even near something', () => {
  for (const text of ['오늘 점심 뭐 먹지', '날씨 어때'])
    expect(sense.understand(text, false), text).toEqual({ kind: 'unknown', near: [], elsewhere: true });
});

test('what is for the desk is for nobody else', () => {
  const officers = entries.filter(({ kind }) => kind === 'officer');
  for (const { id, questions } of officers)
    for (const question of questions) expect(idsOf(question), question).not.toContain(id);
});
