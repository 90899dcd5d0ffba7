import { describe, expect, test } from 'vitest';
import * as rules from './rules.ts';
import { importsOf, readSources, type Source } from './sources.ts';

const files = ['src', 'test', 'bench'].flatMap(readSources);

const plant = (path: string, text: string): Source => ({ path, text });

/** A rule by its exported name, and files that each break it. */
const planted: Record<string, [what: string, ...files: Source[]][]> = {
  pureFilesStayPure: [
    [
      'the Prisma client',
      plant('src/filing/steps.ts', "import { Prisma } from '../store/client/client.ts';"),
    ],
    ['a database driver', plant('src/records/systems/hosts.ts', "import pg from 'pg';")],
    ['Bolt', plant('src/procedures/incident/checks.ts', "import { App } from '@slack/bolt';")],
    ['the clock', plant('src/procedures/incident/form.ts', 'export const today = new Date();')],
    ['the clock as a number', plant('src/core/mask.ts', 'export const at = Date.now();')],
    [
      'the store behind a helper',
      plant('src/procedures/incident/form.ts', "import { helper } from '../words.ts';"),
      plant('src/procedures/words.ts', "export * from '../store/store.ts';"),
    ],
  ],
  onlySlackFilesKnowBolt: [
    ['Bolt in a rule', plant('src/filing/decide.ts', "import type { App } from '@slack/bolt';")],
    [
      'the client in a room',
      plant('src/records/licences/issue.ts', "import { WebClient } from '@slack/web-api';"),
    ],
    [
      'Bolt in the port',
      plant('src/messenger/click.ts', "import type { ViewStateValue } from '@slack/bolt';"),
    ],
    [
      'the client in the outbox',
      plant('src/messenger/outbox-trouble.ts', "import type { WebClient } from '@slack/web-api';"),
    ],
    [
      'Bolt in a listener of a procedure',
      plant('src/procedures/incident/incident-slack.ts', "import type { App } from '@slack/bolt';"),
    ],
    ['a dynamic import', plant('src/filing/card.ts', "const bolt = await import('@slack/bolt');")],
  ],
  onlyTwoRoomsTouchForge: [
    ['forge in the store', plant('src/store/audit.ts', "import forge from 'node-forge';")],
    ['forge in the workspace', plant('src/sandbox/core/http.ts', "import forge from 'node-forge';")],
  ],
  sandboxStandsAlone: [
    [
      'the bot on the workspace',
      plant('src/app/app.ts', "import { startWorkspace } from '../sandbox/workspace.ts';"),
    ],
    ['the workspace on the bot', plant('src/sandbox/acts.ts', "import { createBot } from '../app/app.ts';")],
  ],
  onlyConfigReadsEnvironment: [
    ['a variable', plant('src/app/app.ts', 'const port = process.env.PORT;')],
    ['all of it', plant('src/store/store.ts', 'open(process.env);')],
    ['all of it, by name', plant('src/store/store.ts', 'const { env } = process;')],
    [
      'a variable in a command',
      plant('src/app/operator/cli.ts', 'readConfig(process.env); process.env.PORT;'),
    ],
  ],
  wingsInOrder: [
    [
      'a record on a filing',
      plant('src/records/people/who.ts', "import { x } from '../../filing/decide.ts';"),
    ],
    [
      'a type alone',
      plant('src/messenger/blocks.ts', "import type { Known } from '../records/people/who.ts';"),
    ],
    ['a file in no wing', plant('src/words.ts', 'export const word = 1;')],
  ],
  noCycles: [
    [
      'two files, by types alone',
      plant('src/core/a.ts', "import type { B } from './b.ts';\nexport type A = B;"),
      plant('src/core/b.ts', "import type { A } from './a.ts';\nexport type B = A;"),
    ],
    [
      'two files',
      plant('src/a.ts', "import { b } from './b.ts';\nexport const a = b;"),
      plant('src/b.ts', "import { a } from './a.ts';\nexport const b = a;"),
    ],
    [
      'three files, one by export from',
      plant('src/a.ts', "import { b } from './b.ts';"),
      plant('src/b.ts', "export { c } from './c.ts';"),
      plant('src/c.ts', "import {\n  type T,\n  a,\n} from './a.ts';"),
    ],
  ],
  outboxIsWrittenByItsVerbs: [
    ['the client', plant('src/reminders/tidy.ts', 'await tx.outbox.deleteMany({ where });')],
    ['the client, wrapped', plant('src/app/health.ts', 'await ground.db.outbox\n  .updateMany({ data });')],
    ['SQL', plant('src/records/modules/newer.ts', 'await tx.$executeRaw`\n  INSERT INTO "Outbox" (id)`;')],
  ],
  statesHaveOneHome: [
    ['a comparison', plant('src/home/detail.ts', "if (filing.state === 'RETURNED') return;")],
    ['SQL', plant('src/home/todo.ts', "tx.$queryRaw`SELECT 1 WHERE f.state IN ('OFFERED', $1)`;")],
  ],
  proceduresAreNamedOnce: [
    ['a comparison', plant('src/home/detail.ts', "if (filing.procedure === 'incident') return;")],
    ['SQL', plant('src/home/todo.ts', "tx.$queryRaw`SELECT 1 WHERE f.procedure = 'resultReport'`;")],
    ['a button', plant('src/home/home.ts', 'button(`{BEGIN_PROCEDURE}.contactChange`, label)')],
    [
      'one that is not on the list',
      plant('src/procedures/training/training.ts', "  name: 'training',"),
      plant('src/home/home.ts', "begin(click, 'training', '');"),
    ],
    [
      'a procedure that asks for another',
      plant('src/procedures/training/training.ts', "where: { procedure: 'retirement' }"),
    ],
  ],
  constantsAreNamed: [
    ['an action id', plant('src/home/view.ts', "element: { type: 'datepicker', action_id: 'form.value' }")],
    ['the telephone number', plant('src/home/view.ts', 'section(`문의: 1661-9088 (내선 2번)`)')],
  ],
  inForceHasOneHome: [
    ['a filter', plant('src/home/figures.ts', 'const where = { supersededAt: null, systemId };')],
    ['SQL', plant('src/home/todo.ts', 'tx.$queryRaw`SELECT 1 WHERE r."revokedAt" IS NULL`;')],
  ],
  storedAnswersAreRead: [
    ['a look-up', plant('src/home/detail.ts', 'await tx.revision.findUniqueOrThrow({ where });')],
    ['a cast', plant('src/home/detail.ts', 'const given = revision.answers as unknown as Answers;')],
  ],
  officersAreCheckedInOnePlace: [
    [
      'a check in one line',
      plant('src/home/queue.ts', "if (!who.officer) throw new Refusal('관리자만 봅니다.');"),
    ],
    [
      'a check of two roles',
      plant('src/home/queue.ts', "if (!who.officer && !who.auditor) {\n  throw new Refusal('…');\n}"),
    ],
  ],
  noTwoWayRooms: [
    [
      'two rooms, by types alone',
      plant('src/records/people/a.ts', "import type { B } from '../systems/b.ts';"),
      plant('src/records/systems/c.ts', "import type { D } from '../people/d.ts';"),
    ],
    [
      'a room and the folder that it stands in',
      plant('src/messenger/a.ts', "import { b } from './forms/b.ts';"),
      plant('src/messenger/forms/c.ts', "import { d } from '../d.ts';"),
    ],
  ],
  noUtilsNoBarrels: [
    ['a drawer for everything', plant('src/utils/strings.ts', '')],
    ['a barrel', plant('src/filing/index.ts', "export * from './card.ts';")],
  ],
  noUpserts: [
    ['an upsert', plant('src/filing/drafts.ts', 'await tx.draft.upsert({ where, create, update });')],
  ],
  filesStayShort: [
    ['one line too many', plant('src/app/app.ts', 'const line = 1;\n'.repeat(rules.MAX_LINES + 1))],
    ['a style sheet', plant('src/sandbox/page/base.css', 'a { top: 0; }\n'.repeat(rules.MAX_LINES + 1))],
  ],
  mostFilesAreShorter: [
    [
      'half of them are long',
      plant('src/app/a.ts', 'const line = 1;\n'.repeat(81)),
      plant('src/app/b.ts', 'const line = 1;\n'.repeat(81)),
      plant('src/app/c.ts', 'const line = 1;\n'),
    ],
    ['more than one in twenty is very long', plant('src/app/a.ts', 'const line = 1;\n'.repeat(221))],
  ],
  functionsStayShort: [
    ['a function', plant('src/app/a.ts', `function long() {\n${'  go();\n'.repeat(79)}}`)],
    [
      'a listener in a list that is handed back',
      plant(
        'src/app/a.ts',
        `const made = () => ({\n  at: async () => {\n${'    go();\n'.repeat(79)}  },\n});`,
      ),
    ],
    ['a method', plant('src/sandbox/page/a.js', `class A {\n  long() {\n${'    go();\n'.repeat(79)}  }\n}`)],
  ],
  parametersHaveNames: [
    ['a function', plant('src/app/a.ts', 'export function pay(a, b, c, d, e, f) {}')],
    ['a function in a function', plant('src/app/a.ts', 'const make = () => (a, b, c, d, e, f) => a;')],
  ],
  nothingIsExportedForNobody: [
    [
      'a function that only its own file calls',
      plant('src/core/a.ts', 'export function alone() {}\nalone();'),
    ],
    [
      'one whose name another file has for something else',
      plant('src/core/a.ts', 'export const same = 1;'),
      plant('src/core/b.ts', "import { other } from './a.ts';\nconst same = other;"),
    ],
  ],
  importedNamesExist: [
    [
      'a name that was changed where it is exported',
      plant('src/sandbox/page/a.js', "import { former } from './core/b.js';"),
      plant('src/sandbox/page/core/b.js', 'export const current = 1;'),
    ],
    ['a file that was moved', plant('src/sandbox/page/a.js', "import { b } from './b.js';")],
  ],
  testsAreHonest: [
    ['a module mock', plant('test/filing/decide.test.ts', "vi.mock('../../src/app/app.ts');")],
    ['a test left out', plant('test/filing/decide.test.ts', "test.skip('decides', () => {});")],
    ['one in a chain', plant('test/filing/decide.test.ts', "test.concurrent.skip('decides', () => {});")],
    ['one in a chain with a call', plant('test/filing/decide.test.ts', "test.each([1])\n  .only('a', go);")],
    ['one that may fail', plant('test/filing/decide.test.ts', "test.fails('decides', () => {});")],
    ['one that leaves itself out', plant('test/filing/decide.test.ts', "test('a', ({ skip }) => skip());")],
    ['one left out by its context', plant('test/filing/decide.test.ts', "test('a', (on) => on.skip());")],
    ['one left out by its options', plant('test/filing/decide.test.ts', "test('a', { skip: true }, go);")],
    ['a condition without a name', plant('test/filing/decide.test.ts', "test.skipIf(true)('a', go);")],
    ['a condition that never holds', plant('test/filing/decide.test.ts', "describe.runIf(false)('a', go);")],
    [
      'one more than is known',
      plant('test/filing/decide.test.ts', "test.runIf(onPostgres() && x)('a', go);"),
    ],
    [
      'a function of the house replaced',
      plant('test/filing/decide.test.ts', "vi.spyOn(own, 'decide').mockReturnValue(true);"),
    ],
  ],
};

