import { afterEach, beforeEach, expect, test } from 'vitest';
import { settlePurpose } from '../../src/app/operator/purpose.ts';
import { explain } from '../../src/app/operator/trouble.ts';
import { OtherBot, settleBot } from '../../src/app/own-bot.ts';
import type { Store } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';
import { setStage } from '../story/stage.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const { now } = testClock();
const start = (team_id: string, bot_id: string, successor: string | null = null) =>
  settleBot(store.db, { team_id, bot_id }, successor);

test('the first start notes workspace and bot, and others are refused with what to do', async () => {
  await settlePurpose(store.db, false, now());
  await Promise.all([start('T1', 'B1'), start('T1', 'B1')]);
  await start('T1', 'B1');
  const other = start('T2', 'B2');
  await expect(other).rejects.toThrow(/belongs to the workspace T1, and the tokens are of T2\. .*DATA_DIR/);
  await expect(start('T2', 'B2', 'B2')).rejects.toThrow(OtherBot); // its people are not those of the database
  await expect(start('T1', 'B2')).rejects.toThrow(/the tokens are of the bot B2\. .*SLACK_BOT_ID=B2\.$/);
  expect(explain(await other.catch((error: unknown) => error))).toContain('This database belongs');
  expect(await store.db.installation.findFirst()).toMatchObject({ teamId: 'T1', botId: 'B1' });
});

test('an app that was made anew takes over when the settings name its bot', async () => {
  await settlePurpose(store.db, false, now());
  await start('T1', 'B1');
  await expect(start('T1', 'B2', 'B3')).rejects.toThrow(OtherBot);
  await start('T1', 'B2', 'B2');
  await start('T1', 'B2');
  await expect(start('T1', 'B1')).rejects.toThrow(OtherBot);
});

test('a database for trying out belongs to no bot', async () => {
  await settlePurpose(store.db, true, now());
  await start('T1', 'B1');
  await start('T2', 'B2');
});

test('a start asks', async () => {
  const stage = await setStage();
  const { db } = stage.store;
  await stage.restartBot(() => settlePurpose(db, false, now()));
  expect(await db.installation.findFirst()).toMatchObject({ teamId: 'T0LOCAL0001', botId: 'B0LOCAL0001' });
  const changed = stage.restartBot(() => db.installation.updateMany({ data: { teamId: 'T0OTHER0001' } }));
  await expect(changed).rejects.toThrow(OtherBot);
  await stage.workspace.close();
  await stage.store.close();
});
