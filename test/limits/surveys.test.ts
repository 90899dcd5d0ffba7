import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASKED, askedNotice, mySystemsView } from '../../src/features/surveys/asked-view.ts';
import { boardView } from '../../src/features/surveys/board-view.ts';
import { byMailView, receiptWindow } from '../../src/features/surveys/by-mail-view.ts';
import { reassignForm, roundForm } from '../../src/features/surveys/forms.ts';
import { progressOf, systemsAskedOf } from '../../src/features/surveys/progress.ts';
import { withRegistered } from '../../src/features/surveys/registered.ts';
import {
  extendWindow,
  previewView,
  reassignWindow,
  roundWindow,
  travelled,
} from '../../src/features/surveys/round-view.ts';
import { formWindow } from '../../src/messenger/forms/form-window.ts';
import type { SurveyRound } from '../../src/store/client/client.ts';
import { fullest } from './fill.ts';
import { messageFaults, viewFaults } from './hold.ts';
import { makeRound, makeWorld, type World } from './world.ts';

/** Surveys, with 120 systems of one person and the longest words. */
let world: World;
let round: SurveyRound;
beforeAll(async () => {
  world = await makeWorld();
  round = await makeRound(world);
});
afterAll(() => world?.close());

test('windows of officers', async () => {
  const [answers = {}] = fullest(roundForm, 'stored');
  const [reassigned = {}] = fullest(reassignForm, 'stored');
  const many = 9_999_999;
  const preview = { systems: many, byMessenger: many, byMail: many, unreachable: many };
  const silent = (await systemsAskedOf(world.db, round, world.official.id)).map(({ systemId, name }) => ({
    systemId,
    name,
    agency: '가'.repeat(200),
    person: '가'.repeat(50),
  }));
  const entered = silent.flatMap((target) =>
    (['MAIL', 'LETTER', 'PHONE', 'PAPER'] as const).map((enteredAs) => ({
      ...target,
      enteredAs,
      answer: 'UNCHANGED' as const,
      answeredAt: new Date(0),
      received: enteredAs === 'MAIL' ? [{ sha256: 'a', name: '가'.repeat(200), size: 1, type: 'pdf' }] : [],
      filingId: enteredAs === 'PAPER' ? crypto.randomUUID() : null,
    })),
  );
  const lists = [
    { silent, entered: [], open: true },
    { silent: [], entered, open: true },
    { silent, entered, open: true },
    { silent: [], entered, open: false },
  ];
  const counted = await progressOf(world.db, round);
  const progress = { ...counted, entered: many, undocumented: many };
  const views = [
    formWindow(roundWindow, answers),
    formWindow(extendWindow(round.id), { closesOn: round.closesOn }),
    formWindow(reassignWindow(round.id), reassigned),
    ...['2026-12-01', '2099-12-25'].map((today) =>
      previewView(answers as Parameters<typeof previewView>[0], preview, {
        today,
        extraHolidays: new Set([String(answers.closesOn), String(answers.opensOn)]),
      }),
    ),
    ...(['PLANNED', 'OPEN', 'OVER'] as const).map((standing) => boardView(round, progress, standing)),
    ...lists.flatMap((list) => [0, 1, 99].map((page) => byMailView(round, list, page))),
    formWindow(
      receiptWindow(round, { id: crypto.randomUUID(), name: '가'.repeat(100) }, 99),
      { by: 'MAIL' },
      { by: '가'.repeat(300), received: '가'.repeat(300) },
    ),
  ];
  expect(views.flatMap(viewFaults)).toEqual([]);
});

test('the answers travel with the preview, whatever is typed, and come back as they were', () => {
  const preview = { systems: 1, byMessenger: 1, byMail: 1, unreachable: 1 };
  for (const sign of ['"', '\\', '\n', '가']) {
    const [answers = {}] = fullest(roundForm, 'stored');
    const text = { name: sign.repeat(60), basis: sign.repeat(300), message: sign.repeat(600) };
    const view = previewView({ ...answers, ...text } as Parameters<typeof previewView>[0], preview, {
      today: '2026-11-23',
      extraHolidays: new Set(),
    });
    expect(viewFaults(view)).toEqual([]);
    expect(travelled(JSON.parse(view.private_metadata ?? ''))).toEqual({ ...answers, ...text });
  }
});

test('what is asked of officials, on every page', async () => {
  const bare = await systemsAskedOf(world.db, round, world.official.id);
  const ips = Array.from({ length: 64 }, (_, n) => `10.255.255.${n}`);
  await world.db.system.updateMany({ data: { serverIps: ips } });
  const hosts = ips.map((ip) => ({ ip: [ip], host: 'h'.repeat(250), domain: `${'d'.repeat(250)}.go.kr` }));
  await world.db.licence.updateMany({ data: { payload: { hosts } } });
  const systems = await withRegistered(world.db, bare);
  expect(systems.length).toBeGreaterThan(100);
  const pages = [0, 1, 3, 6, 99].map((page) => mySystemsView(round, systems, page));
  expect([...pages, mySystemsView(null, [], 0)].flatMap(viewFaults)).toEqual([]);
  const answered = systems.map((system) => ({ ...system, answer: 'UNCHANGED' as const }));
  const notices = [systems, answered].map((shown) => askedNotice(round, shown, ASKED));
  expect(notices.flatMap(messageFaults)).toEqual([]);
});
