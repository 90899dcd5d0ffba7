import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const readme = join(import.meta.dirname, '../../docs/pictures');
let screens = 0;

/** The pictures of the README are made anew on the way when PICTURES=1; else nothing happens. */
export async function pictureForReadme(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === '1') await page.screenshot({ path: join(readme, `${name}.png`) });
}

/** Every screen on the way, before the next press of a button, for whoever wants to look them through: SCREENS=folder. */
export async function pictureOfStep(page: Page): Promise<void> {
  const folder = process.env.SCREENS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  screens += 1;
  await page.screenshot({ path: join(folder, `${String(screens).padStart(3, '0')}.png`) });
}
