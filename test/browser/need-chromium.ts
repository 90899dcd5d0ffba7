import { accessSync, constants } from 'node:fs';

/** The browser to test with; Debian's unless CHROMIUM names another. */
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export default function needChromium(): void {
  try {
    accessSync(chromiumPath, constants.X_OK);
  } catch {
    throw new Error(
      `No browser to run at ${chromiumPath}. Install Chromium (Debian: apt-get install chromium), or set CHROMIUM to the path of a Chromium or Chrome.`,
    );
  }
}
