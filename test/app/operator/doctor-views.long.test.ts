import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as local from '../../../src/app/demo/local-workspace.ts';
import { doctor } from '../../../src/app/operator/doctor.ts';
import { openJudge } from '../../../src/app/operator/doctor-slack.ts';
import { judgeViews } from '../../../src/app/operator/doctor-views.ts';
import type { Drawn } from '../../../src/app/operator/drawn.ts';
import { section } from '../../../src/messenger/blocks.ts';
import { startWorkspace, type Workspace } from '../../../src/sandbox/workspace.ts';

/** The workspace stands for Slack: it answers `blocks.validate` as Slack's documents have it. */
let workspace: Workspace;
let folder = '';
const now = () => new Date('2026-11-25T05:00:00Z'); // Wednesday, 14:00
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bogeup-views-'));
  const { people, channels, bot } = local;
  workspace = await startWorkspace({
    port: 0,
    people,
    channels,
    bot: { ...bot, scopes: local.botScopes() },
  });
});
afterAll(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

async function look(env: NodeJS.ProcessEnv): Promise<{ code: number; line: string }> {
  const lines: string[] = [];
  const code = await doctor({
    env: { DATA_DIR: join(folder, 'data'), PORT: '0', ...env },
    given: {},
    nodeVersion: process.versions.node,
    now,
    out: (line) => lines.push(line),
    name: 'kim',
    views: true,
  });
  return { code, line: lines.find((line) => line.slice(2).startsWith('views: ')) ?? '' };
}

const slack = () => ({
  mode: 'socket' as const,
  botToken: workspace.botToken,
  appToken: workspace.appToken,
  apiUrl: workspace.apiUrl,
  adminChannel: null,
  questionsChannel: null,
  officers: [],
});

test('every window and message of the example office is judged, and taken', async () => {
  const { line } = await look({
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    ADMIN_CHANNEL: local.DESK_CHANNEL,
    OFFICERS: local.officerIds.join(','),
  });
  const [, count] = /^✓ views: Slack takes all (\d+) windows and messages/.exec(line) ?? [];
  expect(Number(count), line).toBeGreaterThan(500);
});

test('without Slack nobody judges', async () => {
  expect((await look({})).line).toMatch(/^⚠ views: .*set SLACK_BOT_TOKEN, or leave --views out/);
});

async function* planted(): AsyncGenerator<Drawn> {
  const text = { type: 'plain_text' as const, text: '제목' };
  yield { what: 'a good one', view: { type: 'modal', title: text, blocks: [section('글')] } };
  yield { what: 'a bad one', view: { type: 'modal', title: text, blocks: [] } };
  yield { what: 'a bad message', message: { text: '글', blocks: [{ type: 'dividor' } as never] } };
}

test('what Slack refuses is told with where and why', async () => {
  await expect(judgeViews(openJudge(slack()), planted())).rejects.toThrow(
    'Slack refuses 2 of 3. Please report it: a bad one: no less than 1 items allowed at /view/blocks; a bad message: unsupported type: dividor at /blocks/0/type',
  );
});

test('a limited rate is waited for, and a Slack that cannot judge is no fault of the views', async () => {
  const good = async function* () {
    for await (const one of planted()) if (one.what === 'a good one') yield one;
  };
  Object.assign(workspace.faults, {
    rateLimit: { method: 'blocks.validate', times: 1, retryAfterSeconds: 0 },
  });
  expect(await judgeViews(openJudge(slack()), good())).toContain('takes all 1');
  await expect(judgeViews(openJudge({ ...slack(), botToken: 'xoxb-wrong' }), good())).rejects.toThrow(
    'invalid_auth',
  );
});
