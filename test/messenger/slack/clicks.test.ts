import type { App } from '@slack/bolt';
import { expect, it } from 'vitest';
import { Clicks } from '../../../src/messenger/slack/clicks.ts';

type Event = Parameters<App['processEvent']>[0];
const HOUR_MS = 3_600_000;

/** An app whose listeners answer a click when the test lets them. */
function pressed() {
  const answers: { end(): void; fail(): void }[] = [];
  const app: Pick<App, 'processEvent'> = {
    processEvent: () =>
      new Promise<void>((resolve, reject) => {
        answers.push({ end: resolve, fail: () => reject(new Error('a listener failed')) });
      }),
  };
  const clicks = new Clicks();
  clicks.countIn(app);
  const press = () => app.processEvent({} as Event);
  return { clicks, answers, press };
}

it('rests at once when nobody clicks', async () => {
  await new Clicks().rest(HOUR_MS);
});

it('rests after the last of several clicks, also one that fails', async () => {
  const { clicks, answers, press } = pressed();
  const works = [press(), press()];
  let rested = false;
  const rest = clicks.rest().then(() => {
    rested = true;
  });
  answers[0]?.end();
  await works[0];
  expect(rested).toBe(false);
  answers[1]?.fail();
  await expect(works[1]).rejects.toThrow('a listener failed');
  await rest;
  await clicks.rest(HOUR_MS); // and from then on
});

it('waits for a click that does not end only so long', async () => {
  const { clicks, press } = pressed();
  void press();
  await clicks.rest(1);
});
