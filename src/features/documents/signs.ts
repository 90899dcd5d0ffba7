import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

export type Weight = 'regular' | 'bold';
/** The usual face, and a second one (`more`) with Hanja, Greek and other signs of Korean office texts. */
export type Face = Weight | `${Weight}.more`;

/** Bytes added to a font file: the usual face ends in an empty glyph (the blank), and fontkit reads past that end. */
const BEHIND = Buffer.alloc(16);
const FILES: Readonly<Record<Face, string>> = {
  regular: '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
  bold: '@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf',
  'regular.more': '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
  'bold.more': '@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf',
};
const read = new Map<Face, Buffer>();

/** The bytes of a face, read from the file at the first use. */
export function faceBytes(face: Face): Buffer {
  const known = read.get(face);
  if (known) return known;
  const bytes = Buffer.concat([readFileSync(resolve(FILES[face])), BEHIND]);
  read.set(face, bytes);
  return bytes;
}

/** Adjacent signs in one face. `actual` is the original text, where another sign is drawn in its place. */
export interface SignRun {
  face: Face;
  shown: string;
  actual?: string;
  /** A digit to draw in a circle as wide as `shown`, so that ①…⑨ of a blank form need no second face. */
  circled?: string;
}

/** Whether a face has a glyph of its own for a sign. */
export type HasGlyph = (face: Face, sign: string) => boolean;

/** Plain equivalents that no Unicode normal form gives. */
const LIKE: Readonly<Record<string, string>> = {
  '\u2024': '·', // the word processor 한글 writes it between words
  '\u223c': '~',
  '\u2044': '/',
  '\u02d0': ':',
  '\u0131': 'i',
};
/** Printed in place of a sign that no face has. */
const WANTING = '〓';
const CIRCLED = /[①-⑨]/;

/** Splits a line of text by the face of its signs. A sign that no face has becomes its plain equivalent. */
export function signRuns(text: string, weight: Weight, has: HasGlyph): SignRun[] {
  const runs: SignRun[] = [];
  const put = (run: SignRun) => {
    const last = runs.at(-1);
    if (last && last.face === run.face && last.actual === undefined && run.actual === undefined)
      last.shown += run.shown;
    else runs.push(run);
  };
  const faceOf = (shown: string): Face | undefined =>
    ([weight, `${weight}.more`] as const).find((face) => [...shown].every((sign) => has(face, sign)));
  for (const sign of text.replaceAll('\u00A0', ' ')) {
    const face = CIRCLED.test(sign) ? undefined : faceOf(sign); // circled digits are drawn by hand
    if (CIRCLED.test(sign)) {
      put({ face: weight, shown: WANTING, actual: sign, circled: sign.normalize('NFKC') });
    } else if (face) {
      put({ face, shown: sign });
    } else {
      const plain = equivalents(sign).find((one) => faceOf(one) !== undefined);
      if (plain) put({ face: faceOf(plain) ?? weight, shown: plain, actual: sign });
      else if (/\p{M}/u.test(sign)) joined(runs, sign);
      else put({ face: weight, shown: WANTING, actual: sign });
    }
  }
  return runs;
}

/** Plain equivalents of a sign, the closest first: 1/3 for ⅓, 2 for ₂, e for é. */
function equivalents(sign: string): string[] {
  const plainly = (text: string) => Array.from(text, (one) => LIKE[one] ?? one).join('');
  const bare = sign.normalize('NFKD').replace(/[\p{M}\s]/gu, '');
  return [plainly(sign), plainly(sign.normalize('NFKC')), plainly(bare)].filter(Boolean);
}

/** Keeps a combining mark that no face has in the `actual` text of the sign before it; it is not drawn. */
function joined(runs: SignRun[], mark: string): void {
  const last = runs.pop();
  if (!last) return;
  const before = [...last.shown];
  const bearer = last.actual === undefined ? (before.pop() ?? '') : last.shown;
  if (last.actual === undefined && before.length > 0) runs.push({ ...last, shown: before.join('') });
  runs.push({ face: last.face, shown: bearer, actual: `${last.actual ?? bearer}${mark}` });
}
