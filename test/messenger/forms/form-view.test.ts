import type { ViewStateValue } from '@slack/bolt';
import type { InputBlock, KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { FORM_VALUE } from '../../../src/messenger/entered.ts';
import { FORM_CHANGE, FORM_SEARCH } from '../../../src/messenger/forms/element.ts';
import {
  agency,
  choice,
  choices,
  date,
  email,
  file,
  form,
  text,
  user,
} from '../../../src/messenger/forms/form.ts';
import { filesOf, readState, stepBlocks, stepLines } from '../../../src/messenger/forms/form-view.ts';
import { validateView } from '../../../src/sandbox/blockkit/validate.ts';

const options = [
  { value: 'NEW', label: '신규' },
  { value: 'AGAIN', label: '재배포', description: '모듈만 다시 받는 경우' },
];
const sample = form(
  {
    name: text({
      label: '시스템명',
      hint: '기관명부터 쓰십시오.',
      max: 40,
      placeholder: '예: 민원관리시스템',
    }),
    task: text({ label: '업무내용', lines: true }),
    mail: email({ label: '이메일', schema: text({ label: '' }).schema as never }),
    agency: agency({ label: '소속기관' }),
    person: user({ label: '후임자' }),
    reason: choice({ label: '신청사유', options }),
    os: choice({ label: '운영체제', options, shape: 'select' }),
    why: text({ label: '재배포 사유', when: { field: 'reason', is: ['AGAIN'] } }),
    checks: choices({ label: '검증서비스', options }),
    on: date({ label: '시행일' }),
    letter: file({ label: '공문', kinds: ['pdf', 'hwp'] }),
    note: text({ label: '비고', optional: true }),
  },
  [
    {
      title: '하나',
      intro: '정확히 적으십시오.',
      fields: ['name', 'task', 'mail', 'agency', 'person', 'reason', 'why'],
    },
    { title: '둘', fields: ['os', 'checks', 'on', 'letter', 'note'] },
  ],
);
const letter = [{ sha256: 'a'.repeat(64), name: '공문.pdf', size: 2048, type: 'pdf' }];
const answers = {
  name: '<!channel> *민원*',
  task: '첫 줄\n둘째 줄',
  mail: 'kim@korea.kr',
  agency: '1741000',
  person: 'U0KIM000001',
  reason: 'AGAIN',
  why: '서버 교체',
  os: 'NEW',
  checks: ['NEW', 'AGAIN'],
  on: '2026-11-20',
  letter,
};
const nameOf = () => '행정안전부';
const draw = (step: number, given: object = answers, more: object = {}) =>
  stepBlocks(sample, step, { answers: given as never, nameOf, ...more });
const inputs = (blocks: KnownBlock[]) =>
  blocks.filter((block): block is InputBlock => block.type === 'input');
const input = (name: string, blocks: KnownBlock[]) => {
  const found = inputs(blocks).find((block) => block.block_id === name);
  if (!found) throw new Error(`${name} is not drawn`);
  return found as InputBlock & { element: Record<string, unknown> };
};

/** What Slack sends back for a view that was opened and submitted untouched. */
function untouched(blocks: KnownBlock[]): Record<string, Record<string, ViewStateValue>> {
  const values: Record<string, Record<string, unknown>> = {};
  for (const { block_id = '', element } of inputs(blocks)) {
    const { action_id = '', ...given } = element as unknown as Record<string, unknown> & {
      action_id?: string;
    };
    values[block_id] = {
      [action_id]: {
        value: given.initial_value ?? null,
        selected_option: given.initial_option ?? null,
        selected_date: given.initial_date ?? null,
        selected_user: given.initial_user ?? null,
        ...(given.type === 'checkboxes' ? { selected_options: given.initial_options ?? [] } : {}),
        ...(given.type === 'file_input' ? { files: [] } : {}),
      },
    };
  }
  return values as never;
}

describe('a step as a modal', () => {
  it.each([
    [0, {}],
    [0, answers],
    [1, {}],
    [1, answers],
  ])('step %i with %j is taken by Slack', (step, given) => {
    const blocks = draw(step, given, { problems: { task: '짧습니다.' }, remarks: { name: '바꾸십시오.' } });
    const plain = (value: string) => ({ type: 'plain_text', text: value });
    const view = { type: 'modal', title: plain('양식'), submit: plain('다음'), blocks };
    expect(validateView(view as never, 'modal')).toEqual([]);
  });

  it('shows again exactly what was typed: nothing is lost or changed on the way', () => {
    for (const step of [0, 1]) {
      const { typed, files } = readState(sample, step, untouched(draw(step)));
      const { letter: _kept, note = '', ...expected } = { note: '', ...answers };
      const asked = sample.steps[step]?.fields.filter((name) => name !== 'letter') ?? [];
      const wanted = Object.entries({ ...expected, note }).filter(([name]) => asked.includes(name));
      expect(typed).toEqual(Object.fromEntries(wanted));
      expect(files).toEqual({});
    }
  });

  it('asks a conditional field only when it applies, and watches the field that it hangs on', () => {
    const names = (given: object) => inputs(draw(0, given)).map((block) => block.block_id);
    expect(names({ reason: 'NEW' })).not.toContain('why');
    expect(names({ reason: 'AGAIN' })).toContain('why');
    const blocks = draw(0);
    expect(input('reason', blocks)).toMatchObject({
      dispatch_action: true,
      element: { action_id: FORM_CHANGE },
    });
    expect(input('name', blocks)).not.toHaveProperty('dispatch_action');
    expect(input('name', blocks).element.action_id).toBe(FORM_VALUE);
    expect(input('agency', blocks).element).toMatchObject({
      action_id: `${FORM_SEARCH}.agency`,
      min_query_length: 1,
      initial_option: { text: { text: '행정안전부' }, value: '1741000' },
    });
  });

  it('needs no file that is kept already, and says which it is', () => {
    expect(input('letter', draw(1, {})).optional).toBe(false);
    const blocks = draw(1);
    expect(input('letter', blocks).optional).toBe(true);
    expect(JSON.stringify(blocks)).toContain('첨부됨: 공문.pdf (2 KB)');
  });

  it('shows a file that is there in its box, and asks for another one where that is wanted', () => {
    const has = (blocks: KnownBlock[]) => blocks.some((block) => block.block_id === 'letter');
    const shown = draw(1, answers, { replacing: [] });
    expect(has(shown)).toBe(false);
    expect(JSON.stringify(shown)).toContain('✔ 첨부됨: 공문.pdf (2 KB)');
    expect(JSON.stringify(shown)).toContain('=letter');
    const asked = draw(1, answers, { replacing: ['letter'] });
    expect(input('letter', asked).optional).toBe(false);
    expect(JSON.stringify(asked)).toContain('그대로 두기');
    const refused = draw(1, answers, { replacing: [], problems: { letter: '읽지 못했습니다.' } });
    expect(has(refused)).toBe(true);
  });

  it('puts a remark above its field and a problem below it', () => {
    const blocks = draw(0, answers, {
      problems: { task: '짧습니다.' },
      remarks: { task: '자세히 쓰십시오.' },
    });
    const at = blocks.findIndex((block) => block.block_id === 'task');
    expect(JSON.stringify(blocks[at - 1])).toContain('보완요청: 자세히 쓰십시오.');
    expect(JSON.stringify(blocks[at + 1])).toContain('✖ 짧습니다.');
  });
});

describe('reading a view’s state', () => {
  const stepOf = (name: string) => sample.steps.findIndex(({ fields }) => fields.includes(name as never));
  const read = (name: string, state: object, step = stepOf(name)) =>
    readState(sample, step, { [name]: { any: state as ViewStateValue } });

  it('forgets what was cleared', () => {
    expect(read('name', { value: null }).typed).toEqual({ name: '' });
    expect(read('checks', { selected_options: [] }).typed).toEqual({ checks: [] });
    expect(read('reason', { selected_option: null }).typed).toEqual({ reason: '' });
  });

  it('takes a newly chosen file as it is named, to be looked into', () => {
    const chosen = { id: 'F1', name: '../공문.pdf', size: 9, url_private: 'a', url_private_download: 'b' };
    expect(read('letter', { files: [chosen] })).toEqual({
      typed: {},
      files: { letter: [{ id: 'F1', name: '../공문.pdf', size: 9, url: 'b' }] },
    });
    expect(read('letter', { files: [] })).toEqual({ typed: {}, files: {} });
  });

  it('ignores what the form does not have, by whatever name', () => {
    for (const name of ['admin', '__proto__', 'constructor', 'toString']) {
      const values = JSON.parse(`{"${name}":{"any":{"value":"x"}}}`) as Parameters<typeof readState>[2];
      expect(Object.keys(readState(sample, 0, values).typed)).toEqual([]);
    }
    expect(readState(sample, 0, { name: {} }).typed).toEqual({});
  });

  it('takes the fields of its own step only, so that no window undoes another', () => {
    expect(read('os', { selected_option: { value: 'NEW' } }, 1).typed).toEqual({ os: 'NEW' });
    expect(read('os', { selected_option: { value: 'NEW' } }, 0).typed).toEqual({});
    expect(read('letter', { files: [{ id: 'F1' }] }, 0).files).toEqual({});
    expect(read('name', { value: 'x' }, sample.steps.length).typed).toEqual({}); // the summary has none
  });
});

describe('answers for reading', () => {
  it('are the asked and answered ones, labelled', () => {
    const { why: _hidden, ...rest } = answers;
    expect(stepLines(sample, 0, { ...rest, reason: 'NEW', mail: '' }, nameOf)).toEqual([
      { label: '시스템명', text: '<!channel> *민원*' },
      { label: '업무내용', text: '첫 줄\n둘째 줄' },
      { label: '소속기관', text: '행정안전부' },
      { label: '후임자', text: '행정안전부' },
      { label: '신청사유', text: '신규' },
    ]);
  });

  it('name the files with the label of their field', () => {
    expect(filesOf(sample, answers)).toEqual([{ name: 'letter', label: '공문', ref: letter[0] }]);
    expect(filesOf(sample, {})).toEqual([]);
  });
});
