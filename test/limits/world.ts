import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allProcedures } from '../../src/app/procedures.ts';
import { LONGEST } from '../../src/features/board/questions/form.ts';
import { type AnyProcedure, type Filings, getProcedure } from '../../src/filing/procedure.ts';
import type { Answers } from '../../src/messenger/forms/form.ts';
import { splitList } from '../../src/procedures/host-rules.ts';
import { PROCEDURE } from '../../src/records/filings/procedure-name.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import { whoIs } from '../../src/records/people/who.ts';
import type { Filing, Licence, Prisma, SurveyRound, System } from '../../src/store/client/client.ts';
import type { QuestionState } from '../../src/store/client/enums.ts';
import type { Known } from '../../src/store/known.ts';
import { operate } from '../../src/store/operation.ts';
import type { Db } from '../../src/store/store.ts';
import { openTestStore, testClock } from '../ground.ts';
import { fullest, onEveryField, PICKED } from './fill.ts';

/** A database in which everything is as long and as many as the forms allow. */
export interface World {
  filings: Filings;
  db: Db;
  officer: Known;
  /** A registered official in charge of `system`. */
  official: Known;
  system: System;
  close(): Promise<void>;
}

export const AGENCY = '1741000';
export const PUBLIC_AGENCY = 'B552584';
export const LONG_NAME = '가'.repeat(100);
const LONG_AGENCY = '한국행정기관의긴이름'.repeat(15);
export const SHA = '0'.repeat(64);
let count = 0;
const nextNumber = () => `2026-${String(++count).padStart(6, '0')}`;

export async function makeWorld(): Promise<World> {
  const store = await openTestStore();
  const { db } = store;
  const { now } = testClock();
  const signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), now());
  const procedures = allProcedures({ signer, temporaryMonths: 2 }, true);
  const filings: Filings = { db, now, procedures, wakeOutbox: () => {} };
  await db.agency.createMany({
    data: [
      { code: AGENCY, name: LONG_AGENCY, kind: 'ADMINISTRATIVE', abolished: true, successorCode: '1741001' },
      { code: PUBLIC_AGENCY, name: LONG_AGENCY, kind: 'PUBLIC' },
    ],
  });
  await db.blob.create({ data: { sha256: SHA, size: 3_145_728, createdAt: now() } });
  const officer = await makePerson(db, {
    grants: { create: { role: 'OFFICER', grantedBy: 'test', grantedAt: now() } },
  });
  const official = await makePerson(db);
  await makePerson(db, { slackId: PICKED });
  const system = await makeSystem(db, official, now());
  return { filings, db, officer, official, system, close: () => store.close() };
}

/** Registered with long contact details, unless told otherwise. */
export async function makePerson(db: Db, more: Partial<Prisma.PersonCreateInput> = {}): Promise<Known> {
  const slackId = more.slackId ?? `U${String(++count).padStart(9, '0')}`;
  await db.person.create({
    data: {
      slackId,
      name: '가'.repeat(40),
      agency: { connect: { code: AGENCY } },
      department: LONG_NAME,
      position: LONG_NAME,
      phone: '02-2031-9000',
      mobile: '010-1234-5678',
      email: `${'k'.repeat(60)}@korea.kr`,
      registeredAt: new Date(0),
      ...more,
    },
  });
  return whoIs(db, slackId);
}

export function makeSystem(db: Db, contact: Known, createdAt: Date): Promise<System> {
  return db.system.create({
    data: { name: LONG_NAME, agencyCode: AGENCY, contactId: contact.id, createdAt },
  });
}

type Life = Pick<Filing, 'state'> & Partial<Pick<Filing, 'approvedRevision'>>;
/** Every state that a filing can be in, and 승인취소, which is RETURNED after an approval. */
export const lives: Life[] = [
  { state: 'SUBMITTED' },
  { state: 'RETURNED' },
  { state: 'APPROVED', approvedRevision: 2 },
  { state: 'RETURNED', approvedRevision: 2 },
  { state: 'REJECTED' },
  { state: 'WITHDRAWN' },
];

