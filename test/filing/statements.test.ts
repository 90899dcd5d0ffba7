import { afterAll, beforeAll, expect, it } from 'vitest';
import { decideFiling } from '../../src/filing/decide.ts';
import { registerDesk } from '../../src/filing/desk-slack.ts';
import { type Begin, registerWizard } from '../../src/filing/wizard-slack.ts';
import { homeView } from '../../src/home/home.ts';
import type { Click, OpenView, Outcome, Submission } from '../../src/messenger/click.ts';
import type { Messenger } from '../../src/messenger/messenger.ts';
import type { Subject } from '../../src/records/filings/subject.ts';
import { searchPeople } from '../../src/records/people/search-people.ts';
import { whoIs } from '../../src/records/people/who.ts';
import { searchSystems } from '../../src/records/systems/search-systems.ts';
import type { Known } from '../../src/store/known.ts';
import { applicationAnswers, reportAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

/**
 * How many statements each act sends to the database, from who acts to the answer: what a click costs, in a number that
 * is the same on every machine. What follows the answer (cards, messages, homes) is the sender's.
 */
let ground: FilingGround;
let desk: ReturnType<typeof listening>;
let wizard: ReturnType<typeof listening>;
let begin: Begin;
let draftId: string;
const sent: string[] = [];
const table: { act: string; statements: number; budget: number }[] = [];
const OFFICER = 'U0OFFICER00';
const KIM = 'U0KIM000001';

beforeAll(async () => {
  ground = await setFilings({ onStatement: (sql) => void sent.push(sql) });
  const [filings] = ground.engines;
  desk = listening((messenger) => registerDesk(messenger, { filings, refreshHome: () => {} }));
  wizard = listening((messenger) => {
    ({ begin } = registerWizard(messenger, {
      filings,
      files: { botToken: '', origins: new Set(), mustNotKeep: () => null },
      search: {} as never,
      remember: async () => undefined,
      refreshHome: () => undefined,
    }));
  });
});
afterAll(async () => {
  await ground?.close();
  for (const { act, statements, budget } of table)
    process.stdout.write(`${act.padEnd(34)} ${String(statements).padStart(3)}  of ${budget}\n`);
});

/** What a room listens to, called as the messenger calls it: who acts is read first. */
function listening(register: (messenger: Messenger) => unknown) {
  const clicks = new Map<string, (click: Click) => Promise<void>>();
  const submissions = new Map<string, (submission: Submission) => Promise<Outcome>>();
  const none = () => undefined;
  register({
    onAction: (id: string, handle: (click: Click) => Promise<void>) => void clicks.set(id, handle),
    onSubmit: (id: string, handle: (submission: Submission) => Promise<Outcome>) =>
      void submissions.set(id, handle),
    onActionsUnder: none,
    onClosed: none,
    onOptions: none,
  } as unknown as Messenger);
  const who = () => whoIs(ground.store.db, KIM);
  return {
    submit: async (id: string, metadata: Record<string, string>) => {
      const view: OpenView = { id: 'V1', callbackId: id, metadata, values: {} };
      const outcome = await submissions.get(id)?.({ who: await who(), place: 'slack:modal', view });
      expect(outcome).toHaveProperty(id === 'form.submit' ? 'close' : 'update'); // the receipt is a message
      return JSON.stringify(outcome);
    },
    press: async (id: string, value: string) => {
      const shown: unknown[] = [];
      await clicks.get(id)?.({
        who: await whoIs(ground.store.db, OFFICER),
        place: 'slack:desk',
        value,
        actionId: id,
        view: null,
        message: null,
        show: async (view: unknown) => void shown.push(view),
        redraw: async (view: unknown) => void shown.push(view),
      } as unknown as Click);
      return JSON.stringify(shown);
    },
  };
}

const asWhom = (slackId: string, act: (who: Known) => Promise<unknown>) => async () =>
  act(await whoIs(ground.store.db, slackId));

/**
 * `byHand`: none of them is the client's own, which costs the bot's process three times the CPU of SQL by hand.
 * @returns what the act returns, after its statements were counted; those that begin and end a transaction are none
 */
async function within<T>(
  budget: number,
  act: string,
  run: () => Promise<T>,
  { byHand = false } = {},
): Promise<T> {
  sent.length = 0;
  const value = await run();
  const statements = sent.filter((sql) => !/^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)/i.test(sql));
  table.push({ act, statements: statements.length, budget });
  if (process.env.SHOW_SQL) process.stdout.write(`\n== ${act}\n${statements.join('\n')}\n`);
  expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(budget);
  if (byHand) expect(statements.filter((sql) => sql.includes('"public"."'))).toEqual([]);
  return value;
}

it('a step of a form', async () => {
  draftId = await ground.draft(ground.kim, applicationAnswers);
  for (const step of ['2', '6'])
    await within(4, `a step of a form (${Number(step) + 1})`, () =>
      wizard.submit('form.step', { draft: draftId, step }),
    );
});

/** The checks are part of a submission: what they point out is counted for the queue. */
it('a submission, and an approval with a licence', async () => {
  const { kim, store } = ground;
  const submit = (draft: string) => () => wizard.submit('form.submit', { draft });
  await within(7, 'submission of an application', submit(draftId), { byHand: true });
  const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
  const approve = (id: string) => () => desk.press('filing.approve', `${id}:1`);
  await within(18, 'approval with a licence', approve(filing.id), { byHand: true });
  expect(await store.db.licence.count()).toBe(1);
  const subject = `system:${filing.systemId}` as const;
  const reportId = await ground.draft(kim, reportAnswers, { procedure: 'resultReport', subject });
  await within(9, 'submission of a report', submit(reportId), { byHand: true });
  const report = await store.db.filing.findFirstOrThrow({ where: { procedure: 'resultReport' } });
  await within(20, 'approval of a report, with a licence', approve(report.id), { byHand: true });
  expect(await store.db.licence.count()).toBe(2);
});

it('a home', async () => {
  const [filings] = ground.engines;
  await ground.submitted(ground.kim);
  await within(
    3,
    'home of an official',
    asWhom(KIM, (who) => homeView(filings, who)),
  );
  await within(
    3,
    'home of an officer',
    asWhom(OFFICER, (who) => homeView(filings, who)),
  );
});

it('a type-ahead', async () => {
  const { db } = ground.store;
  await within(
    2,
    'type-ahead of people',
    asWhom(KIM, (who) => searchPeople(db, who, '이정')),
  );
  await within(
    2,
    'type-ahead of systems',
    asWhom(KIM, (who) => searchSystems(db, who, '민원')),
  );
});

it('a form that is begun', async () => {
  const { kim, officers, engines, store } = ground;
  const [officer] = officers;
  if (!officer) throw new Error('no officer');
  const { id: filingId, systemId } = await ground.submitted(kim);
  await decideFiling(engines[0], { who: officer, place: 'test' }, { verb: 'filing.approve', filingId });
  const shown: unknown[] = [];
  const show = async (view: unknown) => void shown.push(view);
  const opened = (procedure: string, subject: Subject) =>
    asWhom(KIM, (who) => begin({ who, show } as unknown as Click, procedure, subject));
  await within(3, 'an application is begun', opened('application', ''), { byHand: true });
  await within(6, 'a report is begun', opened('resultReport', `system:${systemId}`), { byHand: true });
  expect(shown).toHaveLength(2);
  const drafts = await store.db.draft.findMany({ orderBy: { procedure: 'asc' } });
  expect(drafts.map(({ answers }) => answers)).toMatchObject([
    { startedFrom: applicationAnswers.systemName },
    { moduleVersion: '1.10.0' },
  ]);
});
