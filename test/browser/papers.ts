import type { FileToChoose } from './hands.ts';

const DAY = 24 * 60 * 60 * 1000;

/** YYYY-MM-DD in Seoul, some days from now. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * DAY).toLocaleDateString('sv-SE', { timeZone: 'Asia/Seoul' });

/** What is inside is a ZIP archive, whatever its name says. */
export const zipNamed = (name: string): FileToChoose => ({
  name,
  bytes: Buffer.from(
    '504b0304140000000000000021000000000000000000000000000100000061504b0506000000000000',
    'hex',
  ),
});
