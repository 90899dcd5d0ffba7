import { afterAll, beforeAll, expect, test } from 'vitest';
import { openedModal, pressIn } from './acts.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

test('an officer enters a 임시공휴일, is told what is no news, and takes it out again', async () => {
  const { officer, store } = stage;
  await officer.openHome();
  await pressIn(officer, '관리 업무', '휴일 관리');
  const shown = await openedModal(officer);
  expect(shown).toContain('2026년에 추가한 휴일');
  expect(shown).toContain('2027. 7. 19.(월) 대체공휴일(제헌절)');
  await officer.fill('날짜', '2026-12-25');
  await officer.fill('이름', '임시공휴일');
  expect(await officer.submit()).toBe('errors');
  expect(JSON.stringify(officer.errors())).toContain('이미 공휴일입니다.');
  await officer.fill('날짜', '2026-12-24');
  expect(await officer.submit()).toBe('updated');
  expect(await officer.modalText()).toContain('2026. 12. 24.(목) 임시공휴일: 추가했습니다.');
  expect(await store.db.holiday.findMany({ select: { day: true, name: true } })).toEqual([
    { day: '2026-12-24', name: '임시공휴일' },
  ]);
  await officer.press('삭제');
  await officer.waitFor(async () => (await officer.modalText()).includes('휴일에서 뺐습니다.'));
  expect(await store.db.holiday.count()).toBe(0);
});

test('others have no such button', async () => {
  await stage.kim.openHome();
  await expect(stage.kim.press('휴일 관리', { wait: 300 })).rejects.toThrow();
});
