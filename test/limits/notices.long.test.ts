import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allNotices } from '../../src/app/notices.ts';
import { cardKey, entryKey, filesKey } from '../../src/features/board/questions/tell.ts';
import { MEMO_MAX } from '../../src/features/desk/absence/form.ts';
import { exportLists } from '../../src/features/desk/export-lists.ts';
import { paperOf } from '../../src/features/documents/papers.ts';
import { revocationNotices } from '../../src/features/licences/revocations-slack.ts';
import { stepUpNotices } from '../../src/filing/step-up/notices.ts';
import { KEY_BYTES, makeSecretBox } from '../../src/filing/step-up/secret-box.ts';
import { renderMail } from '../../src/messenger/mail/render-mail.ts';
import { paperForm } from '../../src/procedures/paper-form/form.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import type { Signer } from '../../src/records/licences/signer.ts';
import { reminders } from '../../src/reminders/reminders.ts';
import type { Filing, SurveyRound } from '../../src/store/client/client.ts';
import { DESK } from '../../src/store/outbox.ts';
import { OF_SCREENS } from '../mail/post-office.ts';
import { fullest } from './fill.ts';
import { messageFaults } from './hold.ts';
import {
  AGENCY,
  lives,
  makeFiling,
  makeLicence,
  makeNotice,
  makePerson,
  makeQuestion,
  makeResource,
  makeRound,
  makeSystem,
  makeSystems,
  makeWorld,
  type World,
} from './world.ts';

/** Everything that the bot says unasked, with the most that it can be told to say. */
type Facts = Record<string, string | number | null>;
const box = makeSecretBox(Buffer.alloc(KEY_BYTES));
let world: World;
const filings: Filing[] = [];
/** What each notice may be asked to render; a notice that is not here fails the test until it is. */
const facts: Record<string, Facts[]> = {};

