import { type Source, withoutComments } from './sources.ts';

/** What the bot's code asks of Slack, read from the source: an app manifest must grant this and no more. */
export interface SlackUse {
  /** Web API methods: `chat.postMessage`. */
  methods: string[];
  /** `/bogeup`. */
  commands: string[];
  /** `global begin.application`: its kind and callback id. */
  shortcuts: string[];
  /** As a manifest names them: `app_home_opened`, `message.im`. */
  events: string[];
  /** Whether a form asks for files: fetching them needs a scope though no method is called. */
  readsFiles: boolean;
  clicks: boolean;
  suggests: boolean;
  home: boolean;
}

const FAMILIES =
  'api|apps|auth|blocks|bookmarks|bots|canvases|chat|conversations|emoji|files|lists|oauth|pins|reactions|search|team|usergroups|users|views';
/** A channel_type and the event that brings such messages are not called the same. */
const SUBSCRIBED: Record<string, string> = { group: 'groups', channel: 'channels' };
/** `blocks.slice(…)` is no method of Slack's. */
const isOfArray = (method: string) => (method.split('.')[1] ?? '') in Array.prototype;
const METHOD = new RegExp(`\\.((?:${FAMILIES})(?:\\.[a-z]\\w*)+)\\(`, 'g');

export function slackUse(files: Source[]): SlackUse {
  const code = files.map(({ text }) => withoutComments(text)).join('\n');
  const found = (pattern: RegExp) => [...new Set(Array.from(code.matchAll(pattern), ([, one = '']) => one))];
  const methods = found(METHOD).filter((method) => !isOfArray(method));
  // Bolt's say() posts a message; filesUploadV2 is three methods in one.
  if (/\bsay\(/.test(code)) methods.push('chat.postMessage');
  if (/\bfilesUploadV2\(/.test(code))
    methods.push('files.getUploadURLExternal', 'files.completeUploadExternal');
  return {
    methods: [...new Set(methods)].sort(),
    commands: found(/\b(?:onCommand|app\.command)\(\s*([A-Z_]+|'\/[^']+')/g)
      .map((name) => (name.startsWith("'") ? name.slice(1, -1) : constant(code, name)))
      .sort(),
    shortcuts: [
      ...found(/\bonShortcut\(\s*'([^']+)'/g).map((id) => `global ${id}`),
      ...found(/\bonMessageShortcut\(\s*'([^']+)'/g).map((id) => `message ${id}`),
    ].sort(),
    events: [
      ...found(/\bapp\.event\(\s*'([^']+)'/g),
      ...(/\bapp\.message\(/.test(code)
        ? found(/channel_type !== '(\w+)'/g).map((kind) => `message.${SUBSCRIBED[kind] ?? kind}`)
        : []),
    ].sort(),
    readsFiles: /'file_input'/.test(code),
    clicks: /\bapp\.(action|view)\b/.test(code),
    suggests: /\bapp\.options\b/.test(code),
    home: methods.includes('views.publish'),
  };
}

function constant(code: string, name: string): string {
  const value = new RegExp(`\\bconst ${name} = '([^']+)'`).exec(code)?.[1];
  if (value === undefined) throw new Error(`no constant ${name}`);
  return value;
}
