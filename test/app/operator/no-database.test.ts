import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../src/app/config.ts';
import { commands, isCommandName } from '../../../src/app/operator/commands.ts';
import { refuseLostDatabase } from '../../../src/app/operator/open-database.ts';
import { runCommand } from '../../../src/app/operator/run.ts';
import { start } from '../../../src/app/operator/start.ts';

const others = Object.keys(commands)
  .filter(isCommandName)
  .filter((name) => name !== 'migrate' && name !== 'check');

test('on a folder without a database every command says so, and makes none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bogeup-none-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const terminal = { now: () => new Date(), out: () => undefined, name: 'kim' };
  for (const dataDir of [folder, join(folder, 'mistyped')])
    for (const name of others)
      await expect(runCommand(readConfig({ DATA_DIR: dataDir }), name, {}, terminal), name).rejects.toThrow(
        `There is no database in ${dataDir}. Name the right folder`,
      );
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(join(folder, 'mistyped'))).toBe(false);
});

const real = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  ADMIN_CHANNEL: 'C0123ABCD',
  OFFICERS: 'U0123ABCD',
};

test.each(['keys', 'audit-checkpoints.jsonl'])(
  'where %s tells of a bot, a start with real Slack makes no empty database',
  async (left) => {
    const folder = mkdtempSync(join(tmpdir(), 'bogeup-lost-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, left));
    const config = readConfig({ ...real, DATA_DIR: folder });
    const surroundings = { now: () => new Date(), out: () => undefined };
    await expect(start(config, surroundings)).rejects.toThrow(
      `There is no database (embedded, in ${folder}), but a bot has worked with this DATA_DIR: ${left} are in it.`,
    );
    expect(readdirSync(folder)).toEqual([left]);
    await expect(refuseLostDatabase(readConfig({ DATA_DIR: folder }))).resolves.toBeUndefined(); // for trying out
    expect(await runCommand(config, 'migrate', {}, { ...surroundings, name: 'kim' })).toBe(0);
    await expect(refuseLostDatabase(config)).resolves.toBeUndefined();
  },
);
