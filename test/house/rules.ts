import { PROCEDURE } from '../../src/records/filings/procedure-name.ts';
import { functionsOf } from './functions.ts';
import { importsOf, type Source, takenBy, withoutComments } from './sources.ts';

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
  /^src\/core\//,
  /^src\/messenger\/forms\/(form|answers)\.ts$/,
  /^src\/filing\/(steps|official-letter)\.ts$/,
  /^src\/procedures\/(.+\/)?(form|checks|[\w-]+-fields|[\w-]+-rules|consent|public-agency)\.ts$/,
  /^src\/records\/systems\/(hosts|domains|placeholders|server-cn)\.ts$/,
  /^src\/records\/licences\/(licence|hosts|judge)\.ts$/,
  /^src\/records\/modules\/choices\.ts$/,
  /^src\/features\/documents\/([\w-]*paper|look)\.ts$/,
  /^src\/store\/canonical-json\.ts$/,
  /^src\/(records\/absences\/rule|features\/desk\/absence\/form)\.ts$/,
  /^src\/features\/assist\/(error-codes|loading-errors|known-errors|products|recognise-errors|knowledge\/(?!library)[\w-]+)\.ts$/,
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
  /^src\/(messenger\/slack\/|app\/(app|listen)\.ts$|features\/.+-slack\.ts$|app\/operator\/doctor-slack\.ts$)/,
);

export const onlyTwoRoomsTouchForge = importRule(
  () => true,
  /^node-forge$/,
  /^(src|test)\/records\/(licences|pki)\//,
);

/** Only the start-up puts the two together; the workspace would work for any other Slack app. */
export const sandboxStandsAlone: Rule = (files) => [
  ...importRule(isBot, /^src\/sandbox\//, /^src\/app\/operator\/start\.ts$/)(files),
  ...importRule(inSandbox, /^src\/(?!sandbox\/)/, /^$/)(files),
];

/** The commands hand the environment over whole; taking anything out of it is for config.ts, which tests can then call. */
export const onlyConfigReadsEnvironment: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path) && path !== 'src/app/config.ts')
    .filter(({ path, text }) => {
      const code = withoutComments(text);
      const entry = path === 'src/app/operator/cli.ts';
      return /\} = process\b/.test(code) || (entry ? ENV_VARIABLE : ENV).test(code);
    })
    .map(({ path }) => `${path} reads the environment`);
const ENV = /\bprocess\.env\b/;
const ENV_VARIABLE = /\bprocess\.env\b(?!\s*[,)}])/;

/** From the ground up. A file imports only from its own wing and from wings before it; types count. */
export const WINGS = [
  'core',
  'store',
  'messenger',
  'records',
  'filing',
  'procedures',
  'features',
  'reminders',
  'home',
  'app',
] as const;

export const wingsInOrder: Rule = (files) => {
  const heightOf = (path: string) => (WINGS as readonly string[]).indexOf(path.split('/')[1] ?? '');
  return files
    .filter(({ path }) => isBot(path))
    .flatMap((file) => {
      const height = heightOf(file.path);
      if (height === -1) return [`${file.path} stands in no wing`];
      return importsOf(file)
        .filter(({ target }) => isBot(target) && heightOf(target) > height)
        .map(({ target }) => `${file.path} imports upwards: ${target}`);
    });
};

/** Circles of files, types counted: none of them can be understood before the others. */
export const noCycles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const faults: string[] = [];
  const visit = (path: string, way: string[]): void => {
    const start = way.indexOf(path);
    if (start !== -1) faults.push([...way.slice(start), path].join(' → '));
    const file = byPath.get(path);
    if (start !== -1 || !file || done.has(path)) return;
    for (const { target } of importsOf(file)) visit(target, [...way, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return faults;
};

/** By raw SQL or through the client. */
const WRITES_OUTBOX =
  /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"Outbox"|\boutbox\s*\.\s*(?:create|update|upsert|delete)/;

/** What a message may become is decided beside the table; rooms say which of it is the case. */
export const outboxIsWrittenByItsVerbs: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path) && !/^src\/store\/outbox(-changes)?\.ts$/.test(path))
    .filter(({ text }) => WRITES_OUTBOX.test(withoutComments(text)))
    .map(({ path }) => `${path} writes the outbox itself`);

/** States that a filing alone has; tables of others may have an OPEN or a CLOSED. */
const STATE = /['"](?:OFFERED|SUBMITTED|RETURNED|APPROVED|REJECTED|WITHDRAWN)['"]/;

/** A file that spells a state decides by itself which ones are open or came to nothing. */
export const statesHaveOneHome: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path) && path !== 'src/records/filings/states.ts')
    .filter(({ path }) => !path.startsWith('src/store/client/'))
    .filter(({ text }) => STATE.test(withoutComments(text)))
    .map(({ path }) => `${path} spells a state of a filing`);

