import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemLook } from '../../src/features/desk/system-look.ts';
import { everythingOn } from '../../src/features/privacy/person-export.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import type { Decision } from '../../src/filing/decision.ts';
import { openDraft } from '../../src/filing/drafts.ts';
import { getWorkingDraft } from '../../src/filing/helpers.ts';
import { getProcedure } from '../../src/filing/procedure.ts';
import { approveTogether, plainFilings } from '../../src/filing/together.ts';
import type { Answers } from '../../src/messenger/forms/form.ts';
import { transferSystems } from '../../src/procedures/contact-change/transfer.ts';
import type { Subject } from '../../src/records/filings/subject.ts';
import { whoIs } from '../../src/records/people/who.ts';
import type { System } from '../../src/store/client/client.ts';
import { operate } from '../../src/store/operation.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';

/** A licensed system whose contact has no messenger account any more, and another one of the same contact. */
let ground: FilingGround;
let system: System;
let other: System;
beforeEach(async () => {
  ground = await setFilings();
  const { kim, store } = ground;
  const { id } = await ground.submitted(kim);
  await approve(1, id);
  system = await store.db.system.findFirstOrThrow();
  const { agencyCode, contactId } = system;
  const createdAt = ground.clock.now();
  other = await store.db.system.create({
    data: { name: '가장 앞선 이름', agencyCode, contactId, createdAt },
  });
  await store.db.person.update({ where: { id: kim.id }, data: { slackId: null } });
});
afterEach(() => ground?.close());

const attachment = { sha256: 'a'.repeat(64), name: '공문.pdf', size: 1024, type: 'pdf' };
const newcomer: Answers = {
  scope: 'ALL',
  department: '디지털혁신부',
  name: '최민호',
  phone: '02-1234-9999',
  mobile: '010-4444-5555',
  email: 'choi@public.or.kr',
  consent: 'AGREED',
  received: [attachment],
};

function officer(index: number) {
  const found = ground.officers[index];
  if (!found) throw new Error('too few officers');
  return found;
}
const decide = (by: number, decision: Decision) =>
  decideFiling(ground.engines[0], { who: officer(by), place: 'test' }, decision);
const approve = (by: number, filingId: string) => decide(by, { verb: 'filing.approve', filingId });
const sendBack = (by: number, filingId: string, reason: string) =>
  decide(by, { verb: 'filing.return', filingId, reason });
const enter = (procedure: string, answers: Answers, subject: Subject = `paper:system:${system.id}`) =>
  ground.submitted(officer(0), answers, { procedure, subject });
/** The window that opens for the officer, filled. */
const opened = (procedure: string, subject: Subject) =>
  openDraft(
    ground.store.db,
    ground.clock.now(),
    getProcedure(ground.engines[0], procedure),
    officer(0),
    subject,
  );
const typed = async (procedure: string, subject: Subject) =>
  (await opened(procedure, subject)).answers as unknown as Answers;

/** What is registered of the system, as the form begins. */
const standing = () =>
  getProcedure(ground.engines[0], 'surveyAnswer').begin(
    ground.store.db,
    officer(0),
    `paper:system:${system.id}`,
    ground.clock.now(),
  );

async function moveToAnother(): Promise<string> {
  const { store, kim } = ground;
  const data = {
    agencyCode: '1741000',
    name: '최민호',
    phone: '02-1',
    mobile: '010-4444-5555',
    department: '부',
  };
  const { id: to } = await store.db.person.create({ data: { ...data, email: 'choi@public.or.kr' } });
  await operate(ground.engines[0], { actor: 'test', place: 'test' }, (op) =>
    transferSystems(op, {
      filing: { number: '1', submittedAt: ground.clock.now() },
      systemIds: [system.id],
      from: kim.id,
      to,
    }),
  );
  return to;
}

test('corrected from all systems to this one, it is about the one that the letter is about', async () => {
  const { id, systemIds } = await enter('paperContact', newcomer);
  expect(new Set(systemIds)).toEqual(new Set([system.id, other.id]));
  await sendBack(1, id, '이 시스템만');
  const corrected = await enter('paperContact', { ...newcomer, scope: 'ONE' }, `filing:${id}`);
  expect(corrected.systemIds).toEqual([system.id]);
});

test('a correction after the system moved begins with the contact of now, not with the one before', async () => {
  const stands = await standing();
  const { id } = await enter('surveyAnswer', { ...stands, userCount: '1700', received: [attachment] });
  await moveToAnother();
  await expect(approve(1, id)).rejects.toThrow('제출한 뒤에 담당자가 바뀌었습니다');
  await sendBack(1, id, '담당자가 바뀜');
  expect(await typed('surveyAnswer', `filing:${id}`)).toMatchObject({
    name: '최민호',
    email: 'choi@public.or.kr',
    mobile: '010-4444-5555',
    userCount: '1700',
  });
});

