import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { becomeUser, closeAll, fillAll, next, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** A 공지사항 to five thousand people: ten batches. */
const CROWD = 5000;
const TITLE = '모두에게 알림';
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ crowd: CROWD });
  await becomeUser(stage, stage.kim, '김보람');
  await stage.store.db.$executeRaw`
    INSERT INTO "Person" (id, "slackId")
    SELECT 'crowd-' || n, 'U0CROWD' || lpad(n::text, greatest(4, length(n::text)), '0')
    FROM generate_series(0, ${CROWD}::int - 1) AS n`;
});
afterAll(() => stage?.close());

const noticeId = async () =>
  (await stage.store.db.boardNotice.findFirstOrThrow({ where: { title: TITLE } })).id;
const rows = async () => ({ key: { startsWith: `notice:${await noticeId()}:` } });
const broadcast = async () =>
  stage.store.db.broadcast.findUniqueOrThrow({ where: { key: `notice:${await noticeId()}` } });

async function open(person: Person): Promise<string> {
  await forgeClick(person, 'notice.open', await noticeId());
  return openedModal(person);
}

test('written before its time: nobody is in the outbox yet, so nothing has to be taken out of it', async () => {
  const { officer, clock, store, bot } = stage;
  clock.set('2026-12-02T00:00:00.000Z'); // Wednesday, 09:00
  await officer.openHome();
  await officer.press('공지사항 작성', { in: 'home' });
  await openedModal(officer);
  await fillAll(officer, { 제목: TITLE, 내용: '내용', 알림: ['메시지로도 알림'] });
  await next(officer);
  await closeAll(officer);
  expect(await open(officer)).toContain('메시지 발송: 2026. 12. 2. 09:30부터');
  await closeAll(officer);
  await bot.idle();
  expect(await store.db.outbox.count({ where: await rows() })).toBe(0);
});

test('from its time on they are told batch by batch; who presses something meanwhile is answered', async () => {
  const { officer, kim, clock, store } = stage;
  await stage.restartBot(async () => clock.set('2026-12-02T00:30:00.000Z'));
  for (const person of [kim, officer]) {
    const shown = await open(person);
    await closeAll(person);
    if (person === officer) expect(shown).toMatch(/메시지: 5,00\d명 중 [\d,]+명에게 보냈습니다/);
  }
  expect((await broadcast()).doneAt).toBeNull(); // all of that was in the middle of it
  await officer.waitFor(async () => (await broadcast()).doneAt, 500_000);
  const people = await store.db.person.count({ where: { slackId: { not: null } } });
  expect(await store.db.outbox.count({ where: await rows() })).toBe(people);
  expect((await broadcast()).messages).toBe(people);
});

test('withdrawn: what was not sent is taken out of the outbox, and nobody else is told', async () => {
  const { officer, store } = stage;
  const arrived = async () => store.db.outbox.count({ where: { ...(await rows()), state: 'SENT' } });
  await officer.waitFor(async () => (await arrived()) > 0);
  await open(officer);
  await officer.press('거두기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('거두기 전에'));
  await closeAll(officer);
  const waiting = async () =>
    store.db.outbox.count({ where: { ...(await rows()), state: 'PENDING', attempts: 0 } });
  await officer.waitFor(async () => (await waiting()) === 0);
  await stage.bot.idle();
  const sent = await store.db.outbox.count({ where: await rows() });
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(CROWD / 2);
  expect((await broadcast()).messages).toBe(sent);
});
