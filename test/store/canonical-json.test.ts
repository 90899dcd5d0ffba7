import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/store/canonical-json.ts';

function throws(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

describe('canonicalJson', () => {
  it('writes the example of RFC 8785 §3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code unit, as RFC 8785 §3.2.3 does', () => {
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect([...canonicalJson(keys).matchAll(/:(\d)/g)].map((m) => m[1]).join('')).toBe('2467153');
  });

  it('gives one text for one value, whatever the order of its keys', () => {
    const shuffled = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()).map((object) => {
      const entries = Object.entries(object);
      return [Object.fromEntries(entries), Object.fromEntries(entries.reverse())];
    });
    fc.assert(fc.property(shuffled, ([one, other]) => canonicalJson(one) === canonicalJson(other)));
  });

  it('keeps the value: parsing gives it back, and writing again gives the same text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it('writes each UTF-16 code unit as JSON.stringify does, and refuses half a pair', () => {
    const units = Array.from({ length: 0x10000 }, (_, unit) => `a${String.fromCharCode(unit)}`);
    const whole = units.filter((text) => text.isWellFormed());
    expect(whole).toHaveLength(0x10000 - 0x800);
    expect(canonicalJson(whole)).toBe(JSON.stringify(whole));
    expect(canonicalJson('\u{1f600}')).toBe('"\u{1f600}"');
    const accepted = units.filter((text) => !text.isWellFormed() && !throws(() => canonicalJson(text)));
    expect(accepted).toEqual([]);
  });

  it('does not normalise text: two spellings of one syllable stay apart', () => {
    expect(canonicalJson('가')).not.toBe(canonicalJson('가'.normalize('NFD')));
  });

  it.each([
    ['undefined in an object', { a: { b: undefined } }, '$.a.b'],
    ['a hole in an array', { list: new Array<number>(2) }, '$.list[0]'],
    ['NaN', [Number.NaN], '$[0]'],
    ['Infinity', Number.POSITIVE_INFINITY, '$'],
    ['a Date', { at: new Date(0) }, '$.at'],
    ['a Map', new Map(), '$'],
    ['a bigint', 1n, '$'],
    ['a lone surrogate', { a: '\ud800' }, '$.a'],
  ])('refuses %s and says where', (_name, value, path) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson(value)).toThrow(`canonical JSON: ${path} `);
  });

  it('refuses a value that contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(() => canonicalJson(loop)).toThrow('nested too deeply');
  });
});
