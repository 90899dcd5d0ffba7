import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { type Running, start } from '../../src/app/operator/start.ts';
import { openBrowser, PHONE, type Window } from './browser.ts';
import { pictureForReadme, pictureOfStep } from './pictures.ts';

/** Local mode as `npm start` runs it, whose first page fills the empty workspace. */
const dataDir = mkdtempSync(join(tmpdir(), 'bogeup-example-'));
let running: Running;
let url: string;
let browser: Window;

beforeAll(async () => {
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' });
  running = await start(config, { now: () => new Date(), out: () => undefined });
  url = running.url ?? '';
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await running?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`pictures: ${await browser.picture('example')}`);
  expect(browser.faults).toEqual([]);
});

test('one press fills the office, and the button is gone', async () => {
  const page = await browser.open(url);
  await page.getByRole('button', { name: '예시로 채우기' }).click();
  await page.getByRole('button', { name: '한소희' }).first().waitFor({ timeout: 110_000 }); // a year of work
  await page.getByRole('button', { name: '예시로 채우기' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('누구로 사용하시겠습니까?').waitFor();
  expect(await page.getByRole('button', { name: '예시로 채우기' }).count()).toBe(0);
  await page.close();
}, 240_000);

test('an officer sees what waits, an official what to do, at a desk and on a telephone', async () => {
  for (const [person, expected] of [
    ['U0PARKJIMN', '검토 대기 12건'],
    ['U0KIMBORAM', '수락 요청 1건'],
  ] as const) {
    for (const size of [undefined, PHONE]) {
      const page = await browser.open(`${url}/#/${person}/home`, size);
      await page.getByText(expected).first().waitFor({ timeout: 60_000 });
      await pictureOfStep(page);
      if (!size && person === 'U0PARKJIMN') await pictureForReadme(page, 'office');
      await page.close();
    }
  }
}, 300_000);
