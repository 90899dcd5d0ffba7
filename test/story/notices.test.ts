import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { pdf } from '../answers.ts';
import { becomeUser, closeAll, fillAll, next, openedModal } from './acts.ts';
import { forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 공지사항: written, published at its time, read, corrected, withdrawn. The clock stands on a Monday, 10:00 in Seoul. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
});
afterAll(() => stage?.close());

type Fields = Record<string, Parameters<Person['fill']>[1]>;

async function write(fields: Fields): Promise<string> {
  const { officer } = stage;
  await officer.openHome();
  await officer.press('공지사항 작성', { in: 'home' });
  await openedModal(officer);
  await fillAll(officer, fields);
  await next(officer);
  const receipt = await officer.modalText();
  await closeAll(officer);
  return receipt;
}

async function open(person: Person, title: string): Promise<string> {
  const { id } = await stage.store.db.boardNotice.findFirstOrThrow({ where: { title } });
  await forgeClick(person, 'notice.open', id);
  return openedModal(person);
}

async function homeOf(person: Person): Promise<string> {
  await person.openHome();
  return person.homeText();
}

const received = async (person: Person, text: string) =>
  (await person.dm()).filter((message) => messageText(message).includes(text));

test('published at once, for everybody, on the home only', async () => {
  const { kim, park, officer } = stage;
  const receipt = await write({
    제목: '정기 <!channel> 안내',
    내용: '*굵게* 쓰지 않은 내용',
    첨부파일: pdf('안내.pdf'),
  });
  expect(receipt).toContain('메시지로는 보내지 않습니다');
  for (const person of [kim, park, officer]) expect(await homeOf(person)).toContain('정기 <!channel> 안내');
  await stage.bot.idle();
  expect(await received(kim, '굵게')).toEqual([]);
});

test('opening it is reading it, once; officers see how many have', async () => {
  const { kim, officer, store } = stage;
  for (let times = 0; times < 2; times++) {
    await kim.openHome();
    await kim.press('보기', { in: 'home' });
    expect(await openedModal(kim)).toContain('*굵게* 쓰지 않은 내용');
    await kim.press('받기', { in: 'modal' });
    await kim.waitFor(async () => (await kim.modalText()).includes('첨부파일을 보냅니다'));
    await closeAll(kim);
  }
  await kim.waitFor(async () =>
    (await kim.dm()).some(({ files }) => JSON.stringify(files ?? '').includes('안내.pdf')),
  );
  expect(await store.db.boardNoticeReading.count()).toBe(1);
  const people = await store.db.person.count({ where: { slackId: { not: null } } });
  expect(await open(officer, '정기 <!channel> 안내')).toContain(`읽음 2 / 대상 ${people}명 (전체)`);
  await closeAll(officer);
});

test('what is for 행정기관 is not for others, and a forged press does not open it', async () => {
  const { kim, park } = stage;
  await write({ 제목: '행정기관만', 내용: '내용', 대상: '행정기관' });
  expect(await homeOf(kim)).toContain('행정기관만');
  expect(await homeOf(park)).not.toContain('행정기관만');
  expect(await open(park, '행정기관만')).toContain('게시되지 않았거나 거둔 공지입니다');
  await closeAll(park);
});

test('a pinned one stands above newer ones until its day is over', async () => {
  const { kim, clock } = stage;
  await write({ 제목: '고정 공지', 내용: '내용', '상단 고정 마지막 날': '2026-11-23' });
  for (const title of ['새 공지 1', '새 공지 2', '새 공지 3']) {
    clock.advance(1000);
    await write({ 제목: title, 내용: '내용' });
  }
  const home = await homeOf(kim);
  expect(home).toContain('📌 고정 공지');
  expect(home.indexOf('고정 공지')).toBeLessThan(home.indexOf('새 공지 3'));
  expect(home).not.toContain('새 공지 1');
  await kim.press('더 보기', { in: 'home' });
  expect(await openedModal(kim)).toContain('새 공지 1');
  await closeAll(kim);
});

test('published at its time; its message waits for 09:30 of a business day, an urgent one does not', async () => {
  const { kim, clock } = stage;
  const fields = { 내용: '본문', 게시일: '2026-11-28', '게시 시각': '8:00' }; // a Saturday
  await write({ ...fields, 제목: '예약 공지', 알림: ['메시지로도 알림'] });
  await write({ ...fields, 제목: '긴급 공지', 알림: ['메시지로도 알림', '긴급'] });
  expect(await homeOf(kim)).not.toContain('예약 공지');
  clock.set('2026-11-27T23:00:00.000Z'); // Saturday, 08:00
  await stage.restartBot(async () => {});
  await kim.waitFor('[긴급] 공지사항: 긴급 공지');
  expect(await homeOf(kim)).toContain('예약 공지');
  await stage.bot.idle();
  expect(await received(kim, '공지사항: 예약 공지')).toEqual([]);
  clock.set('2026-11-30T00:30:00.000Z'); // Monday, 09:30
  await stage.restartBot(async () => {});
  await kim.waitFor('공지사항: 예약 공지');
  await stage.restartBot(async () => {});
  await stage.bot.idle();
  expect(await received(kim, '공지사항: 예약 공지')).toHaveLength(1);
});

