import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import {
  carry,
  codeView,
  firstCodeView,
  recoveryView,
  stepUpView,
  whatWaits,
} from '../../src/filing/step-up-views.ts';
import { fitting, section } from '../../src/messenger/blocks.ts';
import { noteView, refusalView, troubleView, waitingView } from '../../src/messenger/refusal-view.ts';
import { publicAgencyGuidance } from '../../src/procedures/public-agency.ts';
import { challengeView, provenView } from '../../src/procedures/registration/challenge-view.ts';
import { refusalTexts } from '../../src/records/pki/refusals.ts';
import { importsOf, readSources } from '../house/sources.ts';
import { openedModal } from '../story/acts.ts';
import { type Stage, setStage } from '../story/stage.ts';
import { viewFaults } from './hold.ts';
import { makePerson, makeSystems, SHA } from './world.ts';

/** What the bot answers at once: refusals, notes, choices. */
const long = '나'.repeat(5000);

test.each([
  ['a refusal', refusalView(new Refusal(long, long))],
  ['a refusal with nothing to do', refusalView(new Refusal(long))],
  ['a note', noteView(long, Array(200).fill(long))],
  ['the guidance of a public agency', noteView(...guidance('가'.repeat(150)))],
  ['trouble', troubleView('12345678')],
  ['waiting', waitingView()],
])('%s', (_what, view) => {
  expect(viewFaults(view)).toEqual([]);
});

function guidance(agency: string): [string, string[]] {
  const { title, lines } = publicAgencyGuidance(agency);
  return [title, lines];
}

const challenge = {
  id: crypto.randomUUID(),
  personId: crypto.randomUUID(),
  text: `bogeup-challenge/1 ${'x'.repeat(300)}`,
  createdAt: new Date(0),
  expiresAt: new Date(0),
  usedAt: null,
};

test('the challenge of a certificate, with each refusal, and what it led to', () => {
  const asked = [undefined, ...Object.values(refusalTexts)].map((problem) =>
    challengeView(challenge, { localName: '가'.repeat(40), ...(problem ? { problem } : {}) }),
  );
  const person = { cn: `001${'가'.repeat(40)}001`, notAfter: new Date(0) };
  const led = (['letter', 'registered', 'kept', 'waiting'] as const).map((outcome) =>
    provenView({ ok: true, outcome, person } as Parameters<typeof provenView>[0], '가'.repeat(150)),
  );
  expect([...asked, ...led].flatMap(viewFaults)).toEqual([]);
});

/** Drawn where they are used: looked at by pressing the button, here and in the stories. */
const PRESSED = [
  'src/home/system-works.ts',
  'src/home/begin-slack.ts',
  'src/features/systems/server-certificate-slack.ts',
];

test('every file that makes a modal is looked at by a test of this folder', () => {
  const here = new Set(
    readSources('test/limits').flatMap((file) => importsOf(file).map(({ target }) => target)),
  );
  const unseen = readSources('src')
    .filter(({ path, text }) => /\bmodal\(\{/.test(text) && !path.startsWith('src/sandbox/'))
    .filter(({ path }) => !here.has(path) && !PRESSED.includes(path));
  expect(unseen.map(({ path }) => path)).toEqual([]);
});

test('one-time codes: what waits for the code is carried along, however long its reason', () => {
  const decision = {
    verb: 'filing.reopen' as const,
    filingId: crypto.randomUUID(),
    revision: 99,
    reason: '"'.repeat(500), // doubled in JSON
  };
  const resume = { next: 'decide', decision } as const;
  const carried = carry({ purpose: '"'.repeat(500), resume });
  const views = [
    ...(['CODE', 'ENROLMENT'] as const).map((lacks) =>
      stepUpView(lacks, { purpose: '가'.repeat(5000), resume }),
    ),
    codeView(carried, long),
    firstCodeView(carried, long),
    recoveryView(Array(10).fill('ABCD-EFGH-JKMN'), [section(long)]),
  ];
  expect(views.flatMap(viewFaults)).toEqual([]);
  expect(whatWaits(JSON.parse(views[0]?.private_metadata ?? ''))).toEqual(resume);
});

test('a view that is left whole, and one that is not, which says so', () => {
  const blocks = (count: number, length: number) =>
    Array.from({ length: count }, () => section('가'.repeat(length)));
  expect(fitting(blocks(100, 100))).toEqual(blocks(100, 100));
  const [many, large] = [fitting(blocks(101, 1)), fitting(blocks(90, 3000))];
  expect(many).toHaveLength(100);
  expect(large.length).toBeLessThan(90);
  for (const shown of [many, large]) expect(JSON.stringify(shown.at(-1))).toContain('일부만');
});

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

test('the choice among 150 systems to report on is shown by the workspace', async () => {
  const { kim, clock, store } = stage;
  await store.db.blob.create({ data: { sha256: SHA, size: 1, createdAt: clock.now() } });
  const person = await makePerson(store.db, { slackId: kim.userId });
  await makeSystems(store.db, person, 150);
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  expect(await openedModal(kim)).toContain('일부만');
});

test('/bogeup 현황 of a person with 150 systems is answered', async () => {
  const { kim } = stage;
  await kim.openHome();
  await kim.command('/bogeup 현황');
  await kim.waitFor('내 시스템 150건');
});
