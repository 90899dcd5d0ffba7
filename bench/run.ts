// npm run bench: every figure stands beside a baseline of the same run; quote the ratios, machines differ.
// npm run bench -- assist: only how sentences are understood; the same on every machine.
import { benchAgencies } from './agencies.ts';
import { heldBackTenth, leaveOneOut, understandingLines } from './assist.ts';
import { benchHome } from './home.ts';
import { benchLicences } from './licences.ts';
import { benchNotice } from './notice.ts';
import { benchPeople } from './people.ts';
import { benchStartUp } from './start-up.ts';
import { benchSurvey } from './survey.ts';
import { benchSweep } from './sweep.ts';

const out = (line = '') => process.stdout.write(`${line}\n`);
const fixed = (value: number, digits = 1) => value.toFixed(digits);

if (process.argv[2] === 'assist') {
  for (const line of understandingLines('Each left out', leaveOneOut())) out(line);
  for (const line of understandingLines('\nA tenth held back', heldBackTenth())) out(line);
  process.exit(0);
}

out('People at once: milliseconds until a submission is acknowledged, whole applications a second');
const { bot, bare } = await benchPeople([1, 10, 20]);
for (const [index, figures] of bot.entries()) {
  const base = bare[index] ?? figures;
  const row = (name: string, { people, p50, p99, perSecond }: typeof figures) =>
    out(
      `  ${name.padEnd(22)} ${String(people).padStart(3)}  p50 ${fixed(p50)}  p99 ${fixed(p99)}  ${fixed(perSecond, 2)}/s`,
    );
  row('Bogeup', figures);
  row('bare Bolt, acks only', base);
  out(
    `  ${'ratio'.padEnd(22)}      p50 ${fixed(figures.p50 / base.p50)}  p99 ${fixed(figures.p99 / base.p99)}  ${fixed(figures.perSecond / base.perSecond, 3)}`,
  );
}

out('\nLicences');
for (const { name, value, unit } of (await benchLicences()).rows)
  out(`  ${name.padEnd(40)} ${fixed(value, 2)} ${unit}`);

out('\nStart: seconds from the command');
const { first, later, node } = await benchStartUp();
for (const [name, { page, bot: joined, memory }] of Object.entries({ first, later })) {
  out(`  ${name.padEnd(8)} page ${fixed(page, 2)}  bot ${fixed(joined, 2)}  memory ${fixed(memory, 0)} MiB`);
}
out(`  an empty Node process ${fixed(node, 2)}`);

out('\nAgencies: type-ahead over 60,000');
out(`  ${JSON.stringify(benchAgencies())}`);

out('\nReminders');
out(`  ${JSON.stringify(await benchSweep())}`);
out('\nSurvey');
for (const { name, value, unit } of (await benchSurvey()).rows)
  out(`  ${name.padEnd(40)} ${fixed(value, 3)} ${unit}`);
out('\nA notice to fifty thousand people');
for (const { name, value, unit } of (await benchNotice()).rows)
  out(`  ${name.padEnd(40)} ${fixed(value, 3)} ${unit}`);
out('\nScreens over a full house');
const { rows: screens } = await benchHome();
const [trivial] = screens;
for (const { name, value, unit } of screens)
  out(`  ${name.padEnd(40)} ${fixed(value)} ${unit}  ratio ${fixed(value / (trivial?.value ?? value), 0)}`);
process.exit(0);
