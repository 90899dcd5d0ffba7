/** Slash commands in what a person types into the message box. Pure. */

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