beforeAll(async () => {
  world = await makeWorld();
  const { db, official, system } = world;
  for (const procedure of world.filings.procedures.values()) {
    const [answers = {}] = fullest(procedure.form, 'stored');
    for (const life of lives) filings.push(await makeFiling(world, procedure, life, answers, 0));
  }
  const [first] = filings;
  if (!first) throw new Error('no filings');
  const failed = await db.outbox.create({
    data: {
      key: 'failed',
      notice: 'licence.delivery',
      recipient: official.id,
      facts: {},
      state: 'FAILED',
      error: '나'.repeat(20_000),
      dueAt: new Date(0),
      createdAt: new Date(0),
    },
  });
  const temporary = await makeLicence(db, first, system.id);
  const regular = await makeLicence(db, first, system.id, {
    kind: 'REGULAR',
    number: 'REG-2026-000001',
    expiresOn: null,
    moduleId: null,
    supersededAt: new Date(0),
  });
  const behind = await db.licence.findFirstOrThrow({
    where: { systemId: system.id, moduleId: { not: null } },
  });
  const used = await db.moduleRelease.findUniqueOrThrow({ where: { id: behind.moduleId ?? '' } });
  const { id: _, ...product } = used;
  const newer = await db.moduleRelease.create({
    data: { ...product, version: '99', notes: '나'.repeat(1000) },
  });
  facts['module.newer'] = [{ moduleId: newer.id, personId: official.id }];
  facts.greeting = [world.officer, official].map(({ id }) => ({ personId: id }));
  facts['module.delivery'] = [{ moduleId: newer.id }];
  const trial = await makeSystem(db, await makePerson(db), new Date(0));
  const expiring = await makeLicence(db, first, trial.id);
  const today = '2026-11-23';

  facts['filing.card'] = filings.map(({ id }) => ({ filingId: id, fresh: 1 }));
  facts['filing.decided'] = filings.map(({ id, revision }) => ({
    filingId: id,
    revision,
    verb: 'filing.return',
  }));
  const told = await db.outbox.create({
    data: {
      key: 'told',
      notice: 'filing.decided',
      recipient: official.id,
      facts: {},
      state: 'SENT',
      ts: '1.1',
      dueAt: new Date(0),
      createdAt: new Date(0),
    },
  });
  facts['filing.undone'] = filings.map(({ id, state }) => ({ filingId: id, state, decided: told.key }));
  facts['filing.attachment'] = filings.flatMap(({ id, revision, procedure }) =>
    Object.entries(world.filings.procedures.get(procedure)?.form.fields ?? {})
      .filter(([, { input }]) => input.kind === 'file')
      .map(([field]) => ({ filingId: id, revision, field })),
  );
  facts['outbox.failed'] = [{ outboxId: failed.id }];
  facts['audit.checkpoint'] = [{ seq: 1_234_567, hash: 'a'.repeat(64), at: '2026-11-23T01:00:00.000Z' }];
  facts['outbox.held'] = [{ error: 'restricted_action_non_threadable_channel', desk: 1 }];
  await db.outbox.create({
    data: {
      key: 'held',
      notice: 'filing.card',
      recipient: DESK,
      facts: {},
      error: 'An API error occurred: restricted_action_non_threadable_channel',
      dueAt: new Date(0),
      createdAt: new Date(0),
    },
  });
  facts['outbox.corrected'] = [{ outboxId: failed.id, by: world.officer.id }];
  facts['licence.delivery'] = [temporary, regular].map(({ id }) => ({ licenceId: id }));
  signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), new Date(0));
  facts['licence.revocations'] = [{ at: 0 }];
  const left = await makePerson(db, { deactivatedAt: new Date(0) });
  await makeSystems(db, left, 50);
  facts['person.left'] = [{ personId: left.id }];
  const many = await db.system.findMany({ take: 150, select: { id: true } });
  const offered = await db.filing.findFirstOrThrow({ where: { procedure: 'contactChange' } });
  await db.filing.update({
    where: { id: offered.id },
    data: {
      state: 'OFFERED',
      namedId: trial.contactId,
      systemId: null,
      systemIds: many.map(({ id }) => id),
      title: '가'.repeat(200),
    },
  });
  facts['filing.offered'] = [{ filingId: offered.id, revision: offered.revision }];
  const abandoned = await db.filing.findFirstOrThrow({ where: { procedure: 'deputyAppointment' } });
  await db.filing.update({
    where: { id: abandoned.id },
    data: { state: 'OFFERED', namedId: left.id, title: '가'.repeat(200) },
  });
  facts['filing.abandoned'] = [{ filingId: abandoned.id, personId: left.id }];
  facts['contact.changed'] = ['successor', 'predecessor'].map((side) => ({ filingId: offered.id, side }));
  const claim = await db.filing.findFirstOrThrow({ where: { procedure: 'successorClaim' } });
  await db.filing.update({
    where: { id: claim.id },
    data: { state: 'SUBMITTED', systemIds: many.map(({ id }) => id), title: '가'.repeat(200) },
  });
  facts['filing.received'] = [{ filingId: claim.id, revision: claim.revision }];
  facts['contact.claimed'] = [{ systemId: many[0]?.id ?? '', claimantId: claim.applicantId }];
  facts['claim.objected'] = [{ filingId: claim.id }];
  facts['deputy.ended'] = [{ systemId: system.id, deputyId: official.id }];
  const asked = await db.draftHelper.create({
    data: {
      helperId: official.id,
      invitedBy: official.id,
      procedure: 'application',
      filingId: first.id,
      invitedAt: new Date(0),
    },
  });
  const helped = await db.draft.create({
    data: {
      personId: official.id,
      procedure: 'application',
      subject: '',
      answers: {},
      step: 0,
      updatedAt: new Date(0),
    },
  });
  facts['helper.invited'] = [{ helperRow: asked.id }];
  const over = {
    helperId: official.id,
    invitedBy: official.id,
    procedure: 'application',
    filingId: first.id,
  };
  const ended = await db.draftHelper.create({
    data: { ...over, invitedAt: new Date(0), endedAt: new Date(0) },
  });
  facts['helper.ended'] = [{ helperRow: ended.id }];
  facts['helper.resumed'] = [{ helperRow: asked.id, ended: told.key }];
  facts['helper.done'] = [{ draftId: helped.id, helperId: official.id }];
  facts['role.changed'] = [
    { role: 'OFFICER', granted: 1 },
    { role: 'AUDITOR', granted: 0 },
  ];
  const challenge = await db.challenge.create({
    data: {
      personId: official.id,
      text: `bogeup-challenge/1 ${'x'.repeat(300)}`,
      createdAt: new Date(0),
      expiresAt: new Date(0),
    },
  });
  facts['certificate.challenge'] = [{ challengeId: challenge.id }];
  const pending = box.seal('JBSWY3DPEHPK3PXP'.repeat(2), official.id);
  await db.stepUp.create({ data: { personId: official.id, pending, pendingUntil: new Date(1) } });
  facts['stepUp.picture'] = [{ personId: official.id, until: 1 }];
  facts['stepUp.warning'] = ['enrolled', 'recovery', 'locked', 'reset'].map((what) => ({ what, at: 0 }));
  Object.assign(facts, await questionFacts(world));
  const incident = filings.find(({ procedure }) => procedure === 'incident');
  const aboutIncident = { filingId: incident?.id ?? '', systemId: trial.id };
  const away = {
    officerId: official.id,
    substituteId: world.officer.id,
    fromOn: '2026-11-20',
    toOn: '2026-12-31',
    memo: '나'.repeat(MEMO_MAX),
    changedAt: new Date(0),
  };
  const absence = await db.absence.create({ data: away });
  await db.absence.create({ data: { ...away, officerId: away.substituteId, substituteId: away.officerId } });
  facts['absence.named'] = [0, 1].map((again) => ({ absenceId: absence.id, revision: 1, again }));
  facts['absence.unnamed'] = [{ absenceId: absence.id, to: 'somebody' }];
  facts['absence.uncovered'] = [0, 1].map((desk) => ({ absenceId: absence.id, desk }));
  facts['incident.noted'] = [0, 1].map((desk) => ({ ...aboutIncident, desk }));
  facts['licence.revoked'] = [aboutIncident];
  facts['scvp.needed'] = [{ systemId: trial.id }];
  const notice = await makeNotice(world);
  const resource = await makeResource(world);
  facts['notice.message'] = [{ noticeId: notice.id }];
  facts['notice.file'] = [{ noticeId: notice.id }];
  facts['resource.file'] = [1, 2].map((number) => ({ resourceId: resource.id, number }));
  const round = await makeRound(world);
  const items = await remindable(trial.id, expiring.id, filings, left.id, round);
  expect([...new Set(items.map(({ notice }) => notice))].sort()).toEqual(
    reminders.map(({ notice }) => notice).sort(),
  );
  const contact = trial.contactId;
  const alone = items.map((item, n) => ({ message: `alone ${n}`, recipient: contact, items: [item] }));
  const atDesk = items.map((item, n) => ({ message: `desk ${n}`, recipient: DESK, items: [item] }));
  const everything = [contact, DESK].flatMap((recipient) =>
    [9, 40, 70].map((count) => ({
      message: `${count} for ${recipient}`,
      recipient,
      items: Array.from({ length: count }, (_, n) => items[n % items.length] ?? items[0]),
    })),
  );
  const messages = [...alone, ...atDesk, ...everything];
  for (const { message, recipient, items: own } of messages)
    await db.reminded.createMany({
      data: own.flatMap((item, number) =>
        item
          ? [
              {
                subject: `${number}`,
                ...item,
                message,
                number,
                key: `${message} ${number}`,
                step: -1000,
                recipient,
                saidOn: today,
              },
            ]
          : [],
      ),
    });
  facts.reminders = messages.map(({ message, recipient }) => ({ message, to: recipient }));
  facts['desk.export'] = Object.keys(exportLists).flatMap((list) =>
    [0, 1].map((whole) => ({ list, whole, personId: world.officer.id, at: '2026-11-23T01:00:00.000Z' })),
  );
  const period = { from: '2026-01-01', to: '2026-12-31' };
  facts['statistics.charts'] = [period];
  facts['statistics.files'] = [period];
  facts['survey.asked'] = [{ roundId: round.id, personId: official.id }];
  facts['survey.board'] = [{ roundId: round.id, fresh: 1 }];
  facts['survey.chart'] = [{ roundId: round.id }];
  facts['survey.result'] = [{ roundId: round.id }];
  const received = [{ sha256: 'a'.repeat(64), name: `${'가'.repeat(200)}.pdf`, size: 1, type: 'pdf' }];
  const target = await db.surveyTarget.findFirstOrThrow({ where: { roundId: round.id } });
  const { systemId } = target;
  await db.surveyTarget.update({
    where: { roundId_systemId: { roundId: round.id, systemId } },
    data: { received },
  });
  facts['survey.received'] = [{ roundId: round.id, systemId }];
  const at = '2026-11-23T01:00:00.000Z';
  facts['access.report'] = [{ month: '2026-11', at }];
  facts['audit.export'] = [{ month: '2026-11', at }];
  facts['paper.blank'] = ['api', 'scvp'].map((paper) => ({ paper, at }));
  const [fullPaper = {}] = fullest(paperForm, 'stored');
  const ready = await db.draft.create({
    data: {
      personId: official.id,
      procedure: 'paperForm',
      subject: 'ready:paper',
      answers: fullPaper as object,
      step: 0,
      updatedAt: new Date(0),
    },
  });
  facts['paper.filled'] = [{ draftId: ready.id }];
  facts['filing.document'] = filings
    .filter(({ procedure }) => paperOf(procedure))
    .map(({ id, revision }) => ({ filingId: id, revision }));
  facts['person.export'] = ['csv', 'json'].map((format) => ({ personId: official.id, format, at }));
});
afterAll(() => world?.close());

