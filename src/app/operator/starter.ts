import { readFile } from 'node:fs/promises';
import { planImport } from '../../records/people/agency-import.ts';
import { putBlob } from '../../store/blobs.ts';
import type { Ground } from '../../store/operation.ts';
import { operate } from '../../store/operation.ts';
import { readAgencyFile } from './agency-file.ts';
import { languages, systems, widths } from './modules.ts';

const AUTHOR = { actor: 'bot', place: 'start' };
const STARTER_AGENCIES = new URL('../../records/people/starter-agencies.csv', import.meta.url);
const SAMPLE_VERSION = '1.5.0';

/** Adds the agencies that come with the bot, into an empty table only: an operator's import is left as it is. */
export async function seedAgencies(ground: Ground): Promise<void> {
  if ((await ground.db.agency.count()) > 0) return;
  const { agencies, takenOver, faults } = readAgencyFile(await readFile(STARTER_AGENCIES));
  if (faults.length > 0) throw new Error(`starter-agencies.csv: ${faults[0]}`);
  await operate(ground, AUTHOR, async ({ tx, audit }) => {
    const plan = planImport(new Map(), agencies, takenOver);
    const { count } = await tx.agency.createMany({
      data: plan.added.map(({ after }) => after),
      skipDuplicates: true,
    });
    audit({
      action: 'agencies.import',
      subject: 'file:starter-agencies.csv',
      data: { added: count },
    });
  });
}

/**
 * Adds sample modules for local mode, if no module was ever added. The real ones may not be distributed with the bot;
 * each sample is a text that says so.
 */
export async function seedSampleModules(ground: Ground): Promise<void> {
  if ((await ground.db.moduleRelease.count()) > 0) return;
  const platforms = languages.flatMap((language) =>
    systems.flatMap((os) => widths.map((bits) => ({ language, os, bits }))),
  );
  await operate(ground, AUTHOR, async ({ tx, now, audit }) => {
    const data = [];
    for (const platform of platforms) {
      const { fileName, text } = sampleFile(platform);
      const sha256 = await putBlob(tx, Buffer.from(text), now);
      data.push({ ...SAMPLE, ...platform, fileName, sha256, addedBy: AUTHOR.actor, addedAt: now });
    }
    const added = await tx.moduleRelease.createManyAndReturn({ data, skipDuplicates: true }); // two starts at once
    for (const { fileName, sha256 } of added)
      audit({ action: 'modules.add', subject: `module:${fileName}`, data: { sha256 } });
  });
}

const SAMPLE = {
  name: '표준API 모듈 (체험용 견본)',
  version: SAMPLE_VERSION,
  notes: '체험용 견본입니다.',
};

function sampleFile({ language, os, bits }: { language: string; os: string; bits: number }) {
  const fileName = `gpkiapi-sample-${language.toLowerCase()}-${os.toLowerCase()}-${bits}-${SAMPLE_VERSION}.txt`;
  const text = [
    '체험용 견본 파일입니다. 실제 행정전자서명 표준API 모듈이 아닙니다.',
    'This is a sample for trying the bot. It is not the real module.',
    `${language} / ${os} / ${bits}bit / ${SAMPLE_VERSION}`,
    '',
  ].join('\r\n');
  return { fileName, text };
}