/** How a procedure declares itself. */
const DECLARED = /^\s*(?:name: |const NAME = )'(\w+)'/;

/** Who asks for a procedure takes its name from the list, or asks which ones have a trait. */
export const proceduresAreNamedOnce: Rule = (files) => {
  const bot = files.filter(({ path }) => isBot(path) && !path.startsWith('src/store/client/'));
  const own = bot
    .filter(({ path }) => path.startsWith('src/procedures/'))
    .flatMap(({ text }) => text.split('\n').flatMap((line) => DECLARED.exec(line)?.[1] ?? []));
  const names = [...new Set([...Object.keys(PROCEDURE), ...own])].join('|');
  const spelt = new RegExp(`['"](?:${names})['"]|(?:BEGIN_PROCEDURE|PAPER_ENTRY)\\}\\.(?:${names})\\b`);
  return (
    bot
      .filter(({ path }) => path !== 'src/records/filings/procedure-name.ts')
      // An entry is called after what it explains; the buttons below it are typed.
      .filter(({ path }) => !path.startsWith('src/features/assist/knowledge/'))
      .flatMap(({ path, text }) =>
        withoutComments(text)
          .split('\n')
          .filter((line) => spelt.test(line) && !(path.startsWith('src/procedures/') && DECLARED.test(line)))
          .map((line) => `${path} spells the name of a procedure: ${line.trim()}`),
      )
  );
};

const ONCE: readonly { home: string; text: RegExp; what: string }[] = [
  { home: 'src/messenger/entered.ts', text: /['"`]form\.value['"`]/, what: 'FORM_VALUE' },
  { home: 'src/core/support-phone.ts', text: /1661-9088/, what: 'SUPPORT_PHONE' },
];

/** Constants that were spelt out again and again. The answers of the chat are whole sentences and keep their number. */
export const constantsAreNamed: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path) && !path.startsWith('src/features/assist/knowledge/'))
    .flatMap(({ path, text }) =>
      ONCE.filter(({ home, text: spelt }) => path !== home && spelt.test(withoutComments(text))).map(
        ({ what }) => `${path} spells out ${what}`,
      ),
    );

/** Whether a licence is in force is asked in one file; others end one, and the export has a column for each end. */
export const inForceHasOneHome: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path) && !path.startsWith('src/store/client/'))
    .filter(({ path }) => !['src/records/in-force.ts', 'src/features/desk/export-lists.ts'].includes(path))
    .filter(({ text }) => /\b(?:supersededAt|revokedAt)\b(?!: op\.now)/.test(withoutComments(text)))
    .map(({ path }) => `${path} asks by itself whether a licence is in force`);

/** A cast would say that a field is there which the form did not have yet when the answers were stored. */
export const storedAnswersAreRead: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path))
    .filter(({ path }) => path !== 'src/records/filings/revision.ts')
    .filter(({ text }) => STORED.test(withoutComments(text)))
    .map(({ path }) => `${path} casts what is stored to answers, or looks a revision up by itself`);
const STORED = /\bas unknown as (?:Answers|Description)\b|\brevision\s*\.findUnique/;

