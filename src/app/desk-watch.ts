import type { Logger } from 'pino';
import type { OpenHomes } from '../home/open-homes.ts';
import type { Db } from '../store/store.ts';

/** The interval in ms. */
const OFTEN = 10_000;

interface DeskWatch {
  db: Db;
  log: Pick<Logger, 'warn'>;
  openHomes: OpenHomes;
  /** The officers' channel. */
  channel: string | null;
}

/** Where several processes share a database: redraws the homes that are open here after another one told the desk. */
export function watchDesk({ db, log, openHomes, channel }: DeskWatch) {
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    if (channel === null || openHomes.areNone) return;
    const last = await db.outbox.findFirst({
      where: { channel, sentAt: { not: null } },
      orderBy: { sentAt: 'desc' },
      select: { sentAt: true },
    });
    if (last?.sentAt) openHomes.deskToldAt(last.sentAt);
  }

  return {
    look,
    start: () => {
      timer = setInterval(() => {
        look().catch((error: unknown) => log.warn({ err: error }, 'the desk was not looked at'));
      }, OFTEN).unref();
    },
    stop: () => clearInterval(timer),
  };
}
