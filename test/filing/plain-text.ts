type Json = Record<string, unknown>;

/** In front of whatever is planted, so that it is found again. */
export const TOKEN = 'ZQX';

/** Text that tries to be more than text. */
export const nasties = [
  '<!channel> 전체 공지',
  '<!here|여기> <!subteam^S123>',
  '<@U0OFFICER01> 승인 부탁',
  '<https://evil.example|승인하기>',
  '<!date^1^{date}|때>',
  '*굵게* _기울임_ ~취소~ `코드`',
  '```여러 줄\n```\n> 인용',
  '&lt;!channel&gt; &amp;amp;',
  ':white_check_mark: :승인:',
  '"); DROP TABLE "Filing"; --',
  '=HYPERLINK("http://evil.example")',
  '{"type":"mrkdwn","text":"x"}',
  '../../../etc/passwd',
  '\\"\\u0000\\',
  '{{7*7}} %s %n',
  '𝕳𝖊𝖑𝖑𝖔👩‍👩‍👧‍👦'.repeat(20),
  'ﷺ'.repeat(40),
  '가'.repeat(3000),
  'constructor',
  '__proto__',
];

const FORMATTED = new Set(['user', 'link', 'broadcast', 'channel', 'emoji', 'usergroup', 'date', 'markdown']);

/** Where planted text would be more than text: mrkdwn, emoji in plain text, elements that are drawn. */
export function formatted(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(formatted);
  if (!value || typeof value !== 'object') return [];
  const one = value as Json;
  const text = typeof one.text === 'string' ? one.text : '';
  const drawn = FORMATTED.has(String(one.type)) && JSON.stringify(one).includes(TOKEN);
  const parsed =
    text.includes(TOKEN) && (one.type === 'mrkdwn' || (one.type === 'plain_text' && one.emoji !== false));
  return [
    ...(drawn || parsed ? [`${one.type}: ${JSON.stringify(one).slice(0, 200)}`] : []),
    ...Object.values(one).flatMap(formatted),
  ];
}

/** The fallback of a message is parsed always: nothing in it may be a sign of mrkdwn. */
export function unescaped(text: string): string[] {
  const isEscaped = !/[<>]|&(?!amp;|lt;|gt;)/.test(text) && !/(?<!\u200b)[*_~`](?!\u200b)/.test(text);
  return isEscaped ? [] : [`fallback: ${text.slice(0, 200)}`];
}