test('corrected: versions are kept, what was sent is not sent again, what was not is sent as it reads now', async () => {
  const { kim, officer, clock, store } = stage;
  await write({ 제목: '고칠 공지', 내용: '첫 내용', 알림: ['메시지로도 알림'], 게시일: '2026-12-01' });
  await open(officer, '고칠 공지');
  await officer.press('고치기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('고치기'));
  await officer.fill('내용', '고친 내용');
  await next(officer);
  await closeAll(officer);
  clock.set('2026-12-01T00:30:00.000Z');
  await stage.restartBot(async () => {});
  await kim.waitFor('고친 내용');
  expect(await received(kim, '첫 내용')).toEqual([]);
  await open(officer, '고칠 공지');
  await officer.press('고치기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('이미 받은 사람에게는'));
  await officer.fill('내용', '다시 고친 내용');
  await next(officer);
  await closeAll(officer);
  await stage.bot.idle();
  expect(await received(kim, '다시 고친 내용')).toEqual([]);
  expect(await open(kim, '고칠 공지')).toContain('다시 고친 내용');
  await closeAll(kim);
  await open(officer, '고칠 공지');
  await officer.press('고친 이력', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('첫 내용'));
  await closeAll(officer);
  const notice = await store.db.boardNotice.findFirstOrThrow({
    where: { title: '고칠 공지' },
    include: { versions: true },
  });
  expect(notice.versions.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
});

test('made urgent after its publication: the message that waited for the morning goes out at once, and once', async () => {
  const { kim, officer, clock } = stage;
  clock.set('2026-12-01T10:00:00.000Z'); // Tuesday, 19:00
  await write({ 제목: '급해진 공지', 내용: '내용', 알림: ['메시지로도 알림'] });
  await stage.bot.idle();
  expect(await received(kim, '급해진 공지')).toEqual([]);
  clock.advance(60_000);
  await open(officer, '급해진 공지');
  await officer.press('고치기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('이미 받은 사람에게는'));
  await officer.fill('알림', ['메시지로도 알림', '긴급']);
  await next(officer);
  await closeAll(officer);
  await kim.waitFor('[긴급] 공지사항: 급해진 공지');
  clock.set('2026-12-02T00:30:00.000Z');
  await stage.restartBot(async () => {});
  await stage.bot.idle();
  expect(await received(kim, '급해진 공지')).toHaveLength(1);
  clock.set('2026-12-01T10:02:00.000Z');
});

test('withdrawn before its time: neither on the home nor sent', async () => {
  const { kim, officer, clock } = stage;
  await write({ 제목: '거둘 공지', 내용: '내용', 알림: ['메시지로도 알림'], 게시일: '2026-12-02' });
  await open(officer, '거둘 공지');
  await officer.press('거두기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('거둠'));
  await closeAll(officer);
  clock.set('2026-12-02T00:30:00.000Z');
  await stage.restartBot(async () => {});
  await stage.bot.idle();
  expect(await received(kim, '거둘 공지')).toEqual([]);
  expect(await homeOf(kim)).not.toContain('거둘 공지');
});

test('a time that is over is refused at its field', async () => {
  const { officer } = stage;
  await officer.openHome();
  await officer.press('공지사항 작성', { in: 'home' });
  await openedModal(officer);
  await fillAll(officer, { 제목: '지난 공지', 내용: '내용', 게시일: '2026-12-01' });
  expect(await officer.submit()).toBe('errors');
  await fillAll(officer, { 게시일: '2026-12-02', '게시 시각': '오전 14:30' });
  expect(await officer.submit()).toBe('errors');
  expect(officer.errors()['게시 시각']).toContain('24시간제');
  await officer.fill('게시 시각', '오전 8시');
  expect(await officer.submit()).toBe('errors');
  expect(officer.errors()['게시 시각']).toContain('이미 지난 시각');
  await closeAll(officer);
});

test('only officers write, correct and withdraw', async () => {
  const { kim, store } = stage;
  const { id } = await store.db.boardNotice.findFirstOrThrow({ where: { title: '행정기관만' } });
  for (const action of ['notice.write', 'notice.edit', 'notice.withdraw', 'notice.versions']) {
    await forgeClick(kim, action, id);
    expect(await openedModal(kim)).toContain('표준API 관리자만');
    await closeAll(kim);
  }
  const values = { title: { 'form.value': { type: 'plain_text_input', value: '위조' } } };
  const { body } = await forgeSubmit(kim, { callbackId: 'notice.write', metadata: {}, values });
  expect(JSON.stringify(body)).toContain('표준API 관리자만');
  expect(await store.db.boardNotice.count({ where: { title: '위조' } })).toBe(0);
});
