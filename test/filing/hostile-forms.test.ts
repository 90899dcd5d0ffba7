import type { HomeView, ModalView } from '@slack/types';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allNotices } from '../../src/app/notices.ts';
import { filingCard } from '../../src/filing/card.ts';
import { decisionView } from '../../src/filing/decision-view.ts';
import type { AnyProcedure } from '../../src/filing/procedure.ts';
import { reviewFiling } from '../../src/filing/review.ts';
import { type WizardOptions, wizardView } from '../../src/filing/wizard.ts';
import { filingDetail, systemDetail } from '../../src/home/detail.ts';
import { homeView } from '../../src/home/home.ts';
import type { StateValues } from '../../src/messenger/entered.ts';
import { applies, compareAnswers, parseAnswers } from '../../src/messenger/forms/answers.ts';
import type { Answers, Field, Form } from '../../src/messenger/forms/form.ts';
import { readState } from '../../src/messenger/forms/form-view.ts';
import type { Draft, Filing } from '../../src/store/client/client.ts';
import { operate } from '../../src/store/operation.ts';
import { DESK } from '../../src/store/outbox.ts';
import { fullest } from '../limits/fill.ts';
import { messageFaults, viewFaults } from '../limits/hold.ts';
import {
  AGENCY,
  fullAnswers,
  lives,
  makeFiling,
  makeLicence,
  makeWorld,
  type World,
} from '../limits/world.ts';
import { runs } from '../runs.ts';
import { formatted, nasties, TOKEN, unescaped } from './plain-text.ts';

/** Whatever is typed, or forged, at any field of any form: no view or message is refused for it, or formats it. */
let world: World;
let procedures: AnyProcedure[];
beforeAll(async () => {
  world = await makeWorld();
  procedures = [...world.filings.procedures.values()];
  const application = world.filings.procedures.get('application');
  if (!application) throw new Error('no application');
  const approved = { state: 'APPROVED', approvedRevision: 2 } as const; // what a report looks back at
  await makeFiling(world, application, approved, fullAnswers(world.filings, 'application'));
});
afterAll(() => world?.close());

const TODAY = '2026-11-23';
const hostile = fc
  .oneof(fc.constantFrom(...nasties), fc.string({ unit: 'binary', maxLength: 60 }))
  .map((nasty) => `${TOKEN}${nasty}`);
/** As the bot would have kept it: without what PostgreSQL cannot store. */
const kept = (text: string, max = 3000) => text.replaceAll('\0', '').slice(0, max).toWellFormed();
const draft: Draft = {
  id: crypto.randomUUID(),
  personId: crypto.randomUUID(),
  procedure: '',
  subject: '',
  answers: {},
  step: 0,
  updatedAt: new Date(0),
};

/** The state of a window in which this is the value of every field, whatever its element is. */
function stateOf(form: Form, typed: string): StateValues {
  const option = { value: typed, text: { type: 'plain_text', text: typed } };
  const value = ({ input }: Field) => {
    switch (input.kind) {
      case 'date':
        return { type: 'datepicker', selected_date: typed };
      case 'user':
        return { type: 'users_select', selected_user: typed };
      case 'choice':
      case 'search':
        return { type: 'static_select', selected_option: option };
      case 'choices':
        return { type: 'checkboxes', selected_options: [option, option] };
      default:
        return { type: 'plain_text_input', value: typed };
    }
  };
  const fields = Object.entries(form.fields).filter(([, { input }]) => input.kind !== 'file');
  return Object.fromEntries(
    fields.map(([name, field]) => [name, { 'form.value': value(field) }]),
  ) as unknown as StateValues;
}

/** What all its windows would keep of this state. */
const readSteps = (form: Form, values: StateValues): Answers =>
  Object.assign({}, ...form.steps.map((_, step) => readState(form, step, values).typed));

/** Faults of every step and of the summary. */
function formFaults(procedure: AnyProcedure, answers: Answers, more: Partial<WizardOptions>): string[] {
  const views = [...procedure.form.steps, 'summary'].map((_, step) =>
    wizardView(procedure, draft, step, { answers, nameOf: (code) => `${TOKEN}<!here>${code}`, ...more }),
  );
  return views.flatMap((view, step) =>
    [...viewFaults(view), ...formatted(view.blocks)].map((fault) => `${procedure.name} ${step}: ${fault}`),
  );
}

const everywhere = (form: Form, text: string) =>
  Object.fromEntries(Object.keys(form.fields).map((name) => [name, kept(text, 500)]));

