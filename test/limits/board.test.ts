import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerForm, followUpForm, handOnForm, questionForm } from '../../src/board/questions/form.ts';
import { conversationView, mineView, queueView } from '../../src/board/questions/views.ts';
import type { Fields, Form } from '../../src/filing/form.ts';
import { formWindow } from '../../src/messenger/form-window.ts';
import { fullest, onEveryField } from './fill.ts';
import { viewFaults } from './hold.ts';
import { LONG_NAME, makeQuestion, makeWorld, type World } from './world.ts';

/** The windows of the board, with the most that they can be told to show. */
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world?.close());

/** Filled to the brim, with something wrong at every field. */
function faultsOfForm<F extends Fields>(form: Form<F>): string[] {
  const window = { callbackId: 'test', title: '가'.repeat(30), submit: '가'.repeat(30), form };
  const [answers = {}] = fullest(form, 'typed');
  return viewFaults(formWindow(window, answers, onEveryField(form, 500)));
}

test('forms of Q&A', () => {
  const systems = Array.from({ length: 200 }, () => ({ id: crypto.randomUUID(), name: LONG_NAME }));
  expect(faultsOfForm(questionForm(systems))).toEqual([]);
  for (const form of [questionForm([]), followUpForm, answerForm, handOnForm])
    expect(faultsOfForm<Fields>(form)).toEqual([]);
});

test('a hundred questions, each with the longest texts', async () => {
  const { db, official, officer } = world;
  const ids: string[] = [];
  for (const state of ['OPEN', 'ANSWERED', 'CLOSED'] as const)
    for (let n = 0; n < 33; n++) ids.push((await makeQuestion(world, state)).id);
  for (const who of [official, officer])
    for (const id of [ids[0], ids[40], ids[80]])
      expect(viewFaults(await conversationView(db, who, id ?? ''))).toEqual([]);
  expect(viewFaults(await mineView(db, official))).toEqual([]);
  expect(viewFaults(await queueView(db, officer))).toEqual([]);
});

test('a conversation of two hundred contributions', async () => {
  const { db, official } = world;
  const question = await makeQuestion(world, 'OPEN');
  await db.questionEntry.createMany({
    data: Array.from({ length: 200 }, (_, index) => ({
      questionId: question.id,
      authorId: official.id,
      byOfficer: false,
      text: '가'.repeat(9000),
      writtenAt: new Date(1_000_000 + index),
    })),
  });
  const view = await conversationView(db, official, question.id);
  expect(viewFaults(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('모두 204건');
});
