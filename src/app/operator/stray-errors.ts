import type { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { safeError } from '../../core/safe-error.ts';

interface Surroundings {
  log: Logger;
  /** Ends the process; whoever keeps it starts it again. */
  end(): void;
}

/**
 * What nobody awaited is logged under a number, and the bot goes on: what it was about is in the database or was asked
 * by somebody who will ask again. It ends where its state is in doubt: the embedded database has broken off in the
 * middle of its work, or an exception has left a library's own code half done.
 * @param process node's own, or what stands for it in a test. @returns how to stop watching
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

/** WebAssembly that has trapped does not say in which state it left its memory. */
function isBroken(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}
