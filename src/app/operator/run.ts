import { z } from 'zod';
import type { Pending, Store } from '../../store/store.ts';
import type { Config } from '../config.ts';
import type { Operator } from './command.ts';
import type { CommandName } from './commands.ts';
import { doorPath, knock, openDoor } from './door.ts';
import { patiently } from './patiently.ts';

// The database code is loaded only when this process opens the database: a running bot may carry out the command.

/** How long to wait while a starting bot, or another command, has the embedded database open. */
const PATIENCE_MS = 15_000;

type Terminal = Pick<Operator, 'now' | 'out' | 'name' | 'progress' | 'attached'>;

/**
 * Carries out a command: in the running bot, through its door, if it has the embedded database open; else here.
 * @returns the exit code. @throws what openDatabase throws
 */
export async function runCommand(
  config: Config,
  name: CommandName,
  args: unknown,
  terminal: Terminal,
): Promise<number> {
  const store = await openOrKnock(config, name, args, terminal);
  if (typeof store === 'number') return store;
  try {
    return await carryOut(config, store, name, args, terminal);
  } finally {
    await store.close();
  }
}

/** Only `migrate` changes the tables, or makes them in an empty database; a copy is made of what there is. */
const PENDING: Partial<Record<CommandName, Pending>> = { migrate: 'apply', 'backup.copy': 'leave' };

async function openOrKnock(
  config: Config,
  name: CommandName,
  args: unknown,
  { out, name: operator, attached }: Terminal,
): Promise<Store | number> {
  const how = { existing: name !== 'migrate', pending: PENDING[name] ?? 'refuse' };
  const open = async () => (await import('./open-database.ts')).openDatabase(config, how);
  if (config.databaseUrl) return open();
  const request = { command: name, args, name: operator };
  const door = doorPath(config.dataDir);
  return patiently(async () => (await knock(door, request, out, attached)) ?? open(), PATIENCE_MS);
}

/** Opens the operator's door, while this process has the embedded database open. @returns a function to close it */
export function openOperatorDoor(
  config: Config,
  store: Store,
  now: () => Date,
): Promise<() => Promise<void>> {
  return openDoor(doorPath(config.dataDir), async (asked, out, attached) => {
    const { isCommandName } = await import('./commands.ts');
    if (!isCommandName(asked.command)) {
      out(
        `The running bot does not know the command ${asked.command}. Restart it with the version installed.`,
      );
      return 1;
    }
    const settled = { ...store, migrated: [] }; // the migrations were applied by the start, not by this command
    return carryOut(config, settled, asked.command, asked.args, {
      now,
      out,
      name: asked.name,
      attached: () => attached,
    });
  });
}

async function carryOut(
  config: Config,
  store: Store,
  name: CommandName,
  args: unknown,
  terminal: Terminal,
): Promise<number> {
  const { commands } = await import('./commands.ts');
  const { openSigner, trustedCertificates } = await import('./signing.ts');
  const operator: Operator = {
    ...terminal,
    store,
    trustedCertificates: () => trustedCertificates(config),
    signer: () => openSigner(config, terminal.now()),
  };
  try {
    return await commands[name](operator, args);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    for (const { path, message } of error.issues) terminal.out(`${path.join('.')}: ${message}`);
    return 1;
  }
}