/** A filing corrected once in every field, remarked in every field, with `history` more rows of it. */
export async function makeFiling(
  { db, filings, officer, official, system }: World,
  procedure: AnyProcedure,
  life: Life,
  answers: Answers,
  history = 30,
): Promise<Filing> {
  const { form, name } = procedure;
  const unregistered = name === PROCEDURE.registration; // it has no system yet
  const before = JSON.parse(JSON.stringify(answers).replaceAll('가', '다'));
  const submitted = { submittedBy: official.id, submittedAt: new Date(0) };
  const filing = await db.filing.create({
    data: {
      number: nextNumber(),
      procedure: name,
      ...life,
      revision: 2,
      title: unregistered ? LONG_AGENCY : LONG_NAME,
      applicantId: official.id,
      agencyCode: AGENCY,
      systemId: unregistered ? null : system.id,
      letterKey: 'the same letter',
      submittedAt: new Date(0),
      decidedAt: new Date(0),
      decidedBy: officer.id,
      reason: '나'.repeat(500),
      revisions: {
        create: [
          { number: 1, answers: before, ...submitted },
          { number: 2, answers: answers as object, remarks: onEveryField(form, 500), ...submitted },
        ],
      },
    },
  });
  const author = { actor: officer.id, place: 'test' };
  await operate(filings, author, async (op) => {
    for (let row = 0; row < history; row++) {
      const data = { reason: '나'.repeat(500) };
      op.audit({ action: 'filing.return', subject: `filing:${filing.id}`, person: official.id, data });
    }
  });
  return filing;
}

/** The fullest answers, first of their kind. */
export function fullAnswers(filings: Filings, procedure: string): Answers {
  return fullest(getProcedure(filings, procedure).form, 'stored')[0] ?? {};
}

/** Other systems and filings that share everything with this one, so that each automatic check has its most to say. */
export async function makeRivals({ db, official, filings }: World): Promise<void> {
  const answers = fullAnswers(filings, 'application');
  await db.system.create({
    data: {
      name: String(answers.systemName),
      agencyCode: AGENCY,
      contactId: official.id,
      serverIps: splitList(String(answers.ip)),
      serverCn: String(answers.serverCn),
      createdAt: new Date(0),
    },
  });
  await db.filing.createMany({
    data: Array.from({ length: 100 }, () => ({
      number: nextNumber(),
      procedure: 'application',
      state: 'REJECTED' as const,
      revision: 1,
      title: LONG_NAME,
      applicantId: official.id,
      letterKey: 'the same letter',
      submittedAt: new Date(0),
    })),
  });
}

export async function makeLicence(
  db: Db,
  filing: Filing,
  systemId: string,
  more: Partial<Prisma.LicenceUncheckedCreateInput> = {},
): Promise<Licence> {
  const module = await db.moduleRelease.create({
    data: {
      name: LONG_NAME,
      version: `1.${++count}.0`,
      language: 'JAVA',
      os: 'LINUX',
      bits: 64,
      fileName: `${'모듈'.repeat(100)}.tar`,
      sha256: SHA,
      addedBy: 'test',
      addedAt: new Date(0),
    },
  });
  return db.licence.create({
    data: {
      number: `TEMP-${nextNumber()}`,
      kind: 'TEMPORARY',
      systemId,
      filingId: filing.id,
      revision: ++count,
      payload: {},
      fileName: 'gpkiapi.lic',
      sha256: SHA,
      moduleId: module.id,
      issuedAt: new Date(0),
      expiresOn: '2026-11-22',
      ...more,
    },
  });
}

