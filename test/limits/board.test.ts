import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeForm, publishedForm } from '../../src/features/board/notices/form.ts';
import {
  noticeBlocks,
  noticesView,
  noticeView,
  versionsView,
} from '../../src/features/board/notices/views.ts';
import {
  answerForm,
  followUpForm,
  handOnForm,
  questionForm,
} from '../../src/features/board/questions/form.ts';
import { mineView, queueView } from '../../src/features/board/questions/lists.ts';
import { conversationView } from '../../src/features/board/questions/views.ts';
import { resourceForm } from '../../src/features/board/resources/form.ts';
import { resourcesView, resourceView } from '../../src/features/board/resources/views.ts';
import type { Fields, Form } from '../../src/messenger/forms/form.ts';
import { formWindow } from '../../src/messenger/forms/form-window.ts';
import { read } from '../../src/store/ask.ts';
import { fullest, onEveryField } from './fill.ts';
import { messageFaults, viewFaults } from './hold.ts';
import { LONG_NAME, makeNotice, makeQuestion, makeResource, makeWorld, type World } from './world.ts';

/** The windows of the board, with the most that they can be told to show. */
const TODAY = '2026-11-23';
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
  const officers = systems.map(({ id, name }) => ({ value: id, label: name }));
  for (const form of [questionForm([]), followUpForm, answerForm, handOnForm(officers)])
    expect(faultsOfForm<Fields>(form)).toEqual([]);
});

test('a hundred questions, each with the longest texts', async () => {
  const { db, official, officer } = world;
  const ids: string[] = [];
  for (const state of ['OPEN', 'ANSWERED', 'CLOSED'] as const)
    for (let n = 0; n < 33; n++) ids.push((await makeQuestion(world, state)).id);
  for (const who of [official, officer])
    for (const id of [ids[0], ids[40], ids[80]])
      expect(viewFaults(await conversationView(db, who, id ?? '', TODAY))).toEqual([]);
  expect(viewFaults(await mineView(db, official))).toEqual([]);
  expect(viewFaults(await queueView(db, officer, TODAY))).toEqual([]);
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
  const view = await conversationView(db, official, question.id, TODAY);
  expect(viewFaults(view)).toEqual([]);
  expect(JSON.stringify(view)).toContain('모두 204건');
});

test('notices and the library: their forms, their lists, one of each', async () => {
  const { db, official, officer, filings } = world;
  for (const form of [noticeForm, publishedForm, resourceForm])
    expect(faultsOfForm<Fields>(form)).toEqual([]);
  for (let n = 0; n < 30; n++) {
    await makeNotice(world);
    await makeResource(world);
  }
  const notice = await makeNotice(world);
  const resource = await makeResource(world);
  const sought = { words: '나'.repeat(100), category: 'FAQ' };
  for (const who of [official, officer]) {
    const blocks = await read(db, noticeBlocks(who, filings.now()));
    expect(messageFaults({ text: 'home', blocks })).toEqual([]);
    for (const page of [0, 1, 99]) {
      expect(viewFaults(await noticesView(db, who, filings.now(), page))).toEqual([]);
      expect(viewFaults(await resourcesView(db, who, { ...sought, page }))).toEqual([]);
    }
    expect(viewFaults(await noticeView(db, who, filings.now(), notice))).toEqual([]);
    expect(viewFaults(await resourceView(db, who, resource.id))).toEqual([]);
  }
  expect(viewFaults(await versionsView(db, notice.id))).toEqual([]);
});

test('what is looked for travels with the window, whatever it is', async () => {
  const { db, official } = world;
  for (const words of ['"', '\\', '\n', '가', '😀'].map((sign) => sign.repeat(3000)))
    expect(viewFaults(await resourcesView(db, official, { words, category: words }))).toEqual([]);
});
