import { describe, expect, it } from 'vitest';
import {
  applies,
  askedFields,
  compareAnswers,
  fileSize,
  getField,
  isEmpty,
  parseAnswers,
  showValue,
  watchedFields,
} from '../../../src/messenger/forms/answers.ts';
import { agency, choice, choices, date, file, form, text } from '../../../src/messenger/forms/form.ts';

const yesNo = [
  { value: 'Y', label: '예' },
  { value: 'N', label: '아니오' },
];
const sample = form(
  {
    name: text({ label: '시스템명' }),
    agency: agency({ label: '소속기관' }),
    usage: choices({
      label: '적용분야',
      options: [
        { value: 'LOGIN', label: '로그인용' },
        { value: 'DATA', label: '데이터 송·수신용' },
      ],
    }),
    login: choice({ label: '로그인용 방식', options: yesNo, when: { field: 'usage', is: ['LOGIN'] } }),
    url: text({ label: '로그인 URL', when: { field: 'login', is: ['Y'] } }),
    site: text({ label: 'URL', when: { field: 'usage', not: ['LOGIN'] }, optional: true }),
    on: date({ label: '적용일', check: (value, { today }) => (value > today ? '오늘보다 뒤입니다.' : null) }),
    letter: file({ label: '공문', kinds: ['pdf'] }),
    remarks: text({ label: '비고', optional: true }),
    people: text({ label: '이용인원', unit: '명', optional: true }),
    sure: choices({
      label: '확인',
      options: [
        { value: 'READ', label: '읽었습니다.' },
        { value: 'SURE', label: '확인했습니다.' },
      ],
      optional: true,
    }),
  },
  [
    { title: '하나', fields: ['name', 'agency', 'usage', 'login', 'url', 'site'] },
    { title: '둘', fields: ['on', 'letter', 'remarks'] },
  ],
);
const letter = [{ sha256: 'a'.repeat(64), name: '공문.pdf', size: 2048, type: 'pdf' }];
const full = {
  name: ' 민원 ',
  agency: '1741000',
  usage: ['LOGIN'],
  login: 'Y',
  url: 'https://a.go.kr',
  on: '2026-11-23',
  letter,
};
const today = { today: '2026-11-23', channel: 'ONLINE' } as const;

describe('which fields are asked', () => {
  it('follows the answers, through fields that are themselves hidden', () => {
    expect(askedFields(sample, 0, {})).toEqual(['name', 'agency', 'usage']);
    expect(askedFields(sample, 0, { usage: ['DATA', 'LOGIN'] })).toEqual([
      'name',
      'agency',
      'usage',
      'login',
    ]);
    expect(askedFields(sample, 0, { usage: ['DATA'] })).toEqual(['name', 'agency', 'usage', 'site']);
    expect(applies(sample, 'url', { usage: ['LOGIN'], login: 'Y' })).toBe(true);
    expect(applies(sample, 'url', { usage: ['DATA'], login: 'Y' })).toBe(false);
  });

  it('is watched where a change shows or hides another', () => {
    expect([...watchedFields(sample)]).toEqual(['usage', 'login']);
  });

  it('is an error in the code, not in the form, when the name is unknown', () => {
    expect(() => applies(sample, 'nmae', {})).toThrow('no field nmae');
  });
});