describe('a draft', () => {
  test('with anything at every field is read, refused where it is wrong, and drawn as it was typed', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const procedure of procedures) {
          const typed = readSteps(procedure.form, stateOf(procedure.form, text));
          const all = fullest(procedure.form, 'stored').map((answers) => ({ ...answers, ...typed }));
          // Also with real choices, so that the fields which depend on them are asked.
          const chosen = fullest(procedure.form, 'stored').map((answers) => ({
            ...answers,
            ...Object.fromEntries(Object.entries(typed).filter(([name]) => isText(procedure.form, name))),
          }));
          for (const answers of [...all, ...chosen]) {
            const { errors } = parseAnswers(procedure.form, answers, { today: TODAY, channel: 'ONLINE' });
            for (const said of Object.values(errors)) expect(said).toMatch(/\S/);
            const remarks = everywhere(procedure.form, text);
            expect(formFaults(procedure, answers, { problems: errors, remarks, note: text })).toEqual([]);
          }
        }
      }),
      { numRuns: runs(8, 60) },
    );
  });

  test('with state that belongs to no form keeps nothing of it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (junk) => {
        for (const { form } of procedures) {
          const own = Object.fromEntries(
            Object.entries(junk).filter(([name]) => !Object.hasOwn(form.fields, name)),
          );
          expect(readSteps(form, own as StateValues)).toEqual({});
        }
      }),
      { numRuns: runs(15, 50) },
    );
  });
});

const isText = (form: Form, name: string) => form.fields[name]?.input.kind === 'text';

/** As a submitted form may keep it: the hostile text wherever the form takes it. */
function submitted(form: Form, text: string): Answers {
  const [answers = {}] = fullest(form, 'stored');
  const entries = Object.entries(answers).map(([name, value]) => {
    const field = form.fields[name];
    if (field?.input.kind === 'file')
      return [name, [{ sha256: '0', name: `${text}.pdf`, size: 1, type: 'pdf' }]];
    if (field?.input.kind !== 'text') return [name, value];
    const parsed = field.schema.safeParse(kept(text, field.input.max));
    return [name, parsed.success ? parsed.data : value];
  });
  return Object.fromEntries(entries) as Answers;
}

/** A filing of which everything that somebody wrote is hostile. */
async function file(procedure: AnyProcedure, life: (typeof lives)[number], text: string): Promise<Filing> {
  const { db, filings, officer } = world;
  const words = kept(text);
  const { id } = await makeFiling(world, procedure, life, submitted(procedure.form, words));
  await operate(filings, { actor: officer.id, place: 'test' }, async (op) => {
    op.audit({ action: 'filing.return', subject: `filing:${id}`, data: { reason: words } });
  });
  const remarks = everywhere(procedure.form, words);
  await db.revision.updateMany({ where: { filingId: id }, data: { remarks } });
  return db.filing.update({
    where: { id },
    data: { title: kept(text, 100), reason: kept(text, 500) },
  });
}

const faultsOfMessage = (message: { text: string; blocks: never[] } | null) =>
  message ? [...messageFaults(message), ...formatted(message.blocks), ...unescaped(message.text)] : [];

