/** What a person typed into the message box, as Slack would send it. Pure. */

/**
 * @param {string} text @param {{command: string}[]} commands
 * @returns {{command: string, text: string} | {unknown: string} | null} null: not a command
 */
export function asCommand(text, commands) {
  const match = /^(\/\S+)\s*([\s\S]*)$/.exec(text.trim());
  if (!match) return null;
  const known = commands.find(({ command }) => command === match[1]);
  return known ? { command: known.command, text: match[2] } : { unknown: match[1] };
}

/** The commands that the text may become. */
export function suggest(text, commands) {
  return /^\/\S*$/.test(text) ? commands.filter(({ command }) => command.startsWith(text)) : [];
}

/** Slack escapes the three characters of its markup in what people write, and turns @names into mentions. */
export function asMrkdwn(text, people) {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  // Longer names first: '@김철수민' must not become a mention of 김철수.
  return [...people]
    .sort((a, b) => b.name.length - a.name.length)
    .reduce((done, { id, name }) => done.replaceAll(`@${name}`, `<@${id}>`), escaped);
}
