import type { Operator } from '../../../src/app/operator/command.ts';
import type { Store } from '../../../src/store/store.ts';
import { testClock } from '../../ground.ts';

/** An operator whose terminal is a list of lines. */
export function testOperator(store: Store, certificates: string[] = []): Operator & { lines: string[] } {
  const lines: string[] = [];
  return {
    store,
    lines,
    out: (line) => void lines.push(line),
    now: testClock().now,
    name: 'kim',
    signer: async () => {
      throw new Error('nothing is signed here');
    },
    trustedCertificates: async () => certificates,
  };
}

/** A file as the command line hands it over. */
export function given(content: string | Uint8Array, name = 'file.bin'): { name: string; base64: string } {
  return { name, base64: Buffer.from(content).toString('base64') };
}

/** A file that is handed over beside the arguments, and what the arguments say of it. */
export function handed<O extends Operator>(
  operator: O,
  content: string | Uint8Array,
  name = 'file.bin',
): { operator: O; file: { name: string; size: number } } {
  const bytes = Buffer.from(content);
  const attached = async function* () {
    for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000);
  };
  return { operator: { ...operator, attached }, file: { name, size: bytes.length } };
}
