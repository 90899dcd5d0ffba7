import { afterAll, beforeAll, expect, test } from 'vitest';
import { askedNotice, mySystemsView } from '../../src/features/surveys/asked-view.ts';
import { boardView } from '../../src/features/surveys/board-view.ts';
import { byMailView } from '../../src/features/surveys/by-mail-view.ts';
import { reassignForm, roundForm } from '../../src/features/surveys/forms.ts';
import { progressOf, systemsAskedOf } from '../../src/features/surveys/progress.ts';
import {
  extendWindow,
  previewView,
  reassignWindow,
  roundWindow,
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
  const views = [
    formWindow(roundWindow, answers),
    formWindow(extendWindow(round.id), { closesOn: round.closesOn }),
    formWindow(reassignWindow(round.id), reassigned),
    previewView(answers as Parameters<typeof previewView>[0], preview),
    boardView(round, await progressOf(world.db, round), true),
    ...[0, 1, 99].map((page) => byMailView(round, silent, page)),
  ];
  expect(views.flatMap(viewFaults)).toEqual([]);
});

test('what is asked of officials, on every page', async () => {
  const systems = await systemsAskedOf(world.db, round, world.official.id);
  expect(systems.length).toBeGreaterThan(100);
  const pages = [0, 1, 3, 6, 99].map((page) => mySystemsView(round, systems, page));
  expect([...pages, mySystemsView(null, [], 0)].flatMap(viewFaults)).toEqual([]);
  expect(messageFaults(askedNotice(round, systems, '이용현황조사에 응답해 주십시오'))).toEqual([]);
});
