import { explain } from './trouble.ts';

/** It would start, and somebody would be sorry; the message says what and what to do. */
export class Risk extends Error {}

export interface Checks {
  /** One line: ✓ and what `look` gives, ⚠ and the Risk that it throws, or ✗ and what else it throws. */
  check(what: string, look: () => Promise<string> | string): Promise<void>;
  /** Whether a start would succeed, as far as was looked. */
  wouldStart(): boolean;
}

export function openChecks(out: (line: string) => void): Checks {
  let well = true;
  return {
    wouldStart: () => well,
    async check(what, look) {
      try {
        out(`✓ ${what}: ${await look()}`);
      } catch (error) {
        if (error instanceof Risk) {
          out(`⚠ ${what}: ${error.message}`);
          return;
        }
        well = false;
        out(`✗ ${what}: ${explain(error) ?? (error instanceof Error ? error.message : String(error))}`);
      }
    },
  };
}
