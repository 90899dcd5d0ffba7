import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether this is the long suite. */
    thorough: boolean;
  }
}

/** How often a property is tried: few times in the gate, many in the long suite. */
export function runs(few: number, many: number): number {
  return inject('thorough') ? many : few;
}