/** Every notice of Q&A, of questions in every state and of the longest texts. */
async function questionFacts({ db }: World): Promise<Record<string, Facts[]>> {
  const found: Record<string, Facts[]> = { card: [], entry: [], files: [], assigned: [], closed: [] };
  const sent = (key: string) => ({
    key,
    notice: 'test',
    recipient: 'test',
    facts: {},
    dueAt: new Date(0),
    createdAt: new Date(0),
    channel: 'C1',
    ts: '1.1',
  });
  for (const state of ['OPEN', 'ANSWERED', 'CLOSED'] as const) {
    const question = await makeQuestion(world, state);
    const entries = question.entries.map(({ id }) => id);
    await db.outbox.createMany({
      data: [
        sent(cardKey(question.id)),
        ...entries.flatMap((id) =>
          [0, 1].flatMap((desk) => [sent(entryKey(id, desk)), sent(filesKey(id, desk))]),
        ),
      ],
    });
    found.card?.push(...[0, 1].map((update) => ({ questionId: question.id, update })));
    for (const entryId of entries) {
      found.entry?.push(...[0, 1].flatMap((desk) => [0, 1].map((edit) => ({ entryId, desk, edit }))));
      found.files?.push(...[0, 1].flatMap((desk) => [0, 1].map((takeBack) => ({ entryId, desk, takeBack }))));
    }
    found.assigned?.push({ questionId: question.id, personId: question.assigneeId });
    found.closed?.push({ questionId: question.id });
  }
  return Object.fromEntries(Object.entries(found).map(([name, list]) => [`question.${name}`, list]));
}

