export interface Command {
  command: string;
}
export function asCommand(
  text: string,
  commands: Command[],
): { command: string; text: string } | { unknown: string } | null;
export function suggest<T extends Command>(text: string, commands: T[]): T[];
