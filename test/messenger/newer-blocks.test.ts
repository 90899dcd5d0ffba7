import { expect, test } from 'vitest';
import { lines, section } from '../../src/messenger/blocks.ts';
import { alert, dataTable, newest, table } from '../../src/messenger/newer-blocks.ts';
import { nameRepeated } from '../../src/messenger/repeated-buttons.ts';
import { validateMessage, validateView } from '../../src/sandbox/blockkit/validate.ts';

const none = () => false;

test('a newer block travels beside the one of today, unseen in JSON, and takes its place and its id', () => {
  const warning = { ...alert('warning', '유효기간이 지났습니다.'), block_id: 'first' };
  expect(JSON.parse(JSON.stringify(warning))).toMatchObject({
    type: 'section',
    text: { text: '⚠ 유효기간이 지났습니다.' },
  });
  const drawn = newest(nameRepeated([warning, section('끝')]), none);
  expect(drawn).toMatchObject({
    types: ['alert'],
    blocks: [
      { type: 'alert', level: 'warning', text: { text: '유효기간이 지났습니다.' }, block_id: 'first' },
      { type: 'section' },
    ],
  });
  expect(newest([warning], (type) => type === 'alert')).toBeNull();
  expect(newest([section('끝')], none)).toBeNull();
});

test('a text too long for an alert, an empty table and a huge one stay as they are', () => {
  const today = lines([{ label: '가', text: '1' }]);
  const rows = (count: number) => Array.from({ length: count }, (_, index) => [`${index}`, '1']);
  const content = { caption: '표', head: ['이름', '수'] };
  for (const block of [
    alert('error', '가'.repeat(201)),
    dataTable(today, { ...content, rows: [] }),
    dataTable(today, { ...content, rows: rows(100) }),
    table(today, { ...content, rows: rows(100) }),
  ])
    expect(newest([block], none)).toBeNull();
});

test('Slack’s limits hold for the largest of them', () => {
  const today = lines([{ label: '가', text: '1' }]);
  const rows = Array.from({ length: 99 }, () => ['가'.repeat(3000), '', 3]);
  const content = { caption: '월별', head: ['월', '접수', '승인'], rows };
  const blocks = newest([alert('error', '가'.repeat(200)), dataTable(today, content)], none)?.blocks;
  expect(blocks?.map(({ type }) => type)).toEqual(['alert', 'data_table']);
  expect(validateView({ type: 'home', blocks }, 'home')).toEqual([]);
  const message = newest([table(today, content)], none)?.blocks ?? [];
  expect(validateMessage({ text: '표', blocks: message })).toEqual([]);
});
