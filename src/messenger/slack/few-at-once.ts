import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** Runs a work when its turn comes, and gives its outcome. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Runs few works at once, the others in the order in which they came. If all clicks of a crowd were worked on at the same
 * time, all of them would be late, and Slack would give them up; so the first are answered first.
 * @param passedMs a work that takes longer holds nobody up, as it waits for Slack rather than computes: it is no longer
 *   counted
 */
export function fewAtOnce(count = 8, passedMs = 250): InTurn {
  const limit = pLimit(count);
  return (work) =>
    new Promise((resolve, reject) => {
      void limit(async () => {
        const done = work().then(resolve, reject);
        await Promise.race([done, sleep(passedMs, undefined, { ref: false })]);
      });
    });
}
