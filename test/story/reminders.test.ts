import { afterAll, beforeAll, expect, test } from 'vitest';
import { apply, approveApplication, becomeUser, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** The bot sweeps as it starts, on this morning. */
async function morning(day: string): Promise<void> {
  await stage.restartBot(async () => stage.clock.set(`${day}T09:30:00+09:00`));
}

test('several things come as one message; one is put off, one is done, and what is put off comes back', async () => {
  const { kim, lee, store } = stage;
  await becomeUser(stage, kim, '김보람');
  await apply(kim);
  await approveApplication(stage, kim);
  const licence = await store.db.licence.findFirstOrThrow();
  const before = (await kim.dm()).length;
  await morning('2027-01-08'); // 14 days before the licence ends, and the nudge of January is late
  await kim.waitFor('챙기실 일이 2건 있습니다.');
  const texts = (await kim.dm()).slice(before).map(({ text }) => text);
  expect(texts).toHaveLength(1);
  const rows = await store.db.reminded.findMany({ orderBy: { number: 'asc' } });
  expect(rows.map(({ notice }) => notice).sort()).toEqual(['handover', 'licence.expiring']);

  await kim.press('변동 없음', { in: (message) => message.text.includes('챙기실 일이 2건') });
  expect(await openedModal(kim)).toContain('이 일은 다시 알리지 않습니다.');
  await kim.close({ all: true });
  expect(await store.db.reminderMark.findMany({ select: { kind: true } })).toEqual([{ kind: 'DONE' }]);
  expect(await store.db.audit.count({ where: { action: 'reminder.done' } })).toBe(1);

  // Somebody else cannot answer for her, whatever their payload says.
  const item = rows.find(({ notice }) => notice === 'licence.expiring');
  expect(item?.subject).toBe(licence.id);
  await forgeClick(lee, 'reminder.snooze', `3:${item?.message}:${item?.number}`);
  expect(await openedModal(lee)).toContain('본인이 받은 안내만 처리할 수 있습니다.');
  expect(await store.db.reminderMark.count()).toBe(1);

  await forgeClick(kim, 'reminder.snooze', `14:${item?.message}:${item?.number}`);
  expect(await openedModal(kim)).toContain('2027. 1. 22.(금) 09:30에 다시 알려 드립니다.');
  await kim.close({ all: true });
  await forgeClick(kim, 'reminder.snooze', `3:${item?.message}:${item?.number}`);
  expect(await openedModal(kim)).toContain('2027. 1. 11.(월) 09:30에 다시 알려 드립니다.');
  await kim.close({ all: true });

  await morning('2027-01-11');
  await kim.waitFor('임시라이선스 만료 12일 전');
  await morning('2027-01-12');
  await stage.bot.idle();
  expect((await kim.dm()).filter(({ text }) => text.includes('임시라이선스 만료')).length).toBe(1);
});

test('who was told may look at all of it; others may not', async () => {
  const { kim, lee, store } = stage;
  const { message } = await store.db.reminded.findFirstOrThrow({ where: { notice: 'licence.expiring' } });
  await forgeClick(kim, 'reminder.all', message);
  expect(await openedModal(kim)).toContain('홈의 목록에서 하나씩 처리할 수 있습니다.');
  await forgeClick(lee, 'reminder.all', message);
  await lee.waitFor(async () => (await lee.modalText()).includes('본인이 받은 안내만 볼 수 있습니다.'));
});
