import { afterAll, beforeAll, expect, test } from 'vitest';
import { register } from './acts.ts';
import { type Stage, setStage } from './stage.ts';

/** An officer's home that stands open shows what comes in, without being opened again. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ homePause: 1 });
});
afterAll(() => stage?.close());

test('a filing comes in, and the open queue has it', async () => {
  const { officer, officer2, kim } = stage;
  await officer.openHome();
  expect(await officer.homeText()).toContain('기다리는 신청이 없습니다.');
  await register(kim, '김보람');
  await officer.waitFor(async () => (await officer.homeText()).includes('검토 대기 1건'));
  expect(await officer.homeText()).toContain('사용자 등록');
  expect(await officer2.home()).toBeNull(); // never opened, never shown
});