/** One thing of every reminder, for the contact of a system on trial and for the desk. */
async function remindable(
  systemId: string,
  licenceId: string,
  all: Filing[],
  leftId: string,
  round: SurveyRound,
) {
  const { db } = world;
  const { contactId } = await db.system.findUniqueOrThrow({ where: { id: systemId } });
  await db.surveyTarget.create({ data: { roundId: round.id, systemId, personId: contactId } });
  const trial = await db.system.update({ where: { id: systemId }, data: { serviceOn: '2026-11-20' } });
  const orphan = await db.system.findFirstOrThrow({ where: { contactId: leftId } });
  const dueOn = '2026-11-22';
  const offer = all.find(({ procedure }) => procedure === 'contactChange');
  const last = await makePerson(db, {
    grants: { create: { role: 'OFFICER', grantedBy: 'test', grantedAt: new Date(0) } },
  });
  const absenceOf = (officerId: string, substituteId: string, toOn: string) =>
    db.absence.create({
      data: {
        officerId,
        substituteId,
        fromOn: dueOn,
        toOn,
        memo: '나'.repeat(MEMO_MAX),
        changedAt: new Date(0),
      },
    });
  const certificate = {
    cn: `SVR${'1'.repeat(60)}`,
    subject: '',
    issuer: '',
    serial: '',
    notBefore: new Date(0),
    notAfter: new Date(`${dueOn}T12:00:00+09:00`),
    fingerprint: '',
    registeredAt: new Date(0),
  };
  const ofServer = await db.certificate.create({ data: { ...certificate, purpose: 'SERVER', systemId } });
  const ofPerson = await db.certificate.create({
    data: { ...certificate, purpose: 'PERSON', personId: trial.contactId },
  });
  const draft = (procedure: string, days: number) =>
    db.draft.create({
      data: {
        personId: trial.contactId,
        procedure,
        subject: '',
        answers: {},
        step: 1,
        updatedAt: new Date(Date.parse(`${dueOn}T12:00:00+09:00`) - days * 86_400_000),
      },
    });
  return [
    { notice: 'licence.expiring', dueOn, facts: { licenceId } },
    { notice: 'report.due', dueOn: '2026-11-20', facts: { systemId } },
    { notice: 'service.onTrial', dueOn: '2026-11-20', facts: { systemId } },
    { notice: 'certificate.expiring', dueOn, facts: { certificateId: ofServer.id } },
    { notice: 'certificate.expiring', dueOn, facts: { certificateId: ofPerson.id } },
    ...all.map(({ id, revision }) => ({
      notice: 'filing.unanswered',
      dueOn,
      facts: { filingId: id, revision },
    })),
    ...['offer.unanswered', 'offer.stalled'].map((notice) => ({
      notice,
      dueOn,
      facts: { filingId: offer?.id ?? '', revision: offer?.revision ?? 0 },
    })),
    { notice: 'draft.lying', dueOn, facts: { draftId: (await draft('application', 0)).id } },
    { notice: 'draft.ending', dueOn, facts: { draftId: (await draft('resultReport', 90)).id } },
    { notice: 'handover', dueOn, facts: {} },
    {
      notice: 'contact.left',
      dueOn: '1970-01-01',
      facts: { systemId: orphan.id, contactId: leftId },
    },
    ...['survey.silent', 'survey.deputies', 'survey.agencies', 'survey.ended'].map((notice) => ({
      notice,
      dueOn: round.closesOn,
      facts: { roundId: round.id, agency: AGENCY },
    })),
    { notice: 'filings.waiting', dueOn: '2026-11-23', facts: {} },
    { notice: 'questions.waiting', dueOn: '2026-11-23', facts: {} },
    { notice: 'incidents.untouched', dueOn: '2026-11-23', facts: {} },
    { notice: 'access.monthly', dueOn: '2026-11-01', facts: { month: '2026-10' } },
    {
      notice: 'absence.begins',
      dueOn: '2026-11-22',
      facts: { absenceId: (await absenceOf(world.officer.id, contactId, '2026-12-31')).id },
    },
    {
      notice: 'absence.over',
      dueOn: '2026-11-22',
      facts: { absenceId: (await absenceOf(last.id, contactId, '2026-11-22')).id },
    },
  ];
}

