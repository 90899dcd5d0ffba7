import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testClock } from '../ground.ts';
import { DESK_CHANNEL, type Stage, setStage } from '../story/stage.ts';
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

test('after the stream was away for more than a page, what is missing can be fetched', async () => {
  const { officer, workspace } = stage;
  await officer.say(DESK_CHANNEL, '처음 글');
  const page = await browser.open(`${workspace.url}/#/U0OFFICER02`);
  await page.addInitScript({
    content: `globalThis.EventSource = class extends EventSource {
      constructor(url) {
        super(url);
        globalThis.cut = () => this.dispatchEvent(new Event('error'));
      }
    }`,
  });
  await page.goto(`${workspace.url}/?again#/U0OFFICER02/${DESK_CHANNEL}`);
  await page.getByText('처음 글').waitFor();
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/control/stream*', async (route) => {
    await released;
    await route.continue();
  });
  await page.evaluate('cut()');
  await page.getByText('연결이 끊어졌습니다').waitFor();
  for (let number = 1; number <= 60; number++) await officer.say(DESK_CHANNEL, `그사이 글 ${number}.`);
  release();
  await page.getByText('그사이 글 60.').waitFor();
  expect(await page.getByText('처음 글').count()).toBe(0);
  await page.getByRole('button', { name: '이전 메시지 보기' }).click();
  await page.getByText('처음 글').waitFor();
  for (let number = 1; number <= 60; number++)
    expect(await page.getByText(`그사이 글 ${number}.`, { exact: true }).count()).toBe(1);
});
