import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testClock } from '../ground.ts';
import { type Stage, setStage } from '../story/stage.ts';
import { openBrowser, type Window } from './browser.ts';
import { Hands } from './hands.ts';

/** No mouse: Tab, Enter, Esc, arrows; and Hangul through an input method. */
let stage: Stage;
let browser: Window;
let lee: Hands;

beforeAll(async () => {
  stage = await setStage({ clock: { ...testClock(), now: () => new Date() } });
  browser = await openBrowser();
  lee = new Hands(await browser.open(`${stage.workspace.url}/#/U0LEE000001/home`));
  await lee.page.getByRole('button', { name: '사용자 등록' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('keyboard')}`);
  expect(browser.faults).toEqual([]);
});

const key = (name: string) => lee.page.keyboard.press(name);
const hasFocus = (one: Locator) => one.evaluate((element) => element.matches(':focus'));

/** Tab until this has the focus; a person gives up some time. */
async function tabTo(wanted: Locator): Promise<void> {
  for (let times = 0; times < 40; times += 1) {
    if (await hasFocus(wanted)) return;
    await key('Tab');
  }
  throw new Error(`Tab never came to ${wanted}`);
}

test('a form is opened, filled and sent on without a mouse', async () => {
  const opener = lee.page.getByRole('button', { name: '사용자 등록' });
  await tabTo(opener);
  await key('Enter');
  await lee.modal.getByText('1. 개인정보 동의').waitFor();
  await tabTo(lee.modal.getByRole('radio', { name: '동의함' }));
  await key('Space');
  await key('ArrowDown');
  expect(await lee.modal.getByRole('radio', { name: '동의하지 않음' }).isChecked()).toBe(true);
  await key('ArrowUp');
  expect(await lee.modal.getByRole('radio', { name: '동의함' }).isChecked()).toBe(true);
  const agency = lee.field('소속기관').getByRole('combobox');
  await tabTo(agency);
  await lee.page.keyboard.type('서울', { delay: 20 });
  await lee.field('소속기관').getByRole('option', { name: '서울특별시' }).waitFor();
  await key('Enter');
  expect(await agency.inputValue()).toContain('서울특별시');
  const clear = lee.modal.getByRole('button', { name: '선택 지우기' });
  expect(await clear.count()).toBe(0); // as in Slack: what has to be chosen is exchanged, not taken away
  await tabTo(lee.modal.getByRole('button', { name: '다음' }));
  await key('Enter');
  await lee.modal.getByText('2. 담당자 정보').waitFor();
  await tabTo(lee.field('부서').locator('input'));
  await lee.page.keyboard.type('정보통신과');
});

test('Enter takes no answer to an earlier query: it waits for that to the present one', async () => {
  const field = lee.field('소속기관');
  const agency = field.getByRole('combobox');
  await lee.submit('이전 단계', '1. 개인정보 동의');
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await agency.focus();
  await lee.page.keyboard.type('환경');
  await field.getByRole('option', { name: '한국환경공단' }).waitFor();
  await lee.page.route('**/control/act/options', async (route) => {
    await released;
    await route.continue();
  });
  await lee.page.keyboard.press('Control+a');
  await lee.page.keyboard.type('서울');
  await key('ArrowDown');
  await key('Enter');
  expect(await agency.inputValue()).toBe('서울');
  release();
  await expect.poll(() => agency.inputValue()).toContain('서울특별시');
  await lee.page.unroute('**/control/act/options');
});

test('what is typed after a choice takes its place', async () => {
  const agency = lee.field('소속기관').getByRole('combobox');
  await lee.page.keyboard.type('행정', { delay: 20 });
  expect(await agency.inputValue()).toBe('행정');
  await lee.field('소속기관').getByRole('option', { name: '행정안전부' }).waitFor();
  await key('Escape');
  await lee.page.keyboard.type('서울', { delay: 20 });
  await lee.field('소속기관').getByRole('option', { name: '서울특별시' }).waitFor();
  await key('Enter');
  await expect.poll(() => agency.inputValue()).toContain('서울특별시');
  await lee.submit('다음', '2. 담당자 정보');
  await lee.fill('부서', '정보통신과');
});

test('a filter of the officers’ queue always stands on something, so there is nothing to clear', async () => {
  const officer = await browser.open(`${stage.workspace.url}/#/U0OFFICER01/home`);
  await officer.getByRole('combobox').nth(2).waitFor(); // the home comes after the page
  expect(await officer.getByRole('button', { name: '선택 지우기' }).count()).toBe(0);
  await officer.close();
});

test('Tab stays inside the window', async () => {
  for (let times = 0; times < 12; times += 1) {
    await key('Tab');
    expect(await lee.modal.locator(':focus').count()).toBe(1);
  }
});

test('Esc closes a list alone, then asks before it closes the form; the focus goes back to the button', async () => {
  await lee.submit('이전 단계', '1. 개인정보 동의');
  await lee.field('소속기관').getByRole('combobox').press('ArrowDown');
  await lee.modal.getByRole('listbox').waitFor();
  await key('Escape');
  expect(await lee.modal.getByRole('listbox').count()).toBe(0);
  expect(await lee.modal.isVisible()).toBe(true);

  await lee.submit('다음', '2. 담당자 정보');
  await lee.fill('부서', '스마트도시과');
  await key('Escape');
  const question = lee.page.getByRole('alertdialog');
  await question.waitFor();
  await key('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await lee.field('부서').locator('input').inputValue()).toBe('스마트도시과');
  await key('Escape');
  await key('Tab');
  await key('Enter');
  await lee.modal.waitFor({ state: 'detached' });
  await expect.poll(() => hasFocus(lee.page.getByRole('button', { name: '사용자 등록' }))).toBe(true);
});

test('the Enter that ends a Hangul syllable does not send the message', async () => {
  await lee.goTo('메시지');
  const box = lee.page.locator('.composer-text');
  await box.click();
  const keys = await lee.page.context().newCDPSession(lee.page);
  await keys.send('Input.imeSetComposition', { text: '도움', selectionStart: 2, selectionEnd: 2 });
  await keys.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  expect(await box.inputValue()).toBe('도움');
  const own = lee.page.locator('article.message:not(:has(.tag))');
  expect(await own.count()).toBe(0);
  await keys.send('Input.insertText', { text: '도움' });
  await key('Enter');
  await expect.poll(() => own.count()).toBe(1);
  expect(await own.locator('.mrkdwn').textContent()).toBe('도움');
  expect(await box.inputValue()).toBe('');
});
