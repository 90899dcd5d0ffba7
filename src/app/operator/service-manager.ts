import { spawn } from 'node:child_process';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

/**
 * Says READY now and WATCHDOG from then on; both come from this event loop, so one that stands still says nothing. Node
 * has no datagram sockets of Unix: systemd's own tool sends the word, which needs NotifyAccess=all in the unit.
 * @returns how to say that it stops
 */
export function tellServiceManager(
  { socket, watchdogMs }: NonNullable<Config['serviceManager']>,
  log: Pick<Logger, 'warn'>,
  tool = 'systemd-notify',
): () => void {
  const say = (word: string) => {
    const child = spawn(tool, [word], { env: { NOTIFY_SOCKET: socket, PATH }, stdio: 'ignore' });
    child.on('error', (error) => log.warn({ err: error }, 'the service manager could not be told'));
  };
  say('READY=1');
  const timer = watchdogMs === null ? undefined : setInterval(say, watchdogMs / 3, 'WATCHDOG=1').unref();
  return () => {
    clearInterval(timer);
    say('STOPPING=1');
  };
}
const PATH = '/usr/local/bin:/usr/bin:/bin';