test('a filing: card, review, decision, details, homes and every notice', async () => {
  const { db, filings, officer, official, system } = world;
  const notices = allNotices(filings);
  /** A morning's message of one thing. */
  const reminded = async (notice: string, recipient: string, facts: Record<string, string | number>) => {
    const message = crypto.randomUUID();
    const thing = { subject: 'x', dueOn: TODAY, step: -1000, saidOn: TODAY, facts };
    await db.reminded.create({ data: { message, number: 0, key: message, notice, recipient, ...thing } });
    return [['reminders', { message, to: recipient }]] satisfies [string, Record<string, string | number>][];
  };
  let looked = 0;
  const look = (view: ModalView | HomeView | null) => {
    if (!view) throw new Error('a view was withheld');
    expect([...viewFaults(view), ...formatted(view.blocks)]).toEqual([]);
    if (JSON.stringify(view).includes(TOKEN)) looked++;
  };
  await fc.assert(
    fc.asyncProperty(hostile, fc.constantFrom(...lives), async (text, life) => {
      const words = kept(text);
      await db.agency.update({ where: { code: AGENCY }, data: { name: kept(words, 200) } });
      await db.system.update({ where: { id: system.id }, data: { name: kept(words, 100) } });
      await db.person.update({ where: { id: official.id }, data: { department: words, position: words } });
      for (const procedure of procedures) {
        const filing = await file(procedure, life, text);
        const { id, revision } = filing;
        const [answers = {}] = fullest(procedure.form, 'stored');
        const views = [
          await reviewFiling(filings, { who: officer, place: 'test' }, id, '감사·점검'),
          await filingDetail(filings, db, official, id),
          decisionView('filing.return', filing, procedure.form, answers, { chosen: Object.keys(answers) }),
        ];
        for (const view of views) look(view);
        const changes = compareAnswers(procedure.form, answers, submitted(procedure.form, words));
        expect(changes.every(({ name }) => applies(procedure.form, name, answers))).toBe(true);
        expect(faultsOfMessage((await filingCard(filings, db, id)) as never)).toEqual([]);
        const rows: [string, Record<string, string | number>][] = [
          ['filing.decided', { filingId: id, revision, verb: 'filing.return' }],
          ...(await reminded('filing.unanswered', DESK, { filingId: id, revision })),
          ...(await reminded('filing.unanswered', official.id, { filingId: id, revision })),
          ...(await reminded('filings.waiting', DESK, {})),
        ];
        const field = Object.entries(procedure.form.fields).find(([, { input }]) => input.kind === 'file');
        if (field && answers[field[0]])
          rows.push(['filing.attachment', { filingId: id, revision, field: field[0] }]);
        for (const [name, facts] of rows) {
          const render = notices[name];
          if (typeof render !== 'function') throw new Error(`no notice ${name}`);
          const message = await render(db, facts);
          expect(faultsOfMessage(message as never)).toEqual([]);
          if (JSON.stringify(message).includes(TOKEN)) looked++;
        }
      }
      // These show all filings at once.
      look(await systemDetail(filings, db, official, system.id));
      look(await homeView({ ...filings, db }, official));
      look(await homeView({ ...filings, db }, officer));
    }),
    { numRuns: runs(1, 6) },
  );
  expect(looked).toBeGreaterThan(runs(50, 100));
});

test('the desk’s word of who left, of what could not be delivered, and a licence', async () => {
  const { db, filings, official, system } = world;
  const application = procedures.find(({ name }) => name === 'application');
  if (!application) throw new Error('no application');
  const notices = allNotices(filings);
  for (const nasty of nasties) {
    const words = `${TOKEN}${nasty}`;
    const person = { deactivatedAt: new Date(0), name: words };
    await db.person.update({ where: { id: official.id }, data: person });
    await db.system.update({ where: { id: system.id }, data: { name: kept(words, 100) } });
    const filing = await file(application, { state: 'APPROVED', approvedRevision: 2 }, words);
    const licence = await makeLicence(db, filing, system.id);
    await db.moduleRelease.updateMany({ data: { name: words } });
    const times = { dueAt: new Date(0), createdAt: new Date(0) };
    const failed = await db.outbox.create({
      data: {
        key: crypto.randomUUID(),
        notice: 'x',
        recipient: DESK,
        facts: {},
        state: 'FAILED',
        error: words,
        ...times,
      },
    });
    const rows: [string, Record<string, string | number>][] = [
      ['person.left', { personId: official.id, roles: 1 }],
      ['outbox.failed', { outboxId: failed.id }],
      ['licence.delivery', { licenceId: licence.id }],
    ];
    for (const [name, facts] of rows) {
      const render = notices[name];
      if (typeof render !== 'function') throw new Error(`no notice ${name}`);
      const message = await render(db, facts);
      expect(JSON.stringify(message)).toContain(TOKEN);
      expect(faultsOfMessage(message as never), name).toEqual([]);
    }
  }
});

describe('the check notices', () => {
  const text = `${TOKEN}<!channel>`;
  test.each([
    ['mrkdwn', { type: 'section', text: { type: 'mrkdwn', text } }],
    ['emoji', { type: 'header', text: { type: 'plain_text', text, emoji: true } }],
    ['emoji by default', { type: 'header', text: { type: 'plain_text', text } }],
    ['a link', { type: 'rich_text_section', elements: [{ type: 'link', url: 'http://x', text }] }],
    ['markdown', { type: 'markdown', text }],
  ])('%s', (_what, block) => {
    expect(formatted([block])).not.toEqual([]);
  });
  test.each(['<!channel>', 'a & b', '*x*', '`x`', '~x~'])('a fallback with %s', (raw) => {
    expect(unescaped(raw)).not.toEqual([]);
  });
  test('but not what is plain', () => {
    expect(formatted([{ type: 'section', text: { type: 'plain_text', text, emoji: false } }])).toEqual([]);
    expect(formatted([{ type: 'rich_text_section', elements: [{ type: 'text', text }] }])).toEqual([]);
    expect(unescaped('a &amp; b &lt;!channel&gt; \u200b*\u200bx')).toEqual([]);
  });
});
