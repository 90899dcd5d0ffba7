import { join } from 'node:path';
import type { Page } from 'playwright-core';

const folder = join(import.meta.dirname, '../../docs/pictures');

/** The pictures of the README are made anew on the way when PICTURES=1; else nothing happens. */
export async function pictureForReadme(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES === '1') await page.screenshot({ path: join(folder, `${name}.png`) });
}
