import { describe, expect, it } from 'vitest';
import { rule } from '../../../src/core/rule.ts';
import { parseAnswers } from '../../../src/messenger/forms/answers.ts';
import {
  agency,
  choice,
  choices,
  date,
  email,
  type Field,
  file,
  form,
  text,
  user,
} from '../../../src/messenger/forms/form.ts';

const options = [
  { value: 'A', label: '가' },
  { value: 'B', label: '나' },
];
const ref = { sha256: 'a'.repeat(64), name: '공문.pdf', size: 10, type: 'pdf' };
const even = rule((typed) =>
  typed.length % 2 === 0
    ? { ok: true, value: typed.toUpperCase() }
    : { ok: false, message: '짝수로 쓰십시오.' },
);

// biome-ignore lint/suspicious/noExplicitAny: any kind of field
function parse(field: Field<any>, value: unknown) {
  const { answers, errors } = parseAnswers(
    form({ one: field }, [{ title: '', fields: ['one'] }]),
    { one: value as string },
    { today: '2026-11-23', channel: 'ONLINE' },
  );
  return errors.one ?? answers.one;
}

describe('a field takes', () => {
  it.each([
    ['a line, trimmed and composed', text({ label: 'x' }), `  ${'한글'.normalize('NFD')} `, '한글'],
    ['as many characters as it may', text({ label: 'x', max: 5 }), '가나다라마', '가나다라마'],
    ['what its own rule makes of the line', text({ label: 'x', schema: even }), ' ab ', 'AB'],
    ['an e-mail address by its rule', email({ label: 'x', schema: even }), 'a@b.kr', 'A@B.KR'],
    ['an option', choice({ label: 'x', options }), 'B', 'B'],
    ['several options', choices({ label: 'x', options }), ['A', 'B'], ['A', 'B']],
    ['a day', date({ label: 'x' }), '2028-02-29', '2028-02-29'],
    ['an agency’s code', agency({ label: 'x' }), 'B552584', 'B552584'],
    ['somebody of the workspace', user({ label: 'x' }), 'U0KIM000001', 'U0KIM000001'],
    ['one file', file({ label: 'x', kinds: ['pdf'] }), [ref], [ref]],
  ])('%s', (_what, field, typed, stored) => {
    expect(parse(field, typed)).toEqual(stored);
  });
});

describe('a field refuses, in words that say what to do,', () => {
  it.each([
    ['one character too many', text({ label: 'x', max: 5 }), '가나다라마바', '5자 이내로 줄여 주십시오.'],
    ['what its own rule refuses', text({ label: 'x', schema: even }), 'abc', '짝수로 쓰십시오.'],
    ['a forged option', choice({ label: 'x', options }), 'C', '보기에서 하나를 선택하십시오.'],
    [
      'a forged option among good ones',
      choices({ label: 'x', options }),
      ['A', 'C'],
      '보기에서 선택하십시오.',
    ],
    ['a day that is none', date({ label: 'x' }), '2027-02-29', '날짜를 선택하십시오. 예: 2026-12-31'],
    [
      'an agency that was typed, not chosen',
      agency({ label: 'x' }),
      '행정안전부',
      '목록에서 기관을 선택하십시오. 찾는 기관이 없으면 홈의 ‘Q&A 문의’로 기관명과 기관코드를 알려 주십시오.',
    ],
    ['a person who was typed, not chosen', user({ label: 'x' }), '김보람', '사람을 선택하십시오.'],
    ['two files', file({ label: 'x', kinds: ['pdf'] }), [ref, ref], '파일을 하나만 첨부하십시오.'],
    ['only white space', text({ label: '시스템명' }), '  \n', '시스템명: 입력하십시오.'],
    ['no option', choices({ label: '적용분야', options }), [], '적용분야: 선택하십시오.'],
    ['no file', file({ label: '공문', kinds: ['pdf'] }), [], '파일을 첨부하십시오.'],
  ])('%s', (_what, field, typed, refusal) => {
    expect(parse(field, typed)).toBe(refusal);
  });
});
