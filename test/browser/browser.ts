import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './need-chromium.ts';

export interface Size {
  width: number;
  height: number;
}
export const DESK: Size = { width: 1280, height: 860 };
export const PHONE: Size = { width: 390, height: 844 };

/** A browser that keeps what no page of the workspace may do: errors in the console, words to other machines. */
export interface Window {
  /** A window of its own, as if another person sat at another computer. */
  open(url: string, size?: Size, options?: { touch?: boolean }): Promise<Page>;
  /** Console errors, uncaught exceptions and requests to other hosts so far. */
  faults: string[];
  /** Pictures of all open pages, for a test that failed. @returns their folder */
  picture(name: string): Promise<string>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<Window> {
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath,
    // Containers run as root, where the sandbox cannot; and the browser itself is to be silent too.
    args: [
      '--lang=ko-KR',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ],
  });
  const faults: string[] = [];
  const contexts: BrowserContext[] = [];

  function watch(page: Page, host: string): void {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => faults.push(`exception: ${error.stack ?? error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol !== 'data:' && url.protocol !== 'blob:' && url.host !== host)
        faults.push(`request to another host: ${url.href}`);
    });
    page.on('websocket', (socket) => {
      if (new URL(socket.url()).host !== host) faults.push(`socket to another host: ${socket.url()}`);
    });
  }

  return {
    faults,
    async open(url, size = DESK, { touch = false } = {}) {
      const context = await browser.newContext({
        viewport: size,
        locale: 'ko-KR',
        timezoneId: 'Asia/Seoul',
        hasTouch: touch,
        isMobile: touch,
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(15_000);
      contexts.push(context);
      const page = await context.newPage();
      watch(page, new URL(url).host);
      await page.goto(url);
      return page;
    },
    async picture(name) {
      const folder = join(tmpdir(), 'bogeup-browser');
      mkdirSync(folder, { recursive: true });
      const pages = contexts.flatMap((context) => context.pages());
      for (const [index, page] of pages.entries())
        await page.screenshot({ path: join(folder, `${name}-${index + 1}.png`) });
      return folder;
    },
    close: () => browser.close(),
  };
}
