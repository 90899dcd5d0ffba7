import { describe, expect, it } from 'vitest';
import {
  dayKey,
  fileSize,
  fromLocalInput,
  safeUrl,
  toLocalInput,
} from '../../src/sandbox/page/core/format.js';
import { filterGroups, groupsOf } from '../../src/sandbox/page/core/options.js';
import { countReply, firstUnread, isReply, upsert, without, withPage } from '../../src/sandbox/page/rooms.js';
import { parseRoute, routeTo } from '../../src/sandbox/page/route.js';
import { asCommand, suggest } from '../../src/sandbox/page/typed.js';

const option = (text: string) => ({ text: { type: 'plain_text', text }, value: text });

describe('select search', () => {
  const groups = groupsOf({ options: ['행정안전부', '서울특별시', '서울 교통공사'].map(option) });
  const found = (query: string, composing = false) =>
    filterGroups(groups, query, composing).flatMap((group) => group.options.map(({ value }) => value));

  it('finds parts of words, whatever the spaces', () => {
    expect(found('서울교통')).toEqual(['서울 교통공사']);
    expect(found('')).toHaveLength(3);
    expect(found('부산')).toEqual([]);
  });

  it('looks past a syllable that is still being composed', () => {
    expect(found('행저', true)).toEqual(['행정안전부']);
    expect(found('행저')).toEqual([]);
  });
});

describe('message lists', () => {
  const first = { ts: '1.0', user: 'U1', text: '하나' };
  const second = { ts: '2.0', user: 'U2', text: '둘' };

  it('puts messages in order and newer versions in place', () => {
    expect(upsert([second], [first, { ...second, text: '고침' }])).toEqual([
      first,
      { ...second, text: '고침' },
    ]);
    expect(without([first, second], '1.0')).toEqual([second]);
  });

  it('tells replies from parents and counts them', () => {
    const reply = { ts: '3.0', thread_ts: '1.0' };
    expect(isReply(reply)).toBe(true);
    expect(isReply({ ts: '1.0', thread_ts: '1.0' })).toBe(false);
    expect(countReply([first, second], reply)).toEqual([{ ...first, reply_count: 1 }, second]);
  });

  it('draws the line of new messages before those of others', () => {
    expect(firstUnread([second, first], 1, 'U1')).toBe('2.0');
    expect(firstUnread([first, second], 0, 'U1')).toBeNull();
    expect(firstUnread([first], 5, 'U1')).toBeNull();
  });
});

describe('a list whose newest page was requested again', () => {
  const list = (...numbers: number[]) => numbers.map((n) => ({ ts: `${n}.0` }));
  const numbers = (found: { ts: string }[]) => found.map(({ ts }) => Number(ts));

  it('keeps older messages that the page reaches, without those that were deleted meanwhile', () => {
    const known = list(1, 2, 3, 4);
    const { messages, joined } = withPage({ known, now: known, page: list(2, 4, 5), full: true });
    expect(numbers(messages)).toEqual([1, 2, 4, 5]);
    expect(joined).toBe(true);
  });

  it('begins anew where messages may be missing before the page, whatever was received since', () => {
    const known = list(1, 2);
    const { messages, joined } = withPage({ known, now: list(1, 2, 9), page: list(7, 8), full: true });
    expect(numbers(messages)).toEqual([7, 8, 9]);
    expect(joined).toBe(false);
  });

  it('is the page where the page is all there is', () => {
    const known = list(1, 2, 3);
    expect(numbers(withPage({ known, now: known, page: list(3, 4), full: false }).messages)).toEqual([3, 4]);
    expect(withPage({ known, now: known, page: [], full: false }).messages).toEqual([]);
    expect(withPage({ known: [], now: [], page: list(1), full: true }).joined).toBe(false);
  });
});

describe('addresses and typing', () => {
  it.each([
    ['U1', { kind: 'app', tab: 'home' }],
    ['U1', { kind: 'app', tab: 'messages' }],
    ['U1', { kind: 'channel', id: 'C1' }],
  ] as const)('the address of %s at %j leads back there', (me, place) => {
    expect(parseRoute(routeTo(me, place))).toEqual({ me, place });
  });

  it('an empty address names nobody', () => {
    expect(parseRoute('').me).toBeNull();
    expect(parseRoute(routeTo(null)).me).toBeNull();
  });

  it('tells commands from messages', () => {
    const commands = [{ command: '/bogeup' }];
    expect(asCommand(' /bogeup 신청 하나', commands)).toEqual({ command: '/bogeup', text: '신청 하나' });
    expect(asCommand('/bogeup', commands)).toEqual({ command: '/bogeup', text: '' });
    expect(asCommand('/없음', commands)).toEqual({ unknown: '/없음' });
    expect(asCommand('1/2', commands)).toBeNull();
    expect(suggest('/bo', commands)).toEqual(commands);
    expect(suggest('/bogeup 신청', commands)).toEqual([]);
  });

  it('writes days, times and sizes for Seoul', () => {
    expect(dayKey('1772377200.000100')).toBe('2026-03-02');
    expect(toLocalInput(1772420000)).toBe('2026-03-02T11:53');
    expect(fromLocalInput('2026-03-02T11:53')).toBe(1772419980);
    expect(fromLocalInput('')).toBeNull();
    expect([fileSize(512), fileSize(2048), fileSize(3 * 1024 * 1024)]).toEqual([
      '512바이트',
      '2 KB',
      '3.0 MB',
    ]);
  });

  it('lets only web, mail and phone links out', () => {
    expect(safeUrl('https://a.kr')).toBe('https://a.kr');
    expect(safeUrl('javascript:alert(1)')).toBeNull();
    expect(safeUrl(undefined)).toBeNull();
  });
});
