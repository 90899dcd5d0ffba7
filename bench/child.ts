import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { cpuMs } from './row.ts';

/** A measured process; it reports the CPU time that it has used, once it has no work left. */
export interface Measured {
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a measured process. @param file in this folder; it calls `serve` when it is ready */
export async function measured(file: string, settings: object): Promise<Measured> {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(settings)], {
    execArgv: ['--import', 'tsx', ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [])],
  });
  await said(child);
  return {
    cpuMs: async () => {
      child.send('cpu');
      return Number(await said(child));
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('stop');
      await ended;
    },
  };
}

/** Answers the requests of the parent, in the measured process. @param idle resolves when no work is left */
export function serve(idle: () => Promise<unknown>): void {
  process.on('message', async (asked) => {
    if (asked === 'stop') process.exit(0);
    await idle();
    process.send?.(cpuMs());
  });
  process.send?.('ready');
}

/** Waits for the next message of a process. @throws Error when it ends instead */
export function said(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a measured process ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });
}
