import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Waits some turns of the event loop before an act, as a real hand is slow: the answer to the person's last act may
 * still be on its way to the bot, which would take two presses at the same time for one double click.
 */
export async function slowerThanAnswers(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await nextTurn();
}
