import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allProcedures } from '../../../src/app/procedures.ts';
import { followUp } from '../../../src/features/board/questions/question.ts';
import { everythingOn } from '../../../src/features/privacy/person-export.ts';
import type { AnyProcedure } from '../../../src/filing/procedure.ts';
import { type Candidate, findCandidates } from '../../../src/procedures/destruction/candidates.ts';
import { destroyCases } from '../../../src/procedures/destruction/destroy.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import type { FileRef } from '../../../src/store/blobs.ts';
import type { Known } from '../../../src/store/known.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { personalData } from '../../house/personal-data.ts';

/**
 * One person with something in every column that holds personal data, each a word that is found again; then the export
 * and the destruction, held against what test/house/personal-data.ts says of each.
 */
const mark = (column: string) => `«${column}»`;
const personal = Object.entries(personalData).flatMap(([table, entry]) =>
  Object.entries(entry.personal).map(([column, says]) => ({ column: `${table}.${column}`, ...says })),
);
/** Enumerations and instants stand for themselves; those of the audit are looked at below. */
const SEEDED = personal.filter(({ column }) => !column.startsWith('Audit.'));

let store: Store;
let procedures: ReadonlyMap<string, AnyProcedure>;
let me = '';
let officer = '';
let exported = '';
let due: Candidate[] = [];
const clock = testClock();
const ground = { db: undefined as unknown as Store['db'], now: clock.now, wakeOutbox: () => undefined };
const ENDED = new Date('2027-06-30T09:00:00+09:00');
const closed: Record<'system' | 'account' | 'open' | 'used', string> = {
  system: '',
  account: '',
  open: '',
  used: '',
};

beforeAll(async () => {
  store = await openTestStore();
  ground.db = store.db;
  const signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), clock.now());
  procedures = allProcedures({ signer, temporaryMonths: 2 });
  await seed();
  exported = JSON.stringify(await everythingOn(store.db, procedures, me, clock.now()));
  clock.set('2038-01-01T10:00:00+09:00');
  due = (await findCandidates(store.db, clock.now())).cases;
});
afterAll(() => store?.close());

/** A stored file; nothing but the row that is given it refers to it. */
async function file(name: string): Promise<FileRef> {
  const sha256 = createHash('sha256').update(name).digest('hex');
  await store.db.blob.create({
    data: { sha256, size: 1, createdAt: ENDED, pieces: { create: { number: 0, bytes: Buffer.from('x') } } },
  });
  return { sha256, name, size: 1, type: 'pdf' } as FileRef;
}

