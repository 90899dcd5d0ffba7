import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../src/app/config.ts';
import { commands, isCommandName } from '../../../src/app/operator/commands.ts';
import { runCommand } from '../../../src/app/operator/run.ts';

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
