import type { Operator } from '../../src/operator/command.ts';
import type { Store } from '../../src/store/store.ts';
import { testClock } from '../ground.ts';

/** An operator whose terminal is a list of lines. */
export function testOperator(store: Store, certificates: string[] = []): Operator & { lines: string[] } {
  const lines: string[] = [];
  return {
    store,
    lines,
    out: (line) => void lines.push(line),
    now: testClock().now,
    name: 'kim',
    trustedCertificates: async () => certificates,
  };
}

/** A file as the command line hands it over. */
export function given(content: string | Uint8Array, name = 'file.bin'): { name: string; base64: string } {
  return { name, base64: Buffer.from(content).toString('base64') };
}
