import type { ActionsBlock, SectionBlock } from '@slack/types';
import { expect, test } from 'vitest';
import { actions, button, header, lines, section, title } from '../../src/messenger/blocks.ts';
import { nameRepeated } from '../../src/messenger/repeated-buttons.ts';

const labels = (blocks: ReturnType<typeof nameRepeated>) =>
  blocks.flatMap((block) => {
    const one = block as Partial<Pick<SectionBlock, 'accessory'> & Pick<ActionsBlock, 'elements'>>;
    return [one.accessory, ...(one.elements ?? [])].flatMap((each) =>
      each?.type === 'button' ? [each.accessibility_label ?? '-'] : [],
    );
  });

test('a button that repeats is named by what stands beside or above it', () => {
  const view = [
    header('검토 대기'),
    section('이용신청 · 민원관리\n2026-000001', button('a', '검토')),
    section('적용결과표 · 온나라', button('a', '검토')),
    lines([{ label: '시스템명', text: '새올' }]),
    actions(button('b', '상세'), button('a', '검토')),
    title('끝', button('c', '더 보기')),
  ];
  expect(labels(nameRepeated(view))).toEqual([
    '검토: 이용신청 · 민원관리',
    '검토: 적용결과표 · 온나라',
    '-',
    '검토: 새올',
    '-',
  ]);
});

test('one of a kind is left as it is, and a long name is cut at a whole character', () => {
  const alone = [section('가', button('a', '검토'))];
  expect(nameRepeated(alone)).toEqual(alone);
  const long = [1, 2].map(() => section('😀'.repeat(50), button('a', '검토')));
  for (const name of labels(nameRepeated(long))) {
    expect(name.length).toBeLessThanOrEqual(75);
    expect(name.isWellFormed()).toBe(true);
  }
});
