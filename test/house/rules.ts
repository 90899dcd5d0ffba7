import { importsOf, type Source, withoutComments } from './sources.ts';

/**
 * The rules of the house. Each takes source files and gives what breaks it, one line a fault; so each can be shown to
 * fail on a planted file.
 */
export type Rule = (files: Source[]) => string[];

const inSandbox = (path: string) => path.startsWith('src/sandbox/');
/** The bot: everything under src/ but the local workspace. */
const isBot = (path: string) => path.startsWith('src/') && !inSandbox(path);

/** Forms, rules and checks: what is right for the same input today is right tomorrow and without a database. */
export const PURE = [
  /^src\/filing\/(form|answers|steps|refusal|official-letter)\.ts$/,
  /^src\/procedures\/(.+\/)?(form|checks|[\w-]+-fields|[\w-]+-rules|choices|consent|public-agency)\.ts$/,
  /^src\/systems\/(hosts|domains|placeholders|server-cn)\.ts$/,
  /^src\/people\/(mask|contact-rules)\.ts$/,
  /^src\/licences\/(licence|hosts|judge)\.ts$/,
  /^src\/documents\/([\w-]*paper|look)\.ts$/,
  /^src\/schedule\/(calendar|holidays)\.ts$/,
  /^src\/store\/canonical-json\.ts$/,
  /^src\/desk\/absence\/(form|rule)\.ts$/,
  /^src\/assist\/(error-codes|recognise-errors|intent|intents[\w-]*|match-intent)\.ts$/,
];
const IMPURE = [/^src\/store\/(?!canonical-json)/, /^@prisma\//, /^@electric-sql\//, /^pg$/, /^@slack\//];
const CLOCK = /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/;

/** Held through everything that a pure file brings in, so that a helper in between does not hide it. */
export const pureFilesStayPure: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return files
    .filter(({ path }) => PURE.some((pattern) => pattern.test(path)))
    .flatMap((file) =>
      [...reached(file, byPath)].flatMap((path) => {
        const way = path === file.path ? file.path : `${file.path} through ${path}`;
        const source = byPath.get(path);
        return [
          ...(IMPURE.some((pattern) => pattern.test(path)) ? [`${file.path} brings in ${path}`] : []),
          ...(source && CLOCK.test(withoutComments(source.text)) ? [`${way} reads the clock`] : []),
        ];
      }),
    );
};

/** The file and all that it brings into the running program; packages by name. */
function reached(file: Source, byPath: Map<string, Source>): Set<string> {
  const seen = new Set([file.path]);
  for (const path of seen) {
    const source = byPath.get(path);
    for (const { target, typeOnly } of source ? importsOf(source) : []) if (!typeOnly) seen.add(target);
  }
  return seen;
}

/** Files that match `who` import nothing that matches `what`, except those that match `but`. */
function importRule(who: (path: string) => boolean, what: RegExp, but: RegExp): Rule {
  return (files) =>
    files
      .filter(({ path }) => who(path) && !but.test(path))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target }) => what.test(target))
          .map(({ target }) => `${file.path} imports ${target}`),
      );
}

export const onlySlackFilesKnowBolt = importRule(
  isBot,
  /^@slack\/(?!types$)/,
  /^src\/(messenger\/|home\/|app\.ts$|health\.ts$)|-slack\.ts$/,
);

export const onlyTwoRoomsTouchForge = importRule(
  () => true,
  /^node-forge$/,
  /^src\/(licences|people)\/|^test\/(licences|people)\//,
);

/** Only the start-up puts the two together; the workspace would work for any other Slack app. */
export const sandboxStandsAlone: Rule = (files) => [
  ...importRule(isBot, /^src\/sandbox\//, /^src\/main\.ts$/)(files),
  ...importRule(inSandbox, /^src\/(?!sandbox\/)/, /^$/)(files),
];

/** The commands hand the environment over whole; taking anything out of it is for config.ts, which tests can then call. */
export const onlyConfigReadsEnvironment: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path) && path !== 'src/app/config.ts')
    .filter(({ path, text }) => {
      const code = withoutComments(text);
      const entry = path === 'src/app/cli.ts' || path === 'src/app/main.ts';
      return /\} = process\b/.test(code) || (entry ? ENV_VARIABLE : ENV).test(code);
    })
    .map(({ path }) => `${path} reads the environment`);
const ENV = /\bprocess\.env\b/;
const ENV_VARIABLE = /\bprocess\.env\b(?!\s*[,)}])/;

/** Cycles of what is loaded at run time: whichever file comes first sees the other half-made. */
export const noCycles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const faults: string[] = [];
  const visit = (path: string, way: string[]): void => {
    const start = way.indexOf(path);
    if (start !== -1) faults.push([...way.slice(start), path].join(' → '));
    const file = byPath.get(path);
    if (start !== -1 || !file || done.has(path)) return;
    for (const { target, typeOnly } of importsOf(file)) if (!typeOnly) visit(target, [...way, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return faults;
};

export const noUtilsNoBarrels: Rule = (files) =>
  files
    .filter(({ path }) => /(^|\/)(utils?|helpers|common|misc)\/|\/index\.[tj]s$/.test(path))
    .map(({ path }) => `${path}: named after nothing`);

export const MAX_LINES = 400;

export const filesStayShort: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/sandbox/page/'))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines`);

/** Tests talk to the real thing, and all of them run. */
export const testsAreHonest: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('test/') && !path.startsWith('test/house/'))
    .flatMap(({ path, text }) =>
      (text.match(/\bvi\.(mock|doMock|hoisted)\(|\b(test|it|describe)\.(only|todo|skip)\b/g) ?? []).map(
        (found) => `${path}: ${found}`,
      ),
    );
