import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

export type Weight = 'regular' | 'bold';
/** The everyday face, and one with Hanja, Greek and what else stands in Korean office text. */
export type Face = Weight | `${Weight}.more`;

/** In the everyday face the blank is the last glyph and empty; fontkit reads its box from behind the end. */
const BEHIND = Buffer.alloc(16);
const FILES: Readonly<Record<Face, string>> = {
  regular: '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
  bold: '@expo-google-fonts/nanum-gothic/700Bold/NanumGothic_700Bold.ttf',
  'regular.more': '@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf',
  'bold.more': '@expo-google-fonts/noto-sans-kr/700Bold/NotoSansKR_700Bold.ttf',
};
const read = new Map<Face, Buffer>();

/** The bytes of a face, read when it is needed first. */
export function faceBytes(face: Face): Buffer {
  const known = read.get(face);
  if (known) return known;
  const bytes = Buffer.concat([readFileSync(resolve(FILES[face])), BEHIND]);
  read.set(face, bytes);
  return bytes;
}

/** Adjacent signs in one face. `actual`: the text they stand for, where something else is drawn. */
export interface SignRun {
  face: Face;
  shown: string;
  actual?: string;
  /** Drawn in a circle as wide as `shown`: a blank form needs no second face for its ①…⑨. */
  circled?: string;
}

/** Whether a face has a glyph of its own for a sign. */
export type HasGlyph = (face: Face, sign: string) => boolean;

/** What no normal form leads to. */
const LIKE: Readonly<Record<string, string>> = {
  '\u2024': '·', // as 한글 writes it between words
  '\u223c': '~',
  '\u2044': '/',
  '\u02d0': ':',
  '\u0131': 'i',
};
/** The printers' mark for a sign that is wanting. */
const WANTING = '〓';
const CIRCLED = /[①-⑨]/;

/** A text of one line by the face that each sign is drawn in; what no face has is drawn as its plain equivalent. */
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
    const face = CIRCLED.test(sign) ? undefined : faceOf(sign); // the second face is not asked for what is drawn
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

/** ⅓ as 1/3, ₂ as 2, é as e: nearest first. */
function equivalents(sign: string): string[] {
  const plainly = (text: string) => Array.from(text, (one) => LIKE[one] ?? one).join('');
  const bare = sign.normalize('NFKD').replace(/[\p{M}\s]/gu, '');
  return [plainly(sign), plainly(sign.normalize('NFKC')), plainly(bare)].filter(Boolean);
}

/** A mark that no face has is not drawn, but stands with the sign before it. */
function joined(runs: SignRun[], mark: string): void {
  const last = runs.pop();
  if (!last) return;
  const before = [...last.shown];
  const bearer = last.actual === undefined ? (before.pop() ?? '') : last.shown;
  if (last.actual === undefined && before.length > 0) runs.push({ ...last, shown: before.join('') });
  runs.push({ face: last.face, shown: bearer, actual: `${last.actual ?? bearer}${mark}` });
}
