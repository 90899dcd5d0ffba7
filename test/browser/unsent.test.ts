import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testClock } from '../ground.ts';
import { type Stage, setStage } from '../story/stage.ts';
import { openBrowser, type Window } from './browser.ts';
import { Hands } from './hands.ts';

/** What was typed and not sent is not lost by a look elsewhere, a failure, a reload or Back. */
let stage: Stage;
let browser: Window;
let lee: Hands;

beforeAll(async () => {
  stage = await setStage({ clock: { ...testClock(), now: () => new Date() } });
  browser = await openBrowser();
  lee = new Hands(await browser.open(stage.workspace.url));
  await lee.become('이정훈');
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('unsent')}`);
  expect(browser.faults).toEqual([]);
});

const box = () => lee.page.locator('.composer-text').first();
const question = () => lee.page.getByRole('alertdialog');
const person = () => lee.page.getByLabel('누구로 사용할지 고르기');

/** Reloads as a person does. @returns whether the browser asked first; the person then stays */
async function reloadAsks(): Promise<boolean> {
  const asked = lee.page.waitForEvent('dialog').then(async (dialog) => {
    const isOfLeaving = dialog.type() === 'beforeunload';
    await dialog.dismiss();
    return isOfLeaving;
  });
  await lee.page.evaluate('void setTimeout(() => location.reload())');
  return asked;
}

test('a message and its file stay in their box while the person looks elsewhere', async () => {
  await lee.goTo('메시지');
  await box().fill('쓰다 만 글');
  await lee.page
    .locator('.composer input[type=file]')
    .setInputFiles({ name: '화면.pdf', mimeType: '', buffer: Buffer.from('%PDF-1.4') });
  await lee.page.getByRole('button', { name: '화면.pdf 빼기' }).waitFor();
  await lee.goTo('홈');
  await lee.page.getByRole('button', { name: '사용자 등록' }).waitFor();
  await lee.goTo('메시지');
  expect(await box().inputValue()).toBe('쓰다 만 글');
  await lee.page.getByRole('button', { name: '화면.pdf 빼기' }).click();
});

test('a reload with a message that is not sent is asked about', async () => {
  expect(await reloadAsks()).toBe(true);
  expect(await box().inputValue()).toBe('쓰다 만 글');
});

test('so is another person in its place; whoever stays finds everything as it was', async () => {
  const own = lee.page.url();
  await lee.become('최관리');
  await question().getByText('지금 사용자를 바꾸면').waitFor();
  await lee.agree('계속 작성');
  await question().waitFor({ state: 'detached' });
  expect(lee.page.url()).toBe(own);
  expect(await person().inputValue()).toBe('U0LEE000001');
  expect(await box().inputValue()).toBe('쓰다 만 글');
});

test('what could not be sent stands before what was typed meanwhile', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await lee.page.route('**/control/act/message', async (route) => {
    await released;
    await route.abort();
  });
  await box().fill('첫 줄');
  await box().press('Enter');
  await box().pressSequentially('다음 줄');
  release();
  await expect.poll(() => box().inputValue()).toBe('첫 줄\n다음 줄');
  expect(browser.faults.splice(0)).toEqual([expect.stringContaining('net::ERR_FAILED')]);
  await lee.page.unroute('**/control/act/message');
  await box().fill('');
});

test('Back in the midst of a form asks, and goes when the person agrees', async () => {
  await lee.page.goto(`${stage.workspace.url}/#/U0KIM000001/home`);
  await lee.page.goto(`${stage.workspace.url}/#/U0LEE000001/home`);
  await lee.openWindow('사용자 등록', '1. 개인정보 동의');
  await lee.fill('개인정보 수집 및 이용에 대한 동의', '동의함');
  expect(await reloadAsks()).toBe(true);
  await lee.page.evaluate('history.back()');
  await lee.agree('계속 작성');
  expect(await lee.modal.getByRole('radio', { name: '동의함' }).isChecked()).toBe(true);
  expect(lee.page.url()).toContain('U0LEE000001');
  await lee.page.evaluate("void (location.hash = '#/U0KIM000001/home')");
  await lee.agree('바꾸기');
  await lee.modal.waitFor({ state: 'detached' });
  await expect.poll(() => person().inputValue()).toBe('U0KIM000001');
  expect(lee.page.url()).toContain('U0KIM000001');
});