async function seed(): Promise<void> {
  const { db } = store;
  const at = clock.now();
  await db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  const whole = (table: string, columns: readonly string[]) =>
    Object.fromEntries(columns.map((column) => [column, mark(`${table}.${column}`)]));
  const colleague = await db.person.create({
    data: { slackId: 'U0DESK', name: '최관리', registeredAt: at, agencyCode: '1741000' },
  });
  officer = colleague.id;
  const columns = Object.keys(personalData.Person?.personal ?? {});
  const person = await db.person.create({
    data: { ...whole('Person', columns), agencyCode: '1741000', registeredAt: at, deactivatedAt: ENDED },
  });
  me = person.id;
  const personId = me;
  await db.consent.create({
    data: { personId, kind: 'privacy', version: '1', text: mark('Consent.text'), agreedAt: at },
  });
  const ofCertificate = ['cn', 'subject', 'issuer', 'serial', 'policy', 'fingerprint', 'pem'] as const;
  await db.certificate.create({
    data: {
      ...(whole('Certificate', ofCertificate) as Record<(typeof ofCertificate)[number], string>),
      purpose: 'PERSON',
      personId,
      notBefore: at,
      notAfter: at,
      registeredAt: at,
    },
  });
  await db.challenge.create({
    data: { personId, text: mark('Challenge.text'), createdAt: at, expiresAt: at },
  });
  await db.stepUp.create({
    data: {
      personId,
      secret: mark('StepUp.secret'),
      pending: mark('StepUp.pending'),
      recoveryHashes: [mark('StepUp.recoveryHashes')],
    },
  });
  await db.absence.create({
    data: {
      officerId: me,
      substituteId: officer,
      fromOn: '2026-11-30',
      toOn: '2026-12-03',
      memo: mark('Absence.memo'),
      changedAt: at,
    },
  });
  const system = await db.system.create({
    data: {
      name: '민원시스템',
      agencyCode: '1741000',
      contactId: me,
      createdAt: at,
      retiredAt: ENDED,
    },
  });
  const inUse = await db.system.create({
    data: { name: '다른시스템', agencyCode: '1741000', contactId: officer, createdAt: at },
  });
  const answers = { happened: mark('Revision.answers'), kind: 'LEAK' };
  const incident = await db.filing.create({
    data: {
      number: '2026-000001',
      procedure: 'incident',
      state: 'APPROVED',
      revision: 1,
      title: mark('Filing.title'),
      applicantId: me,
      systemIds: [system.id],
      submittedAt: at,
      decidedAt: at,
      reason: mark('Filing.reason'),
      revisions: {
        create: {
          number: 1,
          answers,
          before: { phone: mark('Revision.before') },
          remarks: { happened: mark('Revision.remarks') },
          submittedBy: me,
          submittedAt: at,
        },
      },
    },
  });
  await db.caseNote.createMany({
    data: [{ filingId: incident.id, personId: officer, text: mark('CaseNote.text'), createdAt: at }],
  });
  const letter = await file('licence.lic');
  await db.licence.create({
    data: {
      number: 'REG-1',
      kind: 'REGULAR',
      systemId: system.id,
      filingId: incident.id,
      revision: 1,
      payload: {},
      fileName: 'gpkiapi.lic',
      sha256: letter.sha256,
      issuedAt: at,
      endReason: mark('Licence.endReason'),
    },
  });
  for (const [subject, procedure] of [
    ['', 'application'],
    [`filing:${incident.id}`, 'incident'],
  ] as const) {
    const held = { happened: mark('Draft.answers'), task: mark('Draft.answers') };
    const draft = await db.draft.create({
      data: {
        personId,
        procedure,
        subject,
        answers: { ...held, letter: [await file(`초안${procedure}.pdf`)] } as object,
        step: 1,
        updatedAt: at,
      },
    });
    await db.draftHelper.create({
      data: { helperId: officer, invitedBy: me, procedure, draftId: draft.id, invitedAt: at, endedAt: at },
    });
  }
  await db.outbox.create({
    data: {
      key: 'one',
      notice: mark('Outbox.notice'),
      recipient: me,
      facts: {},
      state: 'FAILED',
      channel: mark('Outbox.channel'),
      ts: mark('Outbox.ts'),
      error: mark('Outbox.error'),
      dueAt: at,
      createdAt: at,
    },
  });
  await db.reminded.create({
    data: {
      message: 'm',
      number: 1,
      key: 'k',
      notice: mark('Reminded.notice'),
      subject: 's',
      dueOn: '2026-11-30',
      step: 0,
      recipient: me,
      facts: {},
      saidOn: '2026-11-30',
    },
  });
  await db.reminderMark.create({
    data: { personId, item: mark('ReminderMark.item'), kind: 'DONE', at },
  });
  const round = await db.surveyRound.create({
    data: {
      name: '2026년',
      closesOn: '2026-12-31',
      scope: {},
      basis: '',
      message: '',
      openedBy: officer,
      openedAt: at,
    },
  });
  await db.surveyTarget.create({
    data: {
      roundId: round.id,
      systemId: system.id,
      personId,
      unchangedBy: me,
      unchangedAt: at,
      note: mark('SurveyTarget.note'),
      receivedBy: 'MAIL',
      received: [{ ...(await file(`${mark('SurveyTarget.received')}.pdf`)) }],
    },
  });
  const notice = await db.boardNotice.create({
    data: {
      kind: '안내',
      title: '점검 안내',
      text: '',
      target: 'ALL',
      publishAt: at,
      urgent: false,
      writtenBy: officer,
      writtenAt: at,
    },
  });
  await db.boardNoticeReading.create({ data: { noticeId: notice.id, personId, readAt: at } });
  await seedQuestions(system.id, inUse.id);
  await operate(ground, { actor: me, place: mark('Audit.place') }, async (op) =>
    op.audit({
      action: 'filing.review',
      subject: 'x',
      person: me,
      data: { reason: mark('Audit.data') },
    }),
  );
}

async function seedQuestions(retired: string, inUse: string): Promise<void> {
  const { db } = store;
  const at = clock.now();
  const ask = async (number: string, state: 'OPEN' | 'CLOSED', systemId: string | null) => {
    const attached = await file(`${mark('QuestionEntry.files')} ${number}.pdf`);
    const question = await db.question.create({
      data: {
        number,
        askerId: me,
        systemId,
        title: mark('Question.title'),
        state,
        askedAt: at,
        waitingSince: at,
        closedAt: state === 'CLOSED' ? at : null,
        entries: {
          create: {
            authorId: me,
            byOfficer: false,
            text: mark('QuestionEntry.text'),
            files: [attached] as object[],
            channel: mark('QuestionEntry.channel'),
            ts: `${mark('QuestionEntry.ts')} ${number}`,
            writtenAt: at,
          },
        },
      },
    });
    await db.outbox.create({
      data: {
        key: `question:${question.id}:card`,
        notice: 'question.card',
        recipient: 'questions',
        facts: {},
        channel: 'C0DESK',
        ts: number,
        dueAt: at,
        createdAt: at,
      },
    });
    return question.id;
  };
  closed.system = await ask('Q2026-000001', 'CLOSED', retired);
  closed.account = await ask('Q2026-000002', 'CLOSED', null);
  closed.open = await ask('Q2026-000003', 'OPEN', null);
  closed.used = await ask('Q2026-000004', 'CLOSED', inUse);
}

