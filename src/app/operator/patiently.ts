import { setTimeout as sleep } from 'node:timers/promises';
import { FolderInUse } from '../../store/process-lock.ts';

/** Tries again while the data folder is in use: a process that was just killed takes a moment to end. */
export async function patiently<T>(work: () => T | Promise<T>, forMs = 3000): Promise<T> {
  for (const since = Date.now(); ; await sleep(200)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() - since > forMs) throw error;
    }
  }
}
