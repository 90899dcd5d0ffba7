import type { Logger } from 'pino';
import { type BroadcastKinds, dueBroadcasts, tellNext } from './broadcast.ts';
import type { Ground } from './operation.ts';

/** Runs all broadcasts that are due: right after the click that starts one, when the bot starts, and on a timer. */
export function createBroadcaster({
  ground,
  kinds,
  log,
  rest = async () => {},
}: {
  /** `wakeOutbox` is called after each batch. */
  ground: Ground;
  kinds: BroadcastKinds;
  log: Pick<Logger, 'error'>;
  /** Resolves when no person waits for an answer, or has waited long enough: people come before messages. */
  rest?: () => Promise<void>;
}) {
  let again = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  /** A broadcast that fails does not stop the others; the next wake-up tries it again. */
  async function tell(key: string): Promise<void> {
    try {
      for (let more = true; more && !stopped; ) {
        await rest();
        if (stopped) return;
        more = await tellNext(ground, kinds, key);
        ground.wakeOutbox();
      }
    } catch (error) {
      log.error({ err: error, broadcast: key }, 'not everybody was told');
    }
  }

  async function run(): Promise<void> {
    while (again && !stopped) {
      again = false;
      for (const key of await dueBroadcasts(ground.db, ground.now())) await tell(key);
    }
  }

  function wake(): void {
    again = true;
    if (running || stopped) return;
    running = run()
      .catch((error: unknown) => log.error({ err: error }, 'broadcasts could not be read'))
      .finally(() => {
        running = null;
        if (again) wake();
      });
  }

  return {
    wake,
    async idle(): Promise<void> {
      while (running) await running;
    },
    start(everyMs = 5000): void {
      timer = setInterval(wake, everyMs);
      wake();
    },
    /** Waits for the current batch; the next start continues with the rest. */
    async stop(): Promise<void> {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
