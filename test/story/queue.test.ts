import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { closeAll } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** The officers' queue on their home: pages, filters, both together, and back to the whole. */
let stage: Stage;
const count = { application: 14, resultReport: 3 };

beforeAll(async () => {
  stage = await setStage();
  const { kim, officer, store, clock } = stage;
  await kim.openHome();
  await officer.openHome();
  const { id: applicantId } = await store.db.person.findFirstOrThrow({ where: { slackId: kim.userId } });
  // Monday, 23 November: applications of the morning, an hour apart; the last four are of a 공공기관. Reports come today.
  let number = 0;
  const file = (procedure: string, title: string, agencyCode: string, submittedAt: Date) =>
    store.db.filing.create({
      data: {
        number: `2026-${String(++number).padStart(6, '0')}`,
        procedure,
        state: 'SUBMITTED',
        revision: 1,
        title,
        applicantId,
        agencyCode,
        submittedAt,
        revisions: { create: { number: 1, answers: {}, submittedBy: applicantId, submittedAt } },
      },
    });
  const monday = clock.now().getTime();
  for (let n = 1; n <= count.application; n++) {
    const agency = n > 10 ? 'B552584' : '1741000';
    await file('application', `시스템 ${String(n).padStart(2, '0')}`, agency, new Date(monday + n * 60_000));
  }
  clock.advance(7 * 86_400_000);
  for (let n = 1; n <= count.resultReport; n++)
    await file('resultReport', `보고 ${n}`, '1741000', clock.now());
});
beforeEach(async () => {
  await closeAll(stage.officer);
  await stage.officer.openHome();
});
afterAll(() => stage?.close());

/** The titles of the queue as it stands now, once it holds this. */
async function shown(until: string, person: Person = stage.officer): Promise<string[]> {
  await person.waitFor(async () => (await person.homeText()).includes(until));
  return (await person.homeText()).match(/(시스템 \d\d|보고 \d)/g) ?? [];
}
const systems = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `시스템 ${String(from + n).padStart(2, '0')}`);
const filter = (label: string, option: string) => stage.officer.fill(label, option, { in: 'home' });

describe('pages', () => {
  test('ten a page, the oldest first, on and back', async () => {
    const { officer } = stage;
    expect(await shown('검토 대기 17건')).toEqual(systems(1, 10));
    expect(await officer.homeText()).not.toContain('앞 대기 목록');
    await officer.press('다음 대기 목록', { in: 'home' });
    expect(await shown('2 / 2 쪽')).toEqual([...systems(11, 14), '보고 1', '보고 2', '보고 3']);
    expect(await officer.homeText()).not.toContain('다음 대기 목록');
    await officer.press('앞 대기 목록', { in: 'home' });
    expect(await shown('1 / 2 쪽')).toEqual(systems(1, 10));
  });

  test('a page that is there no more shows the last one', async () => {
    const { officer } = stage;
    await forgeClick(officer, 'home.queue.next', '|||99');
    expect(await shown('2 / 2 쪽')).toHaveLength(7);
  });
});

describe('filters', () => {
  test('by procedure, and back to all', async () => {
    await filter('업무', '적용결과표');
    expect(await shown('검토 대기 3건')).toEqual(['보고 1', '보고 2', '보고 3']);
    await filter('업무', '모든 업무');
    expect(await shown('검토 대기 17건')).toEqual(systems(1, 10));
  });

  test('by kind of agency, and back to all', async () => {
    await filter('기관 구분', '공공기관');
    expect(await shown('검토 대기 4건')).toEqual(systems(11, 14));
    await filter('기관 구분', '모든 기관');
    await shown('검토 대기 17건');
  });

  test('by the days that it has waited', async () => {
    await filter('기다린 기간', '3영업일 넘음');
    expect(await shown('검토 대기 14건')).toEqual(systems(1, 10));
    await filter('기다린 기간', '10영업일 넘음');
    await shown('고른 조건에 맞는 신청이 없습니다.');
    await filter('기다린 기간', '모든 기간');
    await shown('검토 대기 17건');
  });

  test('together, and a page keeps them; clearing one leaves the others', async () => {
    const { officer } = stage;
    await filter('업무', '이용신청');
    await shown('검토 대기 14건');
    await officer.press('다음 대기 목록', { in: 'home' });
    expect(await shown('2 / 2 쪽')).toEqual(systems(11, 14));
    await filter('기관 구분', '공공기관'); // from the first page
    expect(await shown('검토 대기 4건')).toEqual(systems(11, 14));
    await filter('업무', '모든 업무');
    await shown('검토 대기 4건');
    await filter('업무', '적용결과표');
    await shown('고른 조건에 맞는 신청이 없습니다.');
    await filter('기관 구분', '모든 기관');
    await shown('검토 대기 3건');
  });

  test.each([
    ['x|y|z|-1', 17],
    ['application', 14],
    ['|||1e300', 17],
    ['<!channel>|PUBLIC|7|x', 4],
  ])('what no button carries is left out of it: %s', async (value, waiting) => {
    const { officer } = stage;
    await filter('업무', '적용결과표');
    await shown('검토 대기 3건');
    await forgeClick(officer, 'home.queue.procedure', value);
    await shown(`검토 대기 ${waiting}건`);
    expect(await officer.modalText()).toBe('');
  });

  test('is of officers alone', async () => {
    const { kim } = stage;
    await forgeClick(kim, 'home.queue.next', '|||0');
    await stage.bot.idle();
    expect(await kim.homeText()).not.toContain('검토 대기');
  });
});

test('a filing that the officer accepted as the person named in it waits for another officer', async () => {
  const { officer, store } = stage;
  const { id: namedId } = await store.db.person.findFirstOrThrow({ where: { slackId: officer.userId } });
  await store.db.filing.updateMany({ where: { title: '시스템 01' }, data: { namedId } });
  await officer.openHome();
  expect(await shown('검토 대기 16건')).not.toContain('시스템 01');
  expect(await officer.homeText()).toContain('수락한 1건은 다른 관리자가 검토합니다.');
});