test('what an officer began before the move tells of the contact before, and is begun anew', async () => {
  const before = await opened('surveyAnswer', `paper:system:${system.id}`);
  expect(before.answers).toMatchObject({ email: 'kim@korea.kr' });
  await moveToAnother();
  const after = await opened('surveyAnswer', `paper:system:${system.id}`);
  expect(after.resumed).toBe(false);
  expect(after.answers).toMatchObject({ email: 'choi@public.or.kr' });
});

test('what came on paper is compared with the paper: it is not approved together with others', async () => {
  const stands = await standing();
  const { id, revision } = await enter('surveyAnswer', {
    ...stands,
    email: 'elsewhere@public.or.kr',
    received: [attachment],
  });
  const [engine] = ground.engines;
  expect((await plainFilings(engine, ground.store.db, officer(1), 0)).total).toBe(0);
  const [outcome] = await approveTogether(
    engine,
    { who: officer(1), place: 'test' },
    [{ filingId: id, revision }],
    fail,
  );
  expect(outcome?.refused).toContain('한꺼번에 승인하지 않는 신청입니다');
});

const fail = (error: unknown) => {
  throw error;
};

test('what it says of the new contact is held of the new one, and not of the one before', async () => {
  const { store, kim, engines, clock } = ground;
  const about = async (personId: string) =>
    JSON.stringify(
      await store.db.$transaction((tx) => everythingOn(tx, engines[0].procedures, personId, clock.now())),
    );
  const { id } = await enter('paperContact', newcomer);
  for (const hidden of ['choi@public.or.kr', '010-4444-5555', '최민호'])
    expect(await about(kim.id)).not.toContain(hidden);
  await approve(1, id);
  const { contactId } = await store.db.system.findUniqueOrThrow({ where: { id: system.id } });
  expect(contactId).not.toBe(kim.id);
  expect(await about(kim.id)).not.toContain('choi@public.or.kr');
  const rest = JSON.parse(await about(contactId)).신청;
  expect(JSON.stringify(rest)).toContain('choi@public.or.kr');
});

test('a system is found among any number, and what officers enter begins in its details', async () => {
  const { store, kim, engines } = ground;
  const letters = async (who = officer(0)) => {
    const view = await systemLook(engines[0], store.db, who, system.id);
    return [...JSON.stringify(view).matchAll(/paper\.enter\.(\w+)/g)].map(([, name]) => name).sort();
  };
  const all = ['paperContact', 'retirement', 'scvpApplication', 'surveyAnswer', 'usageChange'];
  expect(await letters()).toEqual(all);
  expect(await letters({ ...officer(0), officer: false, auditor: true })).toEqual([]);
  await store.db.person.update({ where: { id: kim.id }, data: { slackId: 'U0KIM000001' } });
  expect(await letters()).toEqual([]);
});

test('nothing is moved to the contact it has, when that one was put right since', async () => {
  const { store, kim } = ground;
  const { id } = await enter('paperContact', newcomer);
  const { name, email } = newcomer as { name: string; email: string };
  await store.db.person.update({ where: { id: kim.id }, data: { name, email } });
  await expect(approve(1, id)).rejects.toThrow('지금 담당자와 같은 사람입니다');
  expect((await store.db.filing.findUniqueOrThrow({ where: { id } })).state).toBe('SUBMITTED');
});

test('who is an officer no more reads nothing of what they began to enter', async () => {
  const { store, lee } = ground;
  const { id } = await opened('surveyAnswer', `paper:system:${system.id}`);
  const now = () => whoIs(store.db, officer(0).slackId ?? '');
  expect((await getWorkingDraft(store.db, await now(), id)).id).toBe(id);
  const { count } = await store.db.grant.updateMany({
    where: { personId: officer(0).id },
    data: { endedAt: ground.clock.now(), endedBy: 'test' },
  });
  expect(count).toBe(1);
  await expect(getWorkingDraft(store.db, await now(), id)).rejects.toThrow('표준API 관리자만');
  const own = await ground.draft(lee, {});
  expect((await getWorkingDraft(store.db, lee, own)).id).toBe(own);
});

test('a mail of an approval asks for nothing on a screen that its reader does not have', () => {
  const onPaper = [...ground.engines[0].procedures.values()].filter(
    ({ paper, approvedText }) => paper && approvedText,
  );
  expect(onPaper.map(({ name }) => name)).toContain('surveyAnswer');
  for (const { name, approvedText, approvedByMail = approvedText } of onPaper)
    expect(approvedByMail, name).not.toMatch(/홈|시스템 상세|누르|단추|‘메시지’|DM/);
});
