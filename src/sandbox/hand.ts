import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * A hand is slower than the answer to what it did before, which may still be on its way to the bot: some turns of the
 * event loop, in which whatever has arrived is read. The bot takes two presses at once for one.
 */
export async function slowerThanAnswers(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await nextTurn();
}
