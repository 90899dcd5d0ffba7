// npm run bench: measures everything, each figure next to a baseline of the same run. Quote ratios: machines differ.
// npm run bench -- cost sweep: measures only these. With --save the results go to bench/results/<date>.json, and the
// next run shows them next to its own. npm run bench -- assist: how well sentences are understood, on any machine.
import { loadavg } from 'node:os';
import { benchAgencies } from './agencies.ts';
import {
  heldBackTenth,
  heldOutAgainSentences,
  heldOutSentences,
  leaveOneOut,
  otherWorldSentences,
  understandingLines,
  unseenSentences,
} from './assist.ts';
import { benchAudit } from './audit.ts';
import { benchHome } from './home.ts';
import { benchLicences } from './licences.ts';
import { benchNotice } from './notice.ts';
import { benchCost, benchCrowd } from './people.ts';
import { lastResults, saveResults } from './results.ts';
import type { BenchRow } from './row.ts';
import { benchServer, onBoth } from './scratch.ts';
import { benchStartUp } from './start-up.ts';
import { benchSurvey } from './survey.ts';
import { benchSweep } from './sweep.ts';

const sections: Record<string, [title: string, run: () => Promise<{ rows: BenchRow[] }>]> = {
  cost: ['A whole application', benchCost],
  crowd: ['People at once, until a press of 다음 is acknowledged', benchCrowd],
  licences: ['Licences', benchLicences],
  notice: ['A notice to fifty thousand people', () => onBoth((url) => benchNotice(50_000, url))],
  sweep: ['Reminders', () => onBoth((url) => benchSweep(50_000, url))],
  survey: ['Survey', benchSurvey],
  audit: ['The audit chain', benchAudit],
  home: ['Screens over a full house', benchHome],
  agencies: ['Agencies: type-ahead over 60,000', async () => ({ rows: agencyRows() })],
  start: ['Start, from the command', async () => ({ rows: await startRows() })],
};

const out = (line = '') => process.stdout.write(`${line}\n`);

const asked = process.argv.slice(2);
if (asked[0] === 'assist') {
  for (const line of understandingLines('Each left out', leaveOneOut())) out(line);
  for (const line of understandingLines('\nA tenth held back', heldBackTenth())) out(line);
  for (const line of understandingLines('\nUnseen', unseenSentences())) out(line);
  for (const line of understandingLines('\nHeld out', heldOutSentences())) out(line);
  for (const line of understandingLines('\nHeld out again', heldOutAgainSentences())) out(line);
  for (const line of understandingLines('\nOf another world', otherWorldSentences())) out(line);
  process.exit(0);
}
const wanted = asked.filter((word) => word !== '--save');
const unknown = wanted.filter((word) => !(word in sections));
if (unknown.length > 0) {
  out(`There is no ${unknown.join(', ')}. There are: ${Object.keys(sections).join(', ')}, assist.`);
  process.exit(1);
}
if (!benchServer) out('Without BENCH_DATABASE_URL only the embedded database is measured.\n');

const before = lastResults();
const found: Record<string, BenchRow[]> = {};
const load = loadavg();
for (const [name, [title, run]] of Object.entries(sections)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  out(title);
  const { rows } = await run();
  found[name] = rows;
  for (const row of rows) {
    const was = before?.found[name]?.find((one) => one.name === row.name);
    out(`  ${row.name.padEnd(58)} ${shown(row).padStart(16)}${was ? `   was ${shown(was)}` : ''}`);
  }
  out();
  if (asked.includes('--save')) saveResults({ load, found }); // now, in case the run breaks off
}
out(
  `load average ${load.map((one) => one.toFixed(1)).join(' ')} at the start, ${loadavg()[0]?.toFixed(1)} at the end`,
);
process.exit(0);

function agencyRows(): BenchRow[] {
  const { buildMs, searchMs } = benchAgencies();
  const searches = Object.entries(searchMs).map(([query, value]) => ({
    name: `‘${query}’`,
    value,
    unit: 'ms',
  }));
  return [{ name: 'the index is built', value: buildMs, unit: 'ms' }, ...searches];
}

async function startRows(): Promise<BenchRow[]> {
  const { first, later, node } = await benchStartUp();
  const rows = Object.entries({ first, later }).flatMap(([name, { page, bot, memory }]) => [
    { name: `${name}: the page answers`, value: page, unit: 's' },
    { name: `${name}: the bot has joined`, value: bot, unit: 's' },
    { name: `${name}: memory`, value: memory, unit: 'MiB' },
  ]);
  return [...rows, { name: 'an empty Node process', value: node, unit: 's' }];
}

function shown({ value, unit }: BenchRow): string {
  return `${Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0)} ${unit}`;
}
