import { explain } from './trouble.ts';

/** A problem that does not stop the bot but will cause trouble; the message says which, and what to do. */
export class Risk extends Error {}

export interface Checks {
  /** Prints one line: ✓ with the result of `look`, ⚠ when it throws a Risk, ✗ when it throws another error. */
  check(what: string, look: () => Promise<string> | string): Promise<void>;
  /** Whether a start would succeed, according to the checks so far. */
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
