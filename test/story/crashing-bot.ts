/** The bot in a process of its own, for a test to kill. Says `ready`; takes `{advance: ms}` for its clock, and `stop`. */
import pino from 'pino';
import { createBot } from '../../src/app/app.ts';
import type { SlackConnection } from '../../src/app/config.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { openStore } from '../../src/store/store.ts';
import { NEVER } from '../unhurried.ts';

export interface CrashingBot {
  dataDir: string;
  databaseUrl: string | null;
  /** Milliseconds since 1970 at the start. */
  startsAt: number;
  slack: SlackConnection;
  logLevel: string;
}

const given = JSON.parse(process.argv[2] ?? '') as CrashingBot;
let offset = given.startsAt - Date.now();
const now = () => new Date(Date.now() + offset);
const { databaseUrl, dataDir } = given;
const store = await openStore(databaseUrl ? { databaseUrl } : { dataDir });
const bot = await createBot({
  store,
  config: { temporaryMonths: 2, databaseUrl },
  now,
  log: pino({ level: given.logLevel }),
  signer: await makeLocalSigner(dataDir, now()),
  slack: given.slack,
  patience: NEVER,
});
await bot.start();
process.on('message', async (message: { advance: number } | 'stop') => {
  if (message !== 'stop') {
    offset += message.advance;
    return;
  }
  await bot.stop();
  await store.close();
  process.exit(0);
});
process.send?.('ready');