/** Systems of one person, each with an application that was returned and a temporary licence that expired. */
export async function makeSystems(db: Db, contact: Known, howMany: number): Promise<void> {
  const rows = Array.from({ length: howMany }, () => ({
    id: crypto.randomUUID(),
    filing: crypto.randomUUID(),
  }));
  await db.system.createMany({
    data: rows.map(({ id }) => ({
      id,
      name: LONG_NAME,
      agencyCode: AGENCY,
      contactId: contact.id,
      createdAt: new Date(0),
    })),
  });
  await db.filing.createMany({
    data: rows.map(({ id, filing }) => ({
      id: filing,
      number: nextNumber(),
      procedure: 'application',
      state: 'SUBMITTED' as const,
      revision: 1,
      title: LONG_NAME,
      applicantId: contact.id,
      agencyCode: AGENCY,
      systemId: id,
      submittedAt: new Date(0),
    })),
  });
  await db.licence.createMany({
    data: rows.map(({ id, filing }) => ({
      number: `TEMP-${nextNumber()}`,
      kind: 'TEMPORARY' as const,
      systemId: id,
      filingId: filing,
      revision: 1,
      payload: {},
      fileName: 'gpkiapi.lic',
      sha256: SHA,
      issuedAt: new Date(0),
      expiresOn: '2026-11-22',
    })),
  });
}

/** A question with the longest contributions of both sides, one of them taken back, each with a file. */
export function makeQuestion({ db, official, officer, system }: World, state: QuestionState) {
  const file = { sha256: SHA, name: `${'긴'.repeat(96)}.pdf`, size: 10_485_760, type: 'pdf' };
  const entry = (byOfficer: boolean, more: object = {}) => ({
    authorId: byOfficer ? officer.id : official.id,
    byOfficer,
    text: '가'.repeat(LONGEST),
    files: [file],
    writtenAt: new Date(++count),
    ...more,
  });
  return db.question.create({
    data: {
      number: `Q${nextNumber()}`,
      askerId: official.id,
      systemId: system.id,
      title: '나'.repeat(100),
      state,
      askedAt: new Date(0),
      waitingSince: new Date(0),
      answeredAt: state === 'OPEN' ? null : new Date(0),
      assigneeId: officer.id,
      entries: {
        create: [
          entry(false),
          entry(true, { editedTs: '1.1' }),
          entry(true, { withdrawnAt: new Date(0) }),
          entry(false),
        ],
      },
    },
    include: { entries: true },
  });
}

const LONG_FILE = { sha256: SHA, name: `${'긴'.repeat(96)}.pdf`, size: 10_485_760, type: 'pdf' };

/** An urgent, pinned notice as long as they come, with a file and eleven versions. */
export function makeNotice({ db, officer }: World) {
  const said = { title: '나'.repeat(100), text: '가'.repeat(3000) };
  return db.boardNotice.create({
    data: {
      kind: '이용현황조사',
      ...said,
      files: [LONG_FILE],
      target: 'ALL',
      pinnedUntil: '2099-12-31',
      publishAt: new Date(++count),
      urgent: true,
      messageFrom: new Date(0),
      writtenBy: officer.id,
      writtenAt: new Date(0),
      version: 11,
      versions: {
        create: Array.from({ length: 11 }, (_, index) => ({
          number: index + 1,
          content: said,
          by: officer.id,
          at: new Date(0),
        })),
      },
    },
  });
}

/** A resource as long as they come, with twenty versions that each have a file. */
export function makeResource({ db, officer }: World) {
  const said = { title: '나'.repeat(100), text: '가'.repeat(3000) };
  const versions = Array.from({ length: 20 }, (_, index) => ({
    number: index + 1,
    ...said,
    files: [LONG_FILE],
    by: officer.id,
    at: new Date(0),
    fetched: 1_000_000,
  }));
  return db.resource.create({
    data: {
      category: 'FAQ',
      ...said,
      version: 20,
      addedBy: officer.id,
      addedAt: new Date(0),
      changedAt: new Date(++count),
      versions: { create: versions },
    },
  });
}

/** A round that asks about 120 systems of `official`, in the longest words. */
export async function makeRound({ db, official }: World): Promise<SurveyRound> {
  await makeSystems(db, official, 120);
  const round = await db.surveyRound.create({
    data: {
      name: '가'.repeat(60),
      closesOn: '2026-12-18',
      scope: {},
      basis: '가'.repeat(300),
      message: '가'.repeat(600),
      openedBy: official.id,
      openedAt: new Date(0),
    },
  });
  const systems = await db.system.findMany({ where: { contactId: official.id }, select: { id: true } });
  await db.surveyTarget.createMany({
    data: systems.map(({ id }) => ({ roundId: round.id, systemId: id, personId: official.id })),
  });
  return round;
}
