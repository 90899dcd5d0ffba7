/** Switches that imitate network and server faults. */
export interface Faults {
  /** The next `times` calls (of one method, or of any) are answered 429. */
  rateLimit?: { method?: string; times: number; retryAfterSeconds: number };
  /** The next `times` calls are answered 503. */
  serverError?: { method?: string; times: number };
  /** The next `times` calls have no effect and no answer; the connection is cut after `ms`. */
  timeout?: { method?: string; times: number; ms: number };
  /** How long a completed upload waits before its message appears. */
  slowFileShareMs?: number;
  /** The next `times` calls of a method take effect, but the connection is cut before the answer. */
  dropAfterSend?: { method: string; times: number };
  /** Holds the bot to one message per second per channel, as Slack does. */
  enforceRates?: boolean;
  /** Closes all connections: `refresh` announces it first, as Slack does; `cut` does not. */
  disconnectSockets(how?: 'refresh' | 'cut'): void;
}

type Counted = 'rateLimit' | 'serverError' | 'timeout' | 'dropAfterSend';

/** Counts one use of a switch. @returns the switch, if it is on and applies to this method */
export function takeFault<K extends Counted>(faults: Faults, kind: K, method: string): Faults[K] | undefined {
  const fault = faults[kind];
  if (!fault || fault.times < 1) return undefined;
  if (fault.method !== undefined && fault.method !== method) return undefined;
  fault.times -= 1;
  if (fault.times === 0) delete faults[kind];
  return fault;
}