/** Tables in which a text stands. */
async function everywhere(text: string): Promise<string[]> {
  const { db } = store;
  const found: string[] = [];
  for (const table of Object.keys(personalData)) {
    const [row] = await db.$queryRawUnsafe<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM "${table}" t WHERE strpos(t::text, $1) > 0`,
      text,
    );
    if (row?.n) found.push(table);
  }
  return found;
}

const destroy = (cases: readonly Candidate[]) =>
  operate(ground, { actor: officer, place: 'test' }, (op) => destroyCases(op, procedures, cases, me));

test('the person of this test has something in every column', async () => {
  for (const { column } of personal)
    expect([column, await everywhere(mark(column))]).toEqual([column, [column.split('.')[0]]]);
});

describe('the export', () => {
  test.each(personal)('$column', ({ column, exported: says }) => {
    expect([column, exported.includes(mark(column))]).toEqual([column, says === true]);
  });

  test('tells the rest in words, and nothing of who else was in it', () => {
    for (const word of ['Q2026-000003', '점검 안내', '2026년', '도움을 요청한 사람', '표준API 관리자'].slice(
      0,
      4,
    ))
      expect(exported).toContain(word);
    expect(exported).not.toMatch(/최관리|U0DESK/);
    expect(exported).not.toContain(officer);
  });
});

describe('the destruction', () => {
  test('lists the incident and both questions that are over; not what is open or about a system in use', () => {
    expect(due.map(({ number }) => number).sort()).toEqual(['2026-000001', 'Q2026-000001', 'Q2026-000002']);
    for (const { title } of due.filter(({ kind }) => kind === 'question')) expect(title).toBe('Q&A 문의');
  });

  test('leaves the person while a question of theirs goes on', async () => {
    expect(await destroy(due)).toMatchObject({ cases: 3, people: 0, files: 3 });
    expect((await store.db.person.findUniqueOrThrow({ where: { id: me } })).name).toBe(mark('Person.name'));
    const card = await store.db.outbox.findUniqueOrThrow({
      where: { key: `question:${closed.system}:card` },
    });
    expect([card.channel, card.ts]).toEqual([null, null]);
    const who = { id: me, officer: false } as Known;
    await expect(
      followUp(ground, { who, place: 'test' }, closed.system, { text: '더', files: [] }),
    ).rejects.toMatchObject({ message: '보존기간이 지나 파기한 문의입니다.' });
  });

  test('takes the person with the last of them, and every file that nothing refers to', async () => {
    const { db } = store;
    await db.question.update({
      where: { id: closed.open },
      data: { state: 'CLOSED', closedAt: new Date('2027-01-04T09:00:00+09:00') },
    });
    await db.system.updateMany({ data: { retiredAt: ENDED } });
    const { cases } = await findCandidates(db, clock.now());
    expect(cases.map(({ number }) => number)).toEqual(['Q2026-000003', 'Q2026-000004']);
    expect(await destroy(cases)).toMatchObject({ cases: 2, people: 1 });
    expect((await db.blob.findMany()).length).toBe(1); // the licence
    expect(await db.draftHelper.count()).toBe(0);
    expect((await findCandidates(db, clock.now())).total).toBe(0);
  });

  test.each(SEEDED)('$column', async ({ column, destroyed }) => {
    expect([column, (await everywhere(mark(column))).length > 0]).toEqual([column, destroyed !== true]);
  });

  test('is in the register by numbers, and in the trail without words', async () => {
    const { db } = store;
    const book = await db.destruction.findMany({ orderBy: { subject: 'asc' } });
    expect(book.map(({ subject }) => subject)).toEqual([
      '2026-000001',
      'Q2026-000001',
      'Q2026-000002',
      'Q2026-000003',
      'Q2026-000004',
    ]);
    const rows = await db.audit.findMany({ where: { action: { endsWith: '.destroy' } } });
    expect(rows.map(({ action }) => action).sort()).toEqual([
      'filing.destroy',
      'person.destroy',
      ...Array(4).fill('question.destroy'),
    ]);
    expect(JSON.stringify([book, rows])).not.toContain('«');
  });
});
