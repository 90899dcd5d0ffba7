import { describe, expect, test } from 'vitest';
import { type HasGlyph, signRuns } from '../../../src/features/documents/signs.ts';

/** As far as these tests go: everyday signs in the one face, Hanja and units in the other. */
const has: HasGlyph = (face, sign) =>
  face === 'regular' ? /[ -~가-힣·]/.test(sign) : /[ -~가-힣\p{Script=Han}Ⅱ㈜㎡℃‧−⑩⑳α]/u.test(sign);
const shown = (text: string) => signRuns(text, 'regular', has);

describe('signs of a line by the face that has them', () => {
  test('ordinary text stays in one', () => {
    expect(shown('민원 시스템(신규) A-1')).toEqual([{ face: 'regular', shown: '민원 시스템(신규) A-1' }]);
  });

  test('Hanja, units and numbers are drawn as they are', () => {
    for (const sign of '金韓Ⅱ㈜㎡℃‧−⑩⑳α')
      expect(shown(`가${sign}`).at(-1)).toEqual({ face: 'regular.more', shown: sign });
  });

  test.each([
    ['∼', '~'],
    ['․', '·'],
    ['⅓', '1/3'],
    ['₂', '2'],
  ])('%s is drawn as %s, and read as it was typed', (sign, plain) => {
    expect(shown(sign)).toEqual([{ face: 'regular', shown: plain, actual: sign }]);
  });

  test('what nobody has is marked, and read as it was typed; a mark stands with its sign', () => {
    expect(shown('😀')).toEqual([{ face: 'regular', shown: '〓', actual: '😀' }]);
    expect(shown('가\u0f35')).toEqual([{ face: 'regular', shown: '가', actual: '가\u0f35' }]);
    expect(shown('\u0f35')).toEqual([]);
  });
});
