import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  addressFaults,
  type Manifest,
  neededScopes,
  readManifest,
  schemaFaults,
  useFaults,
} from './manifest.ts';
import { slackUse } from './slack-use.ts';
import { readSources, type Source } from './sources.ts';

const root = join(import.meta.dirname, '../..');
const bot = readSources('src').filter(({ path }) => !path.startsWith('src/sandbox/'));
const use = slackUse(bot);
const socket = readManifest('manifest.json');
const http = readManifest('manifest.http.json');

const changed = (change: (manifest: Manifest) => void, from = socket): Manifest => {
  const copy = structuredClone(from);
  change(copy);
  return copy;
};
const useWith = (path: string, text: string) => slackUse([...bot, { path, text } satisfies Source]);

test.each([
  ['manifest.json', socket],
  ['manifest.http.json', http],
])('%s: Slack takes it, and it grants what the code uses and no more', (_name, manifest) => {
  expect(schemaFaults(manifest)).toEqual([]);
  expect(useFaults(manifest, use)).toEqual([]);
  expect(addressFaults(manifest, use)).toEqual([]);
});

test('the two differ in how Slack reaches the bot only', () => {
  const without = changed((manifest) => {
    manifest.settings = { ...manifest.settings, socket_mode_enabled: true };
    for (const command of manifest.features.slash_commands) delete command.url;
    delete manifest.settings.event_subscriptions.request_url;
    delete manifest.settings.interactivity.request_url;
    delete manifest.settings.interactivity.message_menu_options_url;
  }, http);
  expect(without).toEqual(socket);
});

test('the Slack CLI is given the manifest of Socket Mode, and the icon is of a size that Slack takes', () => {
  const { hooks } = JSON.parse(readFileSync(join(root, '.slack/hooks.json'), 'utf8'));
  const [program = '', ...args] = String(hooks['get-manifest']).split(' ');
  expect(JSON.parse(execFileSync(program, args, { cwd: root, encoding: 'utf8' }))).toEqual(socket);
  const icon = readFileSync(join(root, 'manifests/icon.png'));
  for (const at of [16, 20]) {
    expect(icon.readUInt32BE(at)).toBeGreaterThanOrEqual(512);
    expect(icon.readUInt32BE(at)).toBeLessThanOrEqual(2000);
  }
});

test('the usage hint names the words that the command knows', () => {
  const [command] = socket.features.slash_commands;
  const source = bot.find(({ path }) => path === 'src/home/command-slack.ts')?.text ?? '';
  const known = new Set(Array.from(source.matchAll(/value === '([^']+)'/g), ([, word]) => word));
  expect(new Set(command?.usage_hint.match(/[가-힣]+/g))).toEqual(known);
});

test('what the code uses is found', () => {
  expect(use.methods).toEqual(
    expect.arrayContaining(['chat.postMessage', 'files.getUploadURLExternal', 'views.open', 'views.publish']),
  );
  expect(use).toMatchObject({ commands: ['/bogeup'], clicks: true, suggests: true, home: true });
  expect(neededScopes(use).get('files:write')).toContain('files.completeUploadExternal');
});

describe('a planted change is noticed', () => {
  test.each<[string, Manifest]>([
    ['a scope too many', changed(({ oauth_config }) => void oauth_config.scopes.bot.push('reactions:write'))],
    ['a scope too few', changed(({ oauth_config }) => void oauth_config.scopes.bot.shift())],
    ['no command', changed(({ features }) => void features.slash_commands.pop())],
    ['no shortcut', changed(({ features }) => void features.shortcuts.pop())],
    ['no event', changed(({ settings }) => void settings.event_subscriptions.bot_events.pop())],
    [
      'an event nobody hears',
      changed(({ settings }) => void settings.event_subscriptions.bot_events.push('reaction_added')),
    ],
    [
      'no home',
      changed(({ features }) => {
        features.app_home.home_tab_enabled = false;
      }),
    ],
    [
      'nobody can write',
      changed(({ features }) => {
        features.app_home.messages_tab_read_only_enabled = true;
      }),
    ],
    [
      'no buttons',
      changed(({ settings }) => {
        settings.interactivity.is_enabled = false;
      }),
    ],
  ])('in the manifest: %s', (_what, manifest) => {
    expect(useFaults(manifest, use)).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['a method', "await client.users.lookupByEmail({ email: '' });"],
    ['a command', "onCommand('/approve', async () => {});"],
    ['a shortcut', "onShortcut('begin.retirement', async () => {});"],
    ['an event', "app.event('reaction_added', async () => {});"],
  ])('in the code: %s', (_what, text) => {
    expect(useFaults(socket, useWith('src/home/new-slack.ts', text))).toHaveLength(1);
  });

  test('in the code: a method that Slack does not have, or whose scope is a choice not made', () => {
    expect(() => neededScopes(useWith('src/app/app.ts', 'client.chat.shout();'))).toThrow('chat.shout');
    expect(() => neededScopes(useWith('src/app/app.ts', 'client.conversations.members();'))).toThrow(
      'choose',
    );
  });

  test('a manifest that Slack would refuse', () => {
    const name = changed(({ features }) => {
      features.bot_user.display_name = '보'.repeat(81);
    });
    expect(schemaFaults(name)).toEqual([
      '/features/bot_user/display_name must NOT have more than 80 characters',
    ]);
    expect(schemaFaults({ ...socket, extra: 1 })).toEqual([' must NOT have additional properties']);
  });

  test('an address left out, or given where there is none', () => {
    const missing = changed(({ settings }) => delete settings.interactivity.message_menu_options_url, http);
    expect(addressFaults(missing, use)).toHaveLength(1);
    const given = changed(({ settings }) => {
      settings.event_subscriptions.request_url = 'https://bogeup.example.go.kr/slack/events';
    });
    expect(addressFaults(given, use)).toHaveLength(1);
  });
});