const all = Object.entries(rules).filter((entry): entry is [string, rules.Rule] => {
  return typeof entry[1] === 'function';
});

test('every rule has a planted fault', () => {
  expect(Object.keys(planted).sort()).toEqual(all.map(([name]) => name).sort());
});

describe.each(all)('%s', (name, rule) => {
  test('holds', () => {
    expect(rule(files)).toEqual([]);
  });

  test.each(planted[name] ?? [])('notices %s', (_what, ...bad) => {
    expect(rule(bad)).not.toEqual([]);
  });
});

test('the patterns of the pure files still name files', () => {
  const unused = rules.PURE.filter((pattern) => !files.some(({ path }) => pattern.test(path)));
  expect(unused).toEqual([]);
});

test('what a function hands back is no part of its length', () => {
  const list = `[\n${'  1,\n'.repeat(90)}]`;
  const files = [`const a = () => (${list});`, `function b() {\n  return make({\n    of: ${list},\n  });\n}`];
  for (const text of files) expect(rules.functionsStayShort([plant('src/app/a.ts', text)])).toEqual([]);
});

test('imports are read: types told apart, paths resolved, comments ignored', () => {
  const text = [
    "import { z } from 'zod';",
    "import type { A } from './a.ts';",
    "import { type B, type C } from '../b.ts';",
    "import { type D, d } from './d.ts';",
    "import './side-effect.ts';",
    "export type { E } from './e.ts';",
    "export * from './f.ts';",
    "// import { no } from './no.ts';",
    '/**',
    " * import { no } from './no.ts';",
    ' */',
    "const late = await import('./late.ts');",
    "type Late = typeof import('./types.ts');",
  ].join('\n');
  expect(importsOf(plant('src/room/file.ts', text))).toEqual([
    { target: 'zod', typeOnly: false },
    { target: 'src/room/a.ts', typeOnly: true },
    { target: 'src/b.ts', typeOnly: true },
    { target: 'src/room/d.ts', typeOnly: false },
    { target: 'src/room/side-effect.ts', typeOnly: false },
    { target: 'src/room/e.ts', typeOnly: true },
    { target: 'src/room/f.ts', typeOnly: false },
    { target: 'src/room/late.ts', typeOnly: false },
  ]);
});

test('the rules look at the whole house', () => {
  const paths = files.map(({ path }) => path);
  expect(paths).toContain('src/app/app.ts');
  expect(paths).toContain('src/sandbox/page/app.js');
  expect(paths).toContain('src/sandbox/page/base.css');
  expect(paths).toContain('src/sandbox/page/index.html');
  expect(paths).toContain('test/house/imports.test.ts');
  expect(paths.some((path) => path.startsWith('src/store/client/'))).toBe(false);
});
