import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testClock } from '../ground.ts';
import { type Stage, setStage } from '../story/stage.ts';
import { openBrowser, type Window } from './browser.ts';

/** On a slow start the page's questions are answered after the stream has told something newer. */
let stage: Stage;
let browser: Window;

beforeAll(async () => {
  stage = await setStage({ clock: { ...testClock(), now: () => new Date() } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('late-answers')}`);
  expect(browser.faults).toEqual([]);
});

test('a home that came meanwhile is not taken away by the answer that there is none', async () => {
  const page = await browser.open(stage.workspace.url);
  let answered = () => {};
  const answer = new Promise<void>((resolve) => {
    answered = resolve;
  });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/control/home', async (route) => {
    const response = await route.fetch();
    expect(await response.json()).toMatchObject({ view: null });
    answered();
    await released;
    await route.fulfill({ response });
  });
  await page.route('**/control/home/open', async (route) => {
    await answer;
    await route.continue();
  });
  await page.locator('.welcome').getByRole('button', { name: '이정훈' }).click();
  const opener = page.getByRole('button', { name: '사용자 등록' });
  await opener.waitFor();
  const late = page.waitForResponse('**/control/home');
  release();
  await (await late).finished();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  expect(await opener.isVisible()).toBe(true);
});

test('a bot that joined meanwhile is not said to be away', async () => {
  const page = await browser.open(stage.workspace.url);
  const person = page.locator('.welcome').getByRole('button', { name: '이정훈' });
  await person.waitFor();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let answered = () => {};
  const answer = new Promise<void>((resolve) => {
    answered = resolve;
  });
  await page.route('**/control/state', async (route) => {
    const response = await route.fetch();
    answered();
    await released;
    await route.fulfill({ response });
  });
  await stage.restartBot(async () => {
    await person.click();
    await answer;
  });
  release();
  await page.getByRole('button', { name: '사용자 등록' }).waitFor();
  expect(await page.getByText('연결하는 중입니다').count()).toBe(0);
});
