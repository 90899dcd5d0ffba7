/**
 * CP949, as Korean Excel writes CSV. Node's own `euc-kr` knows KS X 1001 alone and reads the other 8,822 syllables
 * (똠, 펲, …) as rubbish without an error. CP949 lays exactly those, in the order of Unicode, into the pairs that
 * KS X 1001 leaves free (Microsoft's Unified Hangul Code).
 * @throws TypeError when the bytes are not CP949
 */
export function decodeCp949(bytes: Uint8Array): string {
  const decoder = new TextDecoder('euc-kr', { fatal: true });
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const [lead = 0, trail = 0] = bytes.subarray(at, at + 2);
    if (lead < 0x81) {
      at += 1;
    } else if (lead > 0xa0 && trail > 0xa0) {
      at += 2;
    } else {
      const syllable = otherSyllables()[placeOf(lead, trail)];
      if (!syllable) throw new TypeError(`not CP949: byte ${at}`);
      text += decoder.decode(bytes.subarray(from, at)) + syllable;
      at += 2;
      from = at;
    }
  }
  return text + decoder.decode(bytes.subarray(from));
}

/** Rows 81–A0 hold 178 pairs each, the rows after them 84; a trail is a letter or from 81 up. -1 for none. */
function placeOf(lead: number, trail: number): number {
  const column = columnOf(trail);
  const row = lead - 0x81;
  if (column < 0) return -1;
  return row < 32 ? row * 178 + column : 32 * 178 + (row - 32) * 84 + column;
}

function columnOf(trail: number): number {
  if (trail >= 0x41 && trail <= 0x5a) return trail - 0x41;
  if (trail >= 0x61 && trail <= 0x7a) return trail - 0x61 + 26;
  return trail >= 0x81 && trail <= 0xfe ? trail - 0x81 + 52 : -1;
}

let others: string[] | undefined;

/** The syllables that KS X 1001 lacks, in the order of Unicode. */
function otherSyllables(): string[] {
  if (others) return others;
  const decoder = new TextDecoder('euc-kr');
  const known = new Set<string>();
  for (let lead = 0xb0; lead <= 0xc8; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) known.add(decoder.decode(Uint8Array.of(lead, trail)));
  others = Array.from({ length: 11_172 }, (_, n) => String.fromCharCode(0xac00 + n)).filter(
    (one) => !known.has(one),
  );
  return others;
}
