import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testClock } from '../ground.ts';
import { register } from '../story/acts.ts';
import { type Stage, setStage } from '../story/stage.ts';
import { openBrowser, type Window } from './browser.ts';
import { Hands } from './hands.ts';
import { pictureOfStep } from './pictures.ts';

/** What people see while they wait, when somebody was faster, and when the bot is gone. */
let stage: Stage;
let browser: Window;
let lee: Hands;

beforeAll(async () => {
  stage = await setStage({ clock: { ...testClock(), now: () => new Date() } });
  browser = await openBrowser();
  lee = new Hands(await browser.open(`${stage.workspace.url}/#/U0LEE000001/home`));
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('trouble')}`);
  expect(browser.faults).toEqual([]);
});

test('while a form is being sent its button waits, and a second press does nothing', async () => {
  await lee.press('사용자 등록');
  await lee.fillAll({ '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: '서울특별시' });
  let sent = 0;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await lee.page.route('**/control/act/submit', async (route) => {
    sent += 1;
    await released;
    await route.continue();
  });
  const next = lee.modal.getByRole('button', { name: '다음' });
  await next.click();
  await expect.poll(() => next.isDisabled()).toBe(true);
  expect(await next.getAttribute('aria-busy')).toBe('true');
  await pictureOfStep(lee.page);
  await lee.field('소속기관').getByRole('combobox').press('Enter');
  release();
  await lee.modal.getByText('2. 담당자 정보').waitFor();
  expect(sent).toBe(1);
  await lee.page.unroute('**/control/act/submit');
});

test('an officer whose colleague was faster reads who decided', async () => {
  await register(stage.kim, '김보람');
  const officer = new Hands(await browser.open(`${stage.workspace.url}/#/U0OFFICER01/C0DESK00001`));
  const card = officer.message('사용자 등록 · 검토중');
  await card.getByRole('button', { name: '승인', exact: true }).click();
  await officer.page.getByRole('alertdialog').waitFor();
  await stage.officer2.press('승인', { in: (message) => message.text.includes('사용자 등록') });
  await stage.kim.waitFor('사용자 등록이 승인되었습니다');
  await officer.agree('승인');
  await officer.page.locator('.toast', { hasText: '그사이 화면이 바뀌어' }).waitFor();
  await pictureOfStep(officer.page);
  await officer.message('사용자 등록 · 승인완료').getByText('정*인').waitFor();
  // The browser itself notes the refused request.
  expect(browser.faults.splice(0)).toEqual([expect.stringContaining('409 (Conflict)')]);
});

test('when the bot does not answer, the page says so and keeps what was typed', async () => {
  await lee.fillAll({ 부서: '정보통신과', 이름: '이정훈' });
  await stage.bot.stop();
  await lee.page.getByText('연결하는 중입니다').first().waitFor();
  await lee.fillAll({ 전화번호: '02-120-1234', 휴대전화번호: '010-2222-3333', 이메일: 'lee@korea.kr' });
  await lee.press('제출', lee.modal);
  await lee.modal.getByText('입력한 내용은 그대로 있으니').waitFor();
  await pictureOfStep(lee.page);
  expect(await lee.field('이름').locator('input').inputValue()).toBe('이정훈');
  await lee.closeModal();
  await lee.press('사용자 등록');
  await lee.page.locator('.toast').waitFor();
  await pictureOfStep(lee.page);
});
