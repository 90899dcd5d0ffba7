import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCompoundFile, openCompoundFile } from '../../src/messenger/cfb.ts';
import { runs } from '../runs.ts';
import { compoundFile, hwp5 } from './compound-file.ts';

const bytes = (length: number, seed: number) => Uint8Array.from({ length }, (_, n) => (n * 31 + seed) % 251);

describe('openCompoundFile', () => {
  it('lists names and reads small and large streams', () => {
    const small = bytes(200, 1);
    const large = bytes(9000, 2);
    const file = openCompoundFile(compoundFile({ Small: small, Large: large, Empty: new Uint8Array() }));
    expect(file?.names).toEqual(['Root Entry', 'Small', 'Large', 'Empty']);
    expect(file?.head('Small', 1000)).toEqual(small);
    expect(file?.head('Small', 70)).toEqual(small.subarray(0, 70));
    expect(file?.head('Large', 10_000)).toEqual(large);
    expect(file?.head('Large', 600)).toEqual(large.subarray(0, 600));
    expect(file?.head('Empty', 10)).toEqual(new Uint8Array());
    expect(file?.head('Missing', 10)).toBeNull();
    expect(file?.head('Root Entry', 10)).toBeNull();
  });

  it('knows what is not one', () => {
    expect(openCompoundFile(new Uint8Array())).toBeNull();
    expect(openCompoundFile(hwp5().subarray(0, 511))).toBeNull();
    expect(isCompoundFile(new TextEncoder().encode('PK'.repeat(300)))).toBe(false);
  });

  it('is not caught by a chain that turns in a circle', () => {
    const broken = Buffer.from(hwp5());
    const directory = broken.readUInt32LE(0x30);
    for (let sector = 0; sector < 128; sector += 1) broken.writeUInt32LE(directory, 512 + 4 * sector);
    const file = openCompoundFile(new Uint8Array(broken));
    expect(file?.names).toEqual(['Root Entry', 'FileHeader', 'DocInfo']);
    expect(file?.head('DocInfo', 5000)?.length).toBeLessThan(5000);
  });

  it('survives every cut and every changed byte', () => {
    const whole = hwp5();
    fc.assert(
      fc.property(fc.nat(whole.length), (length) => {
        openCompoundFile(whole.subarray(0, length))?.head('FileHeader', 40);
      }),
    );
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const changed = Uint8Array.from(whole);
        changed[at] = value;
        openCompoundFile(changed)?.head('FileHeader', 40);
      }),
      { numRuns: runs(100, 500) },
    );
  });
});
