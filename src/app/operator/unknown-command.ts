import type { Command } from 'commander';
import { closest } from '../setting-names.ts';

/**
 * The error for a command that does not exist, with the most similar one that does. Without this check a mistyped
 * command would be reported as an argument too many of `start`, which runs when no command is given.
 */
export function unknownCommand(program: Command, words: readonly string[], of = program): string | null {
  const [typed, ...rest] = words;
  const names = of.commands.map((one) => one.name());
  if (typed === undefined || names.length === 0 || typed === 'help') return null;
  const found = of.commands.find((one) => one.name() === typed);
  if (found) return unknownCommand(program, rest, found);
  const meant = closest(typed, names);
  const before = of === program ? '' : `${of.name()} `;
  const hint = meant ? `Did you mean ${before}${meant}?` : `There are: ${names.join(', ')}.`;
  return `There is no command ${before}${typed}. ${hint} Run bogeup --help for all.`;
}
