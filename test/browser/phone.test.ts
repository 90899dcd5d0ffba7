import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { application } from '../answers.ts';
import { testClock } from '../ground.ts';
import { register } from '../story/acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from '../story/stage.ts';
import { openBrowser, PHONE, type Window } from './browser.ts';
import { Hands } from './hands.ts';
import { pictureOfStep } from './pictures.ts';

/** The same page 390 points wide, with a finger. */
let stage: Stage;
let browser: Window;
let kim: Hands;

beforeAll(async () => {
  stage = await setStage({ clock: { ...testClock(), now: () => new Date() } });
  await register(stage.kim, '김보람');
  await stage.officer.press('승인', { in: (message) => message.channel === DESK_CHANNEL });
  await stage.kim.waitFor('사용자 등록이 승인되었습니다');
  browser = await openBrowser();
  kim = new Hands(await browser.open(stage.workspace.url, PHONE, { touch: true }));
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('phone')}`);
  expect(browser.faults).toEqual([]);
});

/** Nothing may stick out to the side. */
async function fits(): Promise<void> {
  await pictureOfStep(kim.page);
  const width = await kim.page.locator('html').evaluate((page) => page.scrollWidth);
  expect(width).toBeLessThanOrEqual(PHONE.width);
}

test('the first screen, the home and the messages fit', async () => {
  await fits();
  await kim.become('김보람');
  await kim.page.getByRole('button', { name: '이용신청서 작성' }).waitFor();
  await fits();
  await kim.goTo('메시지');
  await kim.message('사용자 등록이 승인되었습니다').waitFor();
  await fits();
});

test('a form is filled, with its buttons in sight', async () => {
  await kim.goTo('홈');
  await kim.press('이용신청서 작성');
  await fits();
  await kim.fillAll({ '약관 동의': '동의함', '개인정보 수집 및 이용에 대한 동의': '동의함' });
  await kim.submit('다음', '2. 업무개요');
  await kim.fillAll(application.overview);
  await fits();
  await kim.submit('다음', '3. 적용시스템 세부사항');
  await kim.press('다음', kim.modal);
  await kim.modal.getByText('붉게 표시된 항목').waitFor();
  await fits();
  const next = await kim.modal.getByRole('button', { name: '다음' }).boundingBox();
  expect((next?.y ?? Number.NaN) + (next?.height ?? Number.NaN)).toBeLessThanOrEqual(PHONE.height);
  await kim.closeModal();
});

test('the menu opens with the list of people and channels and closes again', async () => {
  const menu = kim.page.getByRole('button', { name: '☰ 메뉴' });
  await menu.click();
  await kim.page.getByRole('navigation').getByText('지금 나는').waitFor();
  await fits();
  await kim.become('최관리');
  expect(await menu.textContent()).toBe('☰ 메뉴1');
  await menu.click();
  await kim.goToChannel('표준api-관리');
  await kim.message('사용자 등록').waitFor();
  await fits();
});
