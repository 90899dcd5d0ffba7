import type { WebClient } from '@slack/web-api';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BotParts } from '../../../src/app/frame.ts';
import { openOutgoing } from '../../../src/app/outgoing.ts';
import { submitFiling } from '../../../src/filing/submit.ts';
import type { OpenHomes } from '../../../src/home/open-homes.ts';
import { Clicks } from '../../../src/messenger/slack/clicks.ts';
import type { Clients } from '../../../src/messenger/slack/clients.ts';
import { holidayReader } from '../../../src/store/extra-holidays.ts';
import { applicationAnswers } from '../../answers.ts';
import { type FilingGround, setFilings } from '../../filing/filing-ground.ts';

/**
 * How many statements the bot sends to the database after a submission was acknowledged: for the officers' card, the
 * applicant's receipt, and all that they bring with them.
 */
let ground: FilingGround;
let outgoing: ReturnType<typeof openOutgoing>;
const sent: string[] = [];
const posted: string[] = [];

/** How Prisma writes the statement of a model's call, which costs several times the CPU of one by hand. */
const MODEL = /"public"\."|AS "t0"/;

/** Slack, as far as a message needs it. */
const client = {
  conversations: { open: async ({ users }: { users: string }) => ({ channel: { id: `D${users}` } }) },
  chat: {
    postMessage: async ({ channel, text }: { channel: string; text: string }) => {
      posted.push(`${channel} ${text}`);
      return { ts: `${posted.length}.000001` };
    },
  },
} as unknown as WebClient;

beforeAll(async () => {
  ground = await setFilings({ onStatement: (sql) => void sent.push(sql) });
  const [filings] = ground.engines;
  outgoing = openOutgoing({
    parts: { slack: { adminChannel: 'C0DESK00001' }, config: { databaseUrl: 'shared' } } as BotParts,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
    clients: { bulk: client } as Clients,
    filings,
    extraHolidays: holidayReader(filings.db, filings.now),
    table: [],
    openHomes: { deskChanged: () => undefined } as unknown as OpenHomes,
    clicks: new Clicks(),
  });
});
afterAll(async () => {
  await outgoing?.stop();
  await ground?.close();
});

async function follow(): Promise<string[]> {
  sent.length = 0;
  posted.length = 0;
  outgoing.wake();
  await outgoing.idle();
  if (process.env.SHOW_SQL) process.stdout.write(`\n${sent.join('\n')}\n`);
  return [...sent];
}

it('a card and a receipt', async () => {
  const [filings] = ground.engines;
  const submit = async () =>
    submitFiling(
      filings,
      { who: ground.kim, place: 'test' },
      await ground.draft(ground.kim, applicationAnswers),
      ground.today(),
    );
  await submit();
  await follow(); // the conversation with the applicant is known from now on
  await submit();
  const statements = await follow();
  expect(posted).toHaveLength(2);
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(13);
  expect(statements.filter((sql) => MODEL.test(sql))).toEqual([]);
});
