// Submits one application after the other for some seconds, each for another system. Then it reports how many, and how
// long it had the end of the audit chain locked.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { allProcedures } from '../src/app/procedures.ts';
import { seoulDay } from '../src/core/calendar.ts';
import type { Filings } from '../src/filing/procedure.ts';
import { submitFiling } from '../src/filing/submit.ts';
import { makeLocalSigner } from '../src/records/licences/local-signer.ts';
import { rememberPerson, whoIs } from '../src/records/people/who.ts';
import { PrismaClient } from '../src/store/client/client.ts';
import { applicationAnswers } from '../test/answers.ts';
import { eachStatement } from '../test/each-statement.ts';

const { databaseUrl, seconds } = JSON.parse(process.argv[2] ?? '{}') as {
  databaseUrl: string;
  seconds: number;
};
const now = () => new Date('2026-11-23T01:00:00Z');
let locking = 0;
const adapter = eachStatement(new PrismaPg({ connectionString: databaseUrl }), (sql) => {
  if (sql.includes('"AuditHead"')) locking = performance.now();
});
const db = new PrismaClient({ adapter, transactionOptions: { maxWait: 60_000, timeout: 60_000 } });
const signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-bench-')), now());
const procedures = allProcedures({ signer, temporaryMonths: 2 });
const filings: Filings = { db, now, procedures, wakeOutbox: () => undefined };

const slackId = `U${process.pid}`;
await rememberPerson(db, slackId, '김보람');
const contact = {
  agencyCode: '1741000',
  department: '정보과',
  phone: '044-205-1234',
  mobile: '010-1234-5678',
};
await db.person.update({
  where: { slackId },
  data: { ...contact, email: 'kim@korea.kr', registeredAt: now() },
});
const who = await whoIs(db, slackId);
process.once('message', async () => {
  const locked: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    await submit();
    locked.push(performance.now() - locking);
  }
  locked.sort((a, b) => a - b);
  process.send?.([locked.length, locked[Math.floor(locked.length / 2)]]);
});
await submit();
process.send?.('ready');

async function submit(): Promise<void> {
  const answers = { ...applicationAnswers, systemName: `행정안전부 ${crypto.randomUUID()}` };
  const draft = { personId: who.id, procedure: 'application', subject: '', answers: answers as object };
  const { id } = await db.draft.create({ data: { ...draft, step: 0, updatedAt: now() } });
  await submitFiling(filings, { who, place: 'bench' }, id, seoulDay(now()));
}
