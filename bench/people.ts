import { setTimeout as sleep } from 'node:timers/promises';
import { startWorkspace, type Workspace } from '../src/sandbox/workspace.ts';
import { fillApplication } from '../test/story/acts.ts';
import { type Measured, measured } from './child.ts';
import { type Act, type Hands, submittingBy } from './hands.ts';
import { type BenchRow, cpuMs } from './row.ts';
import { benchServer, onScratch } from './scratch.ts';
import { plainlyShown, type Shown, shownDuring } from './shown.ts';

interface Where {
  databaseUrl: string | null;
  processes: number;
  /** How long a person takes before each press. */
  pauseMs?: number;
  /** For the bare app. */
  shown?: Shown;
}

const DESK = 'C0DESK00001';
const BOT = 'U0BOGEUPBOT';
const OFFICER = 'U0OFFICER00';
const idOf = (index: number) => `U0BENCH${String(index).padStart(4, '0')}`;
/** People do not press in the same millisecond: they begin within this time, and then all work at once. */
const ARRIVAL_MS = 1000;
/** How many applications in a row are measured, after as many to warm up. */
const IN_A_ROW = 12;
/** After this time Slack gives a click up. */
const SLACK_WAITS_MS = 3000;
/** What a quick person takes to fill in a window; without it people press as fast as they are answered. */
const FILLING_MS = 5000;

const embedded: Where = { databaseUrl: null, processes: 1 };
const bare = (shown = plainlyShown(SUBMISSIONS)): Where => ({ ...embedded, shown });

/**
 * Measures the cost of a whole application: the CPU time of the bot's process, with cards and messages. There are two
 * baselines. One Bolt app acknowledges as many submissions with a window of one line. The other is used in the same way
 * as the bot: it shows the same home and the same windows, fetches the same files, and posts the same card and receipt.
 */
export async function benchCost(): Promise<{ rows: BenchRow[] }> {
  const { app: plain } = await withApp('bare-process.ts', 1, bare(), (bench) => cost(bench, submitBare));
  const shown = await withApp('bot-process.ts', 1, embedded, ({ workspace }) => {
    const [person, officer] = [workspace.person(idOf(0)), workspace.person(OFFICER)];
    return shownDuring({ person, officer, desk: DESK }, applyOnce);
  });
  const { app: same } = await withApp('bare-process.ts', 1, bare(shown), (bench) => cost(bench, applyOnce));
  const bot = async (name: string, where: Where): Promise<BenchRow[]> => {
    const { app, here } = await withApp('bot-process.ts', 1, where, (bench) => cost(bench, applyOnce));
    return [
      { name: `${name}: a whole application`, value: app, unit: 'ms CPU' },
      { name: '  to bare Bolt, as many submissions', value: app / plain, unit: 'times' },
      { name: '  to bare Bolt, the same application', value: app / same, unit: 'times' },
      { name: '  the workspace and its people, on the same cores', value: here, unit: 'ms CPU' },
    ];
  };
  const rows = [
    { name: 'bare Bolt: as many submissions', value: plain, unit: 'ms CPU' },
    { name: 'bare Bolt: the same application', value: same, unit: 'ms CPU' },
    ...(await bot('embedded', embedded)),
  ];
  if (!benchServer) return { rows };
  const served = await onScratch(benchServer, (databaseUrl) =>
    bot('PostgreSQL', { databaseUrl, processes: 1 }),
  );
  return { rows: [...rows, ...served] };
}

/** Measures N people at once: how long until a press of 다음 is acknowledged, and whole applications per second. */
export async function benchCrowd(): Promise<{ rows: BenchRow[] }> {
  const rows: BenchRow[] = [];
  const measure = async (name: string, where: Where, counts: number[]) => {
    const file = where.shown ? 'bare-process.ts' : 'bot-process.ts';
    const act = where.shown ? submitBare : applyOnce;
    const most = Math.max(...counts);
    const all = most + IN_A_ROW * where.processes;
    const found = await withApp(file, all, where, async (bench) => {
      // An app in use runs for days, and its code is compiled. People of their own: a draft of theirs is in nobody's way.
      for (let index = most; index < all; index++)
        await act(bench.workspace.person(idOf(index))).catch(() => undefined);
      return crowds(bench, counts, act, where.pauseMs);
    });
    rows.push(...found.map((row) => ({ ...row, name: `${name}: ${row.name}` })));
  };
  const onServer = async (name: string, where: Omit<Where, 'databaseUrl'>, counts: number[]) => {
    if (!benchServer) return;
    await onScratch(benchServer, (databaseUrl) => measure(name, { ...where, databaseUrl }, counts));
  };
  await measure('bare Bolt', bare(), [20, 50]);
  await measure('embedded', embedded, [1, 20, 50]);
  await onServer('PostgreSQL', { processes: 1 }, [1, 20, 50]);
  await onServer('PostgreSQL, two processes', { processes: 2 }, [200]);
  await onServer('the same, 5 s a window', { processes: 2, pauseMs: FILLING_MS }, [200]);
  return { rows };
}

