import type { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { safeError } from '../../core/safe-error.ts';

interface Surroundings {
  log: Logger;
  /** Ends the process; the service manager starts it again. */
  end(): void;
}

/**
 * Handles errors that nobody caught. A rejected promise is logged under a number, and the bot goes on: the work is in
 * the database, or the person who asked for it will ask again. The bot ends when its state is in doubt: the embedded
 * database broke off in the middle of its work, or an exception left a library's code half done.
 * @param process Node's own, or a stand-in in a test. @returns a function that stops the watching
 */
export function watchStrayErrors(process: EventEmitter, { log, end }: Surroundings): () => void {
  const told = (error: unknown, msg: string) =>
    log.error({ err: safeError(error), incident: crypto.randomUUID().slice(0, 8) }, msg);
  const onRejection = (error: unknown) => {
    if (!isBroken(error)) return told(error, 'nobody awaited this; the bot goes on');
    told(error, 'the embedded database broke off; the bot ends');
    end();
  };
  const onException = (error: unknown) => {
    told(error, 'nobody caught this; the bot ends');
    end();
  };
  process.on('unhandledRejection', onRejection).on('uncaughtException', onException);
  return () => void process.off('unhandledRejection', onRejection).off('uncaughtException', onException);
}

/** Whether WebAssembly (the embedded database) has crashed: its memory may then be in any state. */
function isBroken(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}
