import { expect, test } from 'vitest';
import { type Chart, chartSvg, drawChart } from '../../../src/features/reports/chart.ts';

const chart: Chart = {
  title: '이용현황조사 진행',
  kind: 'bars',
  stacked: true,
  categories: ['중앙행정기관', '<b>기관</b>'],
  series: [
    { name: '변동 없음', values: [120, 3] },
    { name: '미응답', values: [1, 80] },
  ],
};

test('a chart is a PNG of the width that a message shows well', async () => {
  const png = await drawChart(chart);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(1920);
});

test('it says what it shows, numbers included, and takes names as text', async () => {
  const svg = await chartSvg(chart);
  for (const word of ['이용현황조사 진행', '중앙행정기관', '변동 없음', '120건', '80건'])
    expect(svg).toContain(word);
  expect(svg).not.toContain('<b>');
});

test('a part too narrow for its number goes without', async () => {
  const svg = await chartSvg(chart);
  expect(svg).not.toMatch(/>3건</);
  expect(await chartSvg({ ...chart, stacked: false })).toMatch(/>3건</);
});

test('nothing to show is drawn too', async () => {
  expect(await chartSvg({ title: '없음', kind: 'columns', categories: [], series: [] })).toContain('없음');
});