interface Bench {
  workspace: Workspace;
  processes: readonly Measured[];
}

/** What an application costs the app, and what it costs this process. */
async function cost({ workspace, processes }: Bench, act: Act): Promise<{ app: number; here: number }> {
  const used = async () => {
    const each = await Promise.all(processes.map((one) => one.cpuMs()));
    return each.reduce((sum, value) => sum + value, 0);
  };
  for (let count = 0; count < IN_A_ROW; count++) await act(workspace.person(idOf(0)));
  const before = { app: await used(), here: cpuMs() };
  for (let count = 0; count < IN_A_ROW; count++) await act(workspace.person(idOf(0)));
  const here = cpuMs() - before.here;
  return { app: ((await used()) - before.app) / IN_A_ROW, here: here / IN_A_ROW };
}

async function crowds(
  { workspace, processes }: Bench,
  counts: number[],
  act: Act,
  pauseMs = 0,
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const arrivalMs = Math.max(ARRIVAL_MS, SUBMISSIONS * pauseMs); // the last ones come while the first ones still write
  for (const people of counts) {
    await Promise.all(processes.map((one) => one.cpuMs())); // until no work is left of those before
    const times: number[] = [];
    let unserved = 0;
    let waited = 0;
    const onWait = () => waited++;
    const start = performance.now();
    await Promise.all(
      Array.from({ length: people }, async (_, index) => {
        await sleep((arrivalMs * index) / people);
        await act(timed(workspace.person(idOf(index)), { times, pauseMs, onWait })).catch(() => unserved++);
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    const late = times.filter((time) => time > SLACK_WAITS_MS).length;
    const whole = `${people} at once`;
    rows.push(
      { name: `${whole}, p50`, value: at(0.5), unit: 'ms' },
      { name: `${whole}, p99`, value: at(0.99), unit: 'ms' },
      { name: `${whole}, over 3 s`, value: late, unit: 'clicks' },
      { name: `${whole}, told to wait`, value: waited, unit: 'clicks' },
      { name: `${whole}, gave up`, value: unserved, unit: 'people' },
      { name: `${whole}, whole applications`, value: (people - unserved) / seconds, unit: '/s' },
    );
  }
  return rows;
}

interface Timing {
  times: number[];
  pauseMs: number;
  onWait: () => void;
}

/** The same person, with the time of every answer to a submission recorded, and a pause before it. */
function timed(person: Hands, { times, pauseMs, onWait }: Timing): Hands {
  const shown = async () => (await person.modal())?.callback_id;
  return submittingBy(person, async () => {
    await sleep(pauseMs);
    const start = performance.now();
    const outcome = await person.submit();
    times.push(performance.now() - start);
    if ((await shown()) !== 'waiting') return outcome;
    onWait();
    await person.waitFor(async () => (await shown()) !== 'waiting');
    return (await shown()) === 'note' ? 'closed' : 'updated'; // whoever is told to wait is shown the outcome later
  });
}

async function applyOnce(person: Hands): Promise<void> {
  await fillApplication(person, { overview: { 시스템명: `행정안전부 ${crypto.randomUUID()}` } });
  const outcome = await person.submit();
  if (outcome !== 'closed') throw new Error(`the application was not taken: ${outcome}`);
}

/** How many submissions a whole application has: eight steps and the summary. */
const SUBMISSIONS = 9;

async function submitBare(person: Hands): Promise<void> {
  await person.openHome();
  await person.press('열기', { in: 'home' });
  await person.waitFor(async () => (await person.modal()) !== null);
  for (let count = 0; count < SUBMISSIONS; count++) await person.submit();
}

/** Runs the apps in their own processes, as in real use; the people and the workspace are in this process. */
async function withApp<T>(
  file: string,
  people: number,
  { databaseUrl, shown, processes: count }: Where,
  run: (bench: Bench) => Promise<T>,
): Promise<T> {
  const workspace = await openWorkspace(people);
  const { botToken, appToken, apiUrl } = workspace;
  const connection = { mode: 'socket', botToken, appToken, apiUrl, adminChannel: DESK, officers: [] };
  const slackIds = Array.from({ length: people }, (_, index) => idOf(index));
  const processes: Measured[] = [];
  try {
    for (let index = 0; index < count; index++)
      processes.push(await measured(file, { connection, slackIds, databaseUrl, shown }));
    return await run({ workspace, processes });
  } finally {
    for (const one of processes) await one.stop();
    await workspace.close();
  }
}

function openWorkspace(people: number): Promise<Workspace> {
  return startWorkspace({
    port: 0,
    people: [
      { id: OFFICER, name: '담당자' },
      ...Array.from({ length: people }, (_, index) => ({ id: idOf(index), name: `사람${index}` })),
    ],
    channels: [{ id: DESK, name: 'desk', private: true, members: [BOT, OFFICER] }],
    bot: {
      name: '보급봇',
      userId: BOT,
      commands: [],
      scopes: [
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'im:write',
        'im:history',
        'groups:history',
        'users:read',
      ],
    },
  });
}
