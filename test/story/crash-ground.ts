import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { allProcedures } from '../../src/app/procedures.ts';
import { seoulDay } from '../../src/core/calendar.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { whoIs } from '../../src/records/people/who.ts';
import type { Person, SeenMessage } from '../../src/sandbox/person.ts';
import { startWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { applicationAnswers } from '../answers.ts';
import { seed } from '../filing/filing-ground.ts';
import { createDatabase } from '../ground.ts';
import { type Front, standBefore } from '../messenger/front.ts';
import { unhurried } from '../unhurried.ts';
import type { CrashingBot } from './crashing-bot.ts';

/** A workspace that lives here, and a bot that is killed and started again over one database. */
export interface CrashGround {
  /** Where the embedded database is, and the keys. */
  dataDir: string;
  now(): Date;
  workspace: Workspace;
  front: Front;
  kim: Person;
  officer: Person;
  /** Starts the bot over what the last one left. `later`: so much time has gone by, in milliseconds. */
  start(later?: number): Promise<void>;
  /** SIGKILL; comes back when the process is gone. */
  kill(): Promise<void>;
  advance(ms: number): void;
  /** Stops the bot in an orderly way and looks into the database. */
  inspect<T>(look: (store: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export const DESK_CHANNEL = 'C0DESK00001';
const KIM = 'U0KIM000001';
const OFFICERS = ['U0OFFICER00', 'U0OFFICER01'];
const BOT = 'U0BOGEUPBOT';
const SCOPES = [
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:write',
  'im:history',
  'groups:history',
  'users:read',
];

export const crowdId = (n: number) => `U0CROWD${String(n).padStart(4, '0')}`;

/** `systems`: an application waits for a decision for each of these names. `crowd`: so many more accounts, crowdId(0) on. */
export async function setCrash(
  kind: 'embedded' | 'postgres',
  systems: string[],
  crowd = 0,
): Promise<CrashGround> {
  const began = Date.now();
  const startsAt = new Date('2026-11-23T01:00:00.000Z').getTime();
  let skipped = 0;
  const now = () => new Date(startsAt + Date.now() - began + skipped);
  const dataDir = mkdtempSync(join(tmpdir(), 'bogeup-crash-'));
  const template = inject('template');
  const database =
    kind === 'postgres' && template.kind === 'postgres' ? await createDatabase(template.name) : null;
  const where = database ? { databaseUrl: database.url } : { dataDir };

  const first = await openStore(where);
  await prepare(first, now, dataDir, systems);
  await first.close();

  const workspace = await startWorkspace({
    port: 0,
    ...unhurried,
    people: [
      { id: KIM, name: '김보람' },
      ...OFFICERS.map((id, index) => ({ id, name: `관리자 ${index + 1}` })),
      ...Array.from({ length: crowd }, (_, n) => ({ id: crowdId(n), name: `담당자${n}` })),
    ],
    channels: [{ id: DESK_CHANNEL, name: '표준api-관리', private: true, members: [...OFFICERS, BOT] }],
    bot: { name: '보급봇', userId: BOT, commands: [], scopes: SCOPES },
  });
  const front = await standBefore(workspace.apiUrl);
  let child: ChildProcess | null = null;

  async function ended(process: ChildProcess): Promise<void> {
    if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
    child = null;
  }

  const ground: CrashGround = {
    dataDir,
    now,
    workspace,
    front,
    kim: workspace.person(KIM),
    officer: workspace.person(OFFICERS[0] ?? ''),
    async start(later = 0) {
      skipped += later;
      const given: CrashingBot = {
        dataDir,
        databaseUrl: database?.url ?? null,
        startsAt: now().getTime(),
        logLevel: process.env.TEST_LOG ?? 'silent',
        slack: {
          mode: 'socket',
          botToken: workspace.botToken,
          appToken: workspace.appToken,
          apiUrl: front.apiUrl,
          adminChannel: DESK_CHANNEL,
          officers: OFFICERS,
        },
      };
      const script = join(import.meta.dirname, 'crashing-bot.ts');
      child = fork(script, [JSON.stringify(given)], { execArgv: ['--import', 'tsx'], silent: true });
      let heard = '';
      child.stderr?.on('data', (data) => {
        heard += String(data);
      });
      child.stdout?.resume();
      const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
      if (said !== 'ready') throw new Error(`the bot did not start (${said}): ${heard}`);
    },
    async kill() {
      if (!child) throw new Error('no bot to kill');
      child.kill('SIGKILL');
      await ended(child);
    },
    advance(ms) {
      skipped += ms;
      child?.send({ advance: ms });
    },
    async inspect(look) {
      if (child) {
        child.send('stop');
        await ended(child);
      }
      const store = await openStore(where);
      try {
        return await look(store);
      } finally {
        await store.close();
      }
    },
    async close() {
      child?.kill('SIGKILL');
      if (child) await ended(child);
      await front.close();
      await workspace.close();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return ground;
}

async function prepare(store: Store, now: () => Date, keys: string, systems: string[]): Promise<void> {
  const { db } = store;
  await seed(store, now(), OFFICERS.length);
  const signer = await makeLocalSigner(keys, now());
  const procedures = allProcedures({ signer, temporaryMonths: 2 });
  const filings = { db, now, procedures, wakeOutbox: () => undefined };
  const kim = await whoIs(db, KIM);
  for (const [index, systemName] of systems.entries()) {
    const { id } = await db.draft.create({
      data: {
        personId: kim.id,
        procedure: 'application',
        subject: `system:${index}`,
        answers: { ...applicationAnswers, systemName } as object,
        step: 0,
        updatedAt: now(),
      },
    });
    await submitFiling(filings, { who: kim, place: 'test' }, id, seoulDay(now()));
  }
}

/** All words of a message. */
export const words = (message: SeenMessage) => JSON.stringify(message.blocks ?? message.text);