describe('parsing', () => {
  it('gives the normal form of a whole form', () => {
    expect(parseAnswers(sample, full, today)).toEqual({ answers: { ...full, name: '민원' }, errors: {} });
  });

  it('names every missing field at once, but none that is not asked', () => {
    const { errors } = parseAnswers(sample, { usage: ['DATA'] }, today);
    expect(Object.keys(errors)).toEqual(['name', 'agency', 'on', 'letter']);
  });

  it('looks at one step only when told so', () => {
    expect(parseAnswers(sample, {}, today, 1).errors).toEqual({
      on: '적용일: 선택하십시오.',
      letter: '파일을 첨부하십시오.',
    });
  });

  it('drops an answer whose question was taken back', () => {
    const { answers } = parseAnswers(sample, { ...full, usage: ['DATA'] }, today);
    expect(answers).not.toHaveProperty('login');
    expect(answers).not.toHaveProperty('url');
  });

  it('checks against today, and keeps the value that it refuses', () => {
    const { answers, errors } = parseAnswers(sample, { ...full, on: '2026-11-24' }, today);
    expect(errors).toEqual({ on: '오늘보다 뒤입니다.' });
    expect(answers.on).toBe('2026-11-24');
  });

  it('ignores what does not belong to the form', () => {
    const { answers } = parseAnswers(sample, { ...full, admin: 'yes', __proto__: 'x' }, today);
    expect(Object.keys(answers).sort()).toEqual(Object.keys(full).sort());
  });
});

describe('values as people read them', () => {
  it.each([
    ['labels for choices', 'usage', ['DATA', 'LOGIN'], '데이터 송·수신용, 로그인용'],
    ['each sentence in its own line', 'sure', ['READ', 'SURE'], '읽었습니다.\n확인했습니다.'],
    ['an unknown option as it is', 'login', 'OLD', 'OLD'],
    ['name and size of a file', 'letter', letter, '공문.pdf (2 KB)'],
    ['a day as offices write it', 'on', '2026-11-03', '2026. 11. 3.'],
    ['what is no day as it is', 'on', '2026-02-30', '2026-02-30'],
    ['a number in groups, with its unit', 'people', '1500', '1,500명'],
    ['what is no number without one', 'people', '많음', '많음'],
    ['a name for a code', 'agency', '1741000', '행정안전부'],
    ['that there is nothing', 'remarks', undefined, '(없음)'],
    ['that there is nothing but white space', 'remarks', '  ', '(없음)'],
  ])('%s', (_what, name, value, shown) => {
    expect(showValue(getField(sample, name), value, () => '행정안전부')).toBe(shown);
  });

  it.each([
    [1, '1 KB'],
    [1024 * 1023, '1023 KB'],
    [1024 * 1024, '1.0 MB'],
    [3 * 1024 * 1024, '3.0 MB'],
  ])('%i bytes are %s', (bytes, shown) => {
    expect(fileSize(bytes)).toBe(shown);
  });

  it.each([
    [undefined, true],
    ['', true],
    [' ', true],
    [[], true],
    ['0', false],
    [['A'], false],
  ])('%j: empty is %s', (value, empty) => {
    expect(isEmpty(value)).toBe(empty);
  });
});

describe('two revisions', () => {
  it('differ where an answer was changed, added or taken away, in the form’s order', () => {
    const before = { ...full, remarks: '급함' };
    const after = { ...full, name: '민원 2', usage: ['DATA'], login: undefined, url: undefined, remarks: '' };
    expect(
      compareAnswers(sample, before, after).map(({ label, before: a, after: b }) => [label, a, b]),
    ).toEqual([
      ['시스템명', ' 민원 ', '민원 2'],
      ['적용분야', '로그인용', '데이터 송·수신용'],
      ['로그인용 방식', '예', '(없음)'],
      ['로그인 URL', 'https://a.go.kr', '(없음)'],
      ['비고', '급함', '(없음)'],
    ]);
  });

  it('do not differ where nothing was answered, however it was left out', () => {
    expect(compareAnswers(sample, { ...full, remarks: '' }, { ...full, remarks: undefined })).toEqual([]);
    expect(compareAnswers(sample, { ...full, usage: [] }, { ...full, usage: undefined })).toEqual([]);
  });

  it('differ by the content of a file, whatever its name', () => {
    const other = [{ ...letter[0], sha256: 'b'.repeat(64) }] as typeof letter;
    expect(compareAnswers(sample, full, { ...full, letter: other }).map(({ name }) => name)).toEqual([
      'letter',
    ]);
    expect(compareAnswers(sample, full, { ...full })).toEqual([]);
  });
});
