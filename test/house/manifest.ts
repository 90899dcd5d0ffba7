import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { SlackUse } from './slack-use.ts';

/** The parts of an app manifest that the code answers for. */
export interface Manifest {
  features: {
    app_home: Record<'home_tab_enabled' | 'messages_tab_enabled' | 'messages_tab_read_only_enabled', boolean>;
    bot_user: { display_name: string };
    shortcuts: { name: string; type: 'global' | 'message'; callback_id: string }[];
    slash_commands: { command: string; url?: string; usage_hint: string }[];
  };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { bot_events: string[]; request_url?: string };
    interactivity: { is_enabled: boolean; request_url?: string; message_menu_options_url?: string };
    socket_mode_enabled: boolean;
  };
}

const root = join(import.meta.dirname, '../..');
const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

export function readManifest(name: string): Manifest {
  return readJson(`manifests/${name}`);
}

let schema: ValidateFunction | undefined;

/** What Slack's own schema says against it. */
export function schemaFaults(manifest: unknown): string[] {
  schema ??= new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    readJson('test/samples/manifest/manifest.schema.2.0.0.json'),
  );
  if (schema(manifest)) return [];
  return (schema.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

/** Slack's own table; a bot needs one scope of the list. */
const methodScopes: Record<string, string[]> = readJson('test/samples/manifest/method-scopes.json');

/** Where a method serves several kinds of conversation: the bot's are direct messages and a private officers' channel. */
const CHOSEN: Record<string, string[]> = {
  'conversations.open': ['im:write'],
  'conversations.history': ['im:history', 'groups:history'],
  'conversations.replies': ['im:history', 'groups:history'],
  'conversations.info': ['groups:read'],
};

/** The scopes that the code needs, each with what needs it. */
export function neededScopes(use: SlackUse): Map<string, string[]> {
  const needed = new Map<string, string[]>();
  const need = (scope: string, because: string) => needed.set(scope, [...(needed.get(scope) ?? []), because]);
  for (const method of use.methods) {
    const allowed = methodScopes[method];
    if (!allowed) throw new Error(`${method} is not in method-scopes.json`);
    const chosen = allowed.length > 1 ? CHOSEN[method] : allowed;
    if (!chosen?.every((scope) => allowed.includes(scope)))
      throw new Error(`${method}: choose among ${allowed.join(', ')}`);
    for (const scope of chosen) need(scope, method);
  }
  if (use.commands.length > 0) need('commands', 'slash commands');
  if (use.readsFiles) need('files:read', 'file_input');
  if (use.events.includes('app_mention')) need('app_mentions:read', 'app_mention');
  for (const event of use.events) if (event.startsWith('message.')) need(`${event.slice(8)}:history`, event);
  return needed;
}

/** Where the manifest grants more or less than the code uses. */
export function useFaults({ features, oauth_config, settings }: Manifest, use: SlackUse): string[] {
  const { interactivity, event_subscriptions } = settings;
  return [
    ...difference('scope', oauth_config.scopes.bot, [...neededScopes(use).keys()]),
    ...difference(
      'command',
      features.slash_commands.map(({ command }) => command),
      use.commands,
    ),
    ...difference(
      'shortcut',
      features.shortcuts.map(({ type, callback_id }) => `${type} ${callback_id}`),
      use.shortcuts,
    ),
    ...difference('event', event_subscriptions.bot_events, use.events),
    ...(features.app_home.home_tab_enabled === use.home ? [] : ['home tab']),
    ...(features.app_home.messages_tab_enabled && !features.app_home.messages_tab_read_only_enabled
      ? []
      : ['messages tab: people write to the bot and receive files there']),
    ...(interactivity.is_enabled === use.clicks ? [] : ['interactivity']),
  ];
}

function difference(what: string, given: string[], needed: string[]): string[] {
  return [
    ...needed.filter((one) => !given.includes(one)).map((one) => `${what} ${one} is missing`),
    ...given.filter((one) => !needed.includes(one)).map((one) => `${what} ${one} is used by nothing`),
  ];
}

/** Socket Mode takes no addresses; HTTP mode needs all of them, one and the same. */
export function addressFaults({ features, settings }: Manifest, use: SlackUse): string[] {
  const { interactivity, event_subscriptions, socket_mode_enabled } = settings;
  const addresses = [
    ...features.slash_commands.map(({ url }) => url),
    event_subscriptions.request_url,
    interactivity.request_url,
    ...(use.suggests ? [interactivity.message_menu_options_url] : []),
  ];
  if (socket_mode_enabled)
    return addresses.some((url) => url !== undefined) ? ['address in Socket Mode'] : [];
  const [first] = addresses;
  return addresses.every((url) => url === first && url?.endsWith('/slack/events'))
    ? []
    : ['addresses are missing or differ'];
}