/** Its own words for the refusal, and the lock on the grant, are part of the check. */
export const officersAreCheckedInOnePlace: Rule = (files) =>
  files
    .filter(({ path }) => isBot(path) && path !== 'src/records/people/office.ts')
    .filter(({ text }) =>
      /if \(\s*!\s*\w+\.(?:officer|auditor)\b[^;{}]*\)\s*\{?\s*throw\b/.test(withoutComments(text)),
    )
    .map(({ path }) => `${path} refuses by itself who is no officer`);

/** Rooms are folders: of two that need each other neither can be understood alone. Types count. */
export const noTwoWayRooms: Rule = (files) => {
  const ways = new Map<string, string>();
  for (const file of files.filter(({ path }) => path.startsWith('src/')))
    for (const { target } of importsOf(file))
      if (target.startsWith('src/') && !target.startsWith('src/store/client/'))
        ways.set(`${roomOf(file.path)} → ${roomOf(target)}`, `${file.path} imports ${target}`);
  return [...ways].flatMap(([way, example]) => {
    const [from = '', to = ''] = way.split(' → ');
    const back = from < to && ways.get(`${to} → ${from}`);
    return back ? [`${example}, and ${back}`] : [];
  });
};
const roomOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

export const noUtilsNoBarrels: Rule = (files) =>
  files
    .filter(({ path }) => /(^|\/)(utils?|helpers|common|misc)\/|\/index\.[tj]s$/.test(path))
    .map(({ path }) => `${path}: named after nothing`);

/** It reads and then creates: of two at once one fails. `createMany` that skips what is there, then an update, does not. */
export const noUpserts: Rule = (files) =>
  files
    .filter(({ path, text }) => isBot(path) && /\.upsert\(/.test(withoutComments(text)))
    .map(({ path }) => `${path} upserts`);

export const MAX_LINES = 350;

export const filesStayShort: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('src/'))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path}: ${lines} lines`);

/** The half, and all but one in twenty, of the files of src. */
const MEDIAN_LINES = 80;
const MOST_LINES = 220;

/** A house of small files: not only none over the ceiling. */
export const mostFilesAreShorter: Rule = (files) => {
  const lengths = files
    .filter(({ path }) => path.startsWith('src/'))
    .map(({ text }) => text.trimEnd().split('\n').length)
    .sort((a, b) => a - b);
  const [median = 0, most = 0] = [0.5, 0.95].map((part) => lengths[Math.ceil(lengths.length * part) - 1]);
  return [
    ...(median > MEDIAN_LINES ? [`half of the files have more than ${median - 1} lines`] : []),
    ...(most > MOST_LINES ? [`one file in twenty has ${most} lines or more`] : []),
  ];
};

const MAX_FUNCTION_LINES = 80;
const MAX_PARAMETERS = 5;

/** A function is read at one sight. The data that it hands back does not count, however long the list. */
export const functionsStayShort: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap((file) =>
      functionsOf(file)
        .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
        .map(({ name, line, lines }) => `${file.path}:${line} ${name}: ${lines} lines`),
    );

/** Who reads the call should see what is what: from so many on they have names. */
export const parametersHaveNames: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('src/'))
    .flatMap((file) =>
      functionsOf(file)
        .filter(({ parameters }) => parameters > MAX_PARAMETERS)
        .map(({ name, line, parameters }) => `${file.path}:${line} ${name}: ${parameters} parameters`),
    );

const EXPORT = /^export (?:async )?(?:function|const|class|interface|type) (\w+)/gm;

/** What no other file imports stays inside its own. */
export const nothingIsExportedForNobody: Rule = (files) => {
  const taken = new Set(files.flatMap(takenBy));
  return files
    .filter(({ path }) => path.startsWith('src/') && !path.endsWith('.d.ts') && !taken.has(`${path}#*`))
    .flatMap(({ path, text }) =>
      Array.from(text.matchAll(EXPORT), ([, name = '']) => name)
        .filter((name) => !taken.has(`${path}#${name}`))
        .map((name) => `${path} exports ${name}, and nobody takes it`),
    );
};

/** tsc says so of TypeScript and reads no JavaScript. */
export const importedNamesExist: Rule = (files) => {
  const exported = new Set(
    files.flatMap(({ path, text }) =>
      Array.from(text.matchAll(EXPORT), ([, name = '']) => `${path}#${name}`),
    ),
  );
  return files
    .filter(({ path }) => path.startsWith('src/') && path.endsWith('.js'))
    .flatMap((file) =>
      takenBy(file).flatMap((name) => (exported.has(name) ? [] : `${file.path} imports ${name}`)),
    );
};

/** What a machine may lack, or a run leave to another one: nothing else keeps a test from running. */
const CONDITIONS =
  /onPostgres\(\)|hasOpenssl|hasPoppler|hasSystemd|mayUnshare|process\.getuid\?\.\(\) !== 0|process\.platform [!=]== 'win32'/;

const DISHONEST = [
  /\bvi\s*\.\s*(?:mock|doMock|hoisted)\(/,
  /\bspyOn\((?!console\b)/,
  // At any place of a chain, of the context of a test, and among the options.
  /(?<=[\w)])\s*\.\s*(?:only|todo|skip|fails)\b(?=\s*[.(])/,
  /(?<![.\w])skip\(/,
  /\b(?:only|todo|skip|fails): true\b/,
  new RegExp(`\\b(?:skipIf|runIf)\\((?!!?(?:${CONDITIONS.source})\\))`),
];

/** Tests talk to the real thing, and all of them run. */
export const testsAreHonest: Rule = (files) =>
  files
    .filter(({ path }) => path.startsWith('test/') && path !== 'test/house/rules.ts')
    .filter(({ path }) => path !== 'test/house/imports.test.ts') // where the faults are planted
    .flatMap(({ path, text }) =>
      DISHONEST.flatMap((sign) => sign.exec(withoutComments(text))?.[0] ?? []).map(
        (found) => `${path}: ${found.trim()}`,
      ),
    );
