import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { allProcedures } from '../../src/app/procedures.ts';
import { seoulDay } from '../../src/core/calendar.ts';
import type { Filings } from '../../src/filing/procedure.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import type { Answers } from '../../src/messenger/forms/form.ts';
import type { Subject } from '../../src/records/filings/subject.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { whoIs } from '../../src/records/people/who.ts';
import { putBlob } from '../../src/store/blobs.ts';
import type { Filing } from '../../src/store/client/client.ts';
import type { Known } from '../../src/store/known.ts';
import type { Store } from '../../src/store/store.ts';
import { applicationAnswers } from '../answers.ts';
import {
  createDatabase,
  type OnStatement,
  onPostgres,
  openTestStore,
  storeAt,
  type TestClock,
  testClock,
} from '../ground.ts';

/** The filing engine on a real database, as one process has it or as several do, with people to act as. */
export interface FilingGround {
  store: Store;
  clock: TestClock;
  /** One engine a process: on PostgreSQL each with its own connections, else all on the one database. */
  engines: [Filings, ...Filings[]];
  kim: Known;
  lee: Known;
  officers: Known[];
  /** What was typed, ready to be submitted. @returns the draft's id */
  draft(who: Known, answers: Answers, over?: { procedure?: string; subject?: Subject }): Promise<string>;
  /** Drafted and submitted. */
  submitted(who: Known, answers?: Answers, over?: { procedure?: string; subject?: Subject }): Promise<Filing>;
  today(): string;
  close(): Promise<void>;
}

export async function setFilings(
  options: { processes?: number; officers?: number; clock?: TestClock; onStatement?: OnStatement } = {},
): Promise<FilingGround> {
  const { processes = 1, officers = 2, clock = testClock(), onStatement } = options;
  const { stores, close } = await openStores(processes, onStatement);
  const [store] = stores;
  await seed(store, clock.now(), officers);
  const signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), clock.now());
  const procedures = allProcedures({ signer, temporaryMonths: 2 });
  const engine = ({ db }: Store): Filings => ({
    db,
    now: clock.now,
    procedures,
    wakeOutbox: () => undefined,
  });
  const today = () => seoulDay(clock.now());
  const draft: FilingGround['draft'] = async (
    who,
    answers,
    { procedure = 'application', subject = '' } = {},
  ) => {
    const row = { personId: who.id, procedure, subject, answers: answers as object };
    const { id } = await store.db.draft.create({ data: { ...row, step: 0, updatedAt: clock.now() } });
    return id;
  };
  return {
    store,
    clock,
    engines: [engine(store), ...stores.slice(1).map(engine)],
    kim: await whoIs(store.db, 'U0KIM000001'),
    lee: await whoIs(store.db, 'U0LEE000001'),
    officers: await Promise.all(
      Array.from({ length: officers }, (_, index) => whoIs(store.db, officerId(index))),
    ),
    draft,
    submitted: async (who, answers = applicationAnswers, over = {}) =>
      submitFiling(engine(store), { who, place: 'test' }, await draft(who, answers, over), today()),
    today,
    close,
  };
}

async function openStores(
  count: number,
  onStatement?: OnStatement,
): Promise<{ stores: [Store, ...Store[]]; close(): Promise<void> }> {
  const template = inject('template');
  if (!onPostgres() || template.kind !== 'postgres') {
    const store = await openTestStore(onStatement);
    return { stores: [store, ...Array<Store>(count - 1).fill(store)], close: store.close };
  }
  const { url, drop } = await createDatabase(template.name);
  const first = storeAt(url, onStatement);
  const others = Array.from({ length: count - 1 }, () => storeAt(url, onStatement));
  return {
    stores: [first, ...others],
    close: async () => {
      await Promise.all([first, ...others].map((store) => store.close()));
      await drop();
    },
  };
}

const surnames = '최정강조윤장임한오서신권황안송류전홍고문';
const officerId = (index: number) => `U0OFFICER${String(index).padStart(2, '0')}`;

/** An agency, two registered officials, officers and a module. */
export async function seed({ db }: Pick<Store, 'db'>, now: Date, officers: number): Promise<void> {
  const agencyCode = '1741000';
  await db.agency.create({ data: { code: agencyCode, name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  const contact = {
    agencyCode,
    department: '디지털안전정책과',
    phone: '044-205-1234',
    mobile: '010-1234-5678',
    registeredAt: now,
  };
  await db.person.createMany({
    data: [
      { ...contact, slackId: 'U0KIM000001', name: '김보람', email: 'kim@korea.kr' },
      { ...contact, slackId: 'U0LEE000001', name: '이정훈', email: 'lee@korea.kr' },
    ],
  });
  for (let index = 0; index < officers; index++) {
    const name = `${surnames[index % surnames.length]}관리`;
    const { id } = await db.person.create({ data: { slackId: officerId(index), name } });
    await db.grant.create({ data: { personId: id, role: 'OFFICER', grantedBy: 'test', grantedAt: now } });
  }
  const sha256 = await db.$transaction((tx) => putBlob(tx, Buffer.from('sample module'), now));
  await db.moduleRelease.create({
    data: {
      name: '표준API 모듈',
      version: '1.10.0',
      language: 'JAVA',
      os: 'LINUX',
      bits: 64,
      fileName: 'gpkiapi-java-linux-64.tar',
      sha256,
      addedBy: 'test',
      addedAt: now,
    },
  });
}
