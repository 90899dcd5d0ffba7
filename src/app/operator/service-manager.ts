import { spawn } from 'node:child_process';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';

/**
 * Sends READY to systemd now, and WATCHDOG at intervals from then on. The timer runs in the event loop, so a blocked
 * bot sends nothing and is restarted. Node has no Unix datagram sockets, so systemd's own tool sends the messages,
 * which needs NotifyAccess=all in the unit.
 * @returns a function that reports that the bot stops
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