const notices = () => ({
  ...allNotices(world.filings),
  ...stepUpNotices(box),
  ...revocationNotices(signer),
});
let signer: Signer;

test('every notice is looked at', () => {
  expect(Object.keys(facts).sort()).toEqual(Object.keys(notices()).sort());
});

test('every notice is within what a message holds', async () => {
  const rendered: Record<string, number> = {};
  const faults: string[] = [];
  for (const [name, notice] of Object.entries(notices())) {
    const render = typeof notice === 'function' ? notice : notice.card;
    for (const one of facts[name] ?? []) {
      const message = await render(world.db, one);
      if (!message) continue;
      rendered[name] = (rendered[name] ?? 0) + 1;
      faults.push(...messageFaults(message).map((fault) => `${name} ${JSON.stringify(one)}: ${fault}`));
    }
  }
  expect(faults).toEqual([]);
  expect(Object.keys(rendered).sort()).toEqual(Object.keys(facts).sort()); // each said something
});

/** What people without a messenger account get by mail; the reminders of theirs are in test/reminders. */
const MAILED = [
  'filing.decided',
  'filing.undone',
  'licence.delivery',
  'module.newer',
  'module.delivery',
  'scvp.needed',
  'survey.asked',
];

test('what goes by mail speaks of no screen', async () => {
  const { db, filings: registry } = world;
  const speaking: string[] = [];
  const rendered = new Set<string>();
  for (const name of MAILED) {
    const notice = notices()[name];
    if (typeof notice !== 'function') throw new Error(`no notice ${name}`);
    for (const one of facts[name] ?? []) {
      const filing = filings.find(({ id }) => id === one.filingId);
      if (filing && !registry.procedures.get(filing.procedure)?.paper) continue; // not entered for them
      const message = await notice(db, one, 'mail', world.official.id);
      if (message) rendered.add(name);
      const found = message && OF_SCREENS.exec(renderMail(message, '').text);
      if (found) speaking.push(`${name} ${filing?.procedure ?? ''}: ${found[0]}`);
    }
  }
  expect(speaking).toEqual([]);
  expect([...rendered].sort()).toEqual([...MAILED].sort());
});
