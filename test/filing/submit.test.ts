import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import { changeProfile } from '../../src/procedures/application/profile.ts';
import { privacyConsent, termsOfUse } from '../../src/procedures/consent.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { applicationAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings();
});
afterAll(() => ground?.close());

const submit = (who: FilingGround['kim'], draftId: string) =>
  submitFiling(ground.engines[0], { who, place: 'slack:modal' }, draftId, ground.today());

async function everything() {
  const { db } = ground.store;
  const [filings, systems, revisions, audit, outbox, counters] = await Promise.all([
    db.filing.count(),
    db.system.count(),
    db.revision.count(),
    db.audit.count(),
    db.outbox.count(),
    db.counter.findMany(),
  ]);
  return { filings, systems, revisions, audit, outbox, counters };
}

describe('a submission', () => {
  it('makes filing, system, first revision, audit row and card together, and uses the draft up', async () => {
    const { kim, store, clock } = ground;
    const draftId = await ground.draft(kim, {
      ...applicationAnswers,
      systemName: '  행정안전부 민원관리시스템 ',
    });
    const filing = await submit(kim, draftId);
    expect(filing).toMatchObject({
      number: '2026-000001',
      procedure: 'application',
      state: 'SUBMITTED',
      revision: 1,
      title: '행정안전부 민원관리시스템',
      applicantId: kim.id,
      agencyCode: '1741000',
      submittedAt: clock.now(),
      decidedAt: null,
    });
    const found = await store.db.filing.findUniqueOrThrow({
      where: { id: filing.id },
      include: { system: true, revisions: true },
    });
    expect(found.system).toMatchObject({ contactId: kim.id, serverIps: ['10.10.1.21', '10.10.1.22'] });
    expect(found.revisions).toMatchObject([
      { number: 1, submittedBy: kim.id, answers: { systemName: '행정안전부 민원관리시스템' } },
    ]);
    const subject = `filing:${filing.id}`;
    expect(await store.db.audit.findMany({ where: { subject } })).toMatchObject([
      { action: 'filing.submit', actor: kim.id, place: 'slack:modal', person: kim.id, data: { revision: 1 } },
    ]);
    expect(await store.db.outbox.findMany({ where: { notice: 'filing.card' } })).toMatchObject([
      {
        key: `card:${filing.id}:1:SUBMITTED`,
        recipient: 'desk',
        facts: { filingId: filing.id, procedure: 'application', fresh: 1 },
      },
    ]);
    expect(await store.db.draft.count()).toBe(0);
    await expect(submit(kim, draftId)).rejects.toThrow('이미 제출했거나 삭제한 작성분입니다.');
  });

  it('stores every column of what it makes', async () => {
    const { kim, store, clock } = ground;
    const filing = await ground.submitted(kim, {
      ...applicationAnswers,
      systemName: '행정안전부 온전한 시스템',
    });
    expect(await store.db.filing.findUnique({ where: { id: filing.id } })).toEqual(filing);
    expect(await store.db.system.findUnique({ where: { id: filing.systemId ?? '' } })).toEqual({
      id: filing.systemId,
      name: '행정안전부 온전한 시스템',
      agencyCode: '1741000',
      contactId: kim.id,
      deputyId: null,
      serverIps: ['10.10.1.21', '10.10.1.22'],
      serverCn: applicationAnswers.serverCn,
      scvp: false,
      serviceOn: applicationAnswers.serviceDate,
      profile: {},
      createdAt: clock.now(),
      retiredAt: null,
    });
    expect(await store.db.revision.findMany({ where: { filingId: filing.id } })).toEqual([
      {
        filingId: filing.id,
        number: 1,
        answers: { ...applicationAnswers, systemName: '행정안전부 온전한 시스템' },
        before: null,
        submittedBy: kim.id,
        dataSubjectId: null,
        submittedAt: clock.now(),
        remarks: null,
      },
    ]);
    const where = { personId: kim.id };
    const orderBy = { id: 'desc' } as const;
    const [privacy, terms] = await store.db.consent.findMany({ where, orderBy, take: 2 });
    const agreed = { personId: kim.id, agreedAt: clock.now() };
    expect([terms, privacy]).toEqual([
      { ...termsOfUse, ...agreed, id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      { ...privacyConsent, ...agreed, id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ]);
  });

  it('that is incomplete names what is missing, by label, and leaves nothing behind', async () => {
    const { kim, store } = ground;
    const before = await everything();
    const draftId = await ground.draft(kim, { ...applicationAnswers, task: ' ', letter: [] });
    const refused = await submit(kim, draftId).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({
      message: '고칠 항목이 남아 있습니다: 업무내용, 공문',
      next: '해당 단계에서 고친 뒤 다시 제출하십시오.',
    });
    expect(await everything()).toEqual(before);
    await store.db.draft.delete({ where: { id: draftId } }); // it was kept for correcting
  });

  it('of somebody else’s draft is refused, and the draft stays', async () => {
    const { kim, lee, store } = ground;
    const draftId = await ground.draft(kim, applicationAnswers);
    await expect(submit(lee, draftId)).rejects.toThrow('이미 제출했거나 삭제한 작성분입니다.');
    await store.db.draft.delete({ where: { id: draftId } });
  });

  it('in the first hours of the year in Korea is numbered in that year', async () => {
    const { clock, kim } = ground;
    const now = clock.now();
    const lateLetter = { ...applicationAnswers, letterDate: '2026-12-30' };
    clock.set('2026-12-31T14:59:59.000Z');
    expect((await ground.submitted(kim, lateLetter)).number).toMatch(/^2026-/);
    clock.set('2026-12-31T15:00:00.000Z');
    expect((await ground.submitted(kim, lateLetter)).number).toBe('2027-000001');
    clock.set('2027-01-01T09:00:00.000Z');
    expect((await ground.submitted(kim, lateLetter)).number).toBe('2027-000002');
    clock.set(now);
  });
});

describe('a correction', () => {
  it('is the next revision of the same filing and system, wakes the desk, and clears the decision', async () => {
    const { kim, officers, store, engines } = ground;
    const [officer] = officers;
    if (!officer) throw new Error('no officer');
    const filing = await ground.submitted(kim, applicationAnswers);
    const remarks = { letter: '직인이 없습니다.' };
    await decideFiling(
      engines[0],
      { who: officer, place: 'test' },
      {
        verb: 'filing.return',
        filingId: filing.id,
        reason: '보완',
        remarks,
      },
    );
    const answers = { ...applicationAnswers, systemName: '행정안전부 새 이름', ip: '10.10.1.99' };
    const again = await ground.submitted(kim, answers, { subject: `filing:${filing.id}` });
    expect(again).toMatchObject({
      id: filing.id,
      number: filing.number,
      systemId: filing.systemId,
      revision: 2,
      state: 'SUBMITTED',
      title: '행정안전부 새 이름',
      decidedAt: null,
      decidedBy: null,
      reason: null,
    });
    const revisions = await store.db.revision.findMany({
      where: { filingId: filing.id },
      orderBy: { number: 'asc' },
    });
    expect(revisions.map((one) => one.remarks)).toEqual([remarks, null]);
    const system = await store.db.system.findUniqueOrThrow({ where: { id: filing.systemId ?? '' } });
    expect(system).toMatchObject({ name: '행정안전부 새 이름', serverIps: ['10.10.1.99'] });
    const card = await store.db.outbox.findUniqueOrThrow({ where: { key: `card:${filing.id}:2:SUBMITTED` } });
    expect(card.facts).toMatchObject({ fresh: 1 });
  });

  it('keeps the server certificate that was registered since, which the form does not know', async () => {
    const { kim, store } = ground;
    const filing = await ground.submitted(kim, applicationAnswers);
    const where = { id: filing.systemId ?? '' };
    const own = await store.db.system.findUniqueOrThrow({ where });
    expect(own.serverCn).toBe(applicationAnswers.serverCn);
    await changeProfile(store.db, own.id, { certificate: 'EXISTING', serverCn: 'SVR1741000777' });
    await ground.submitted(kim, applicationAnswers, { subject: `filing:${filing.id}` });
    expect(await store.db.system.findUniqueOrThrow({ where })).toMatchObject({ serverCn: 'SVR1741000777' });
  });

  it('of a filing that was decided meanwhile is refused, and the draft stays', async () => {
    const { kim, officers, store, engines } = ground;
    const [officer] = officers;
    if (!officer) throw new Error('no officer');
    const filing = await ground.submitted(kim, applicationAnswers);
    const draftId = await ground.draft(kim, applicationAnswers, { subject: `filing:${filing.id}` });
    const at = { filingId: filing.id, reason: '맞지 않습니다.' };
    await decideFiling(engines[0], { who: officer, place: 'test' }, { verb: 'filing.reject', ...at });
    await expect(submit(kim, draftId)).rejects.toThrow('그사이 검토가 끝나 수정할 수 없습니다.');
    expect(await store.db.draft.count({ where: { id: draftId } })).toBe(1);
    expect(await store.db.revision.count({ where: { filingId: filing.id } })).toBe(1);
  });

  it('of somebody else’s filing is refused', async () => {
    const { kim, lee, store } = ground;
    const filing = await ground.submitted(kim, applicationAnswers);
    const draftId = await ground.draft(lee, applicationAnswers, { subject: `filing:${filing.id}` });
    await expect(submit(lee, draftId)).rejects.toBeInstanceOf(Refusal);
    const now = await store.db.filing.findUniqueOrThrow({
      where: { id: filing.id },
      include: { system: true },
    });
    expect(now).toMatchObject({ revision: 1, applicantId: kim.id, system: { contactId: kim.id } });
  });
});

it('all of it stands in an unbroken audit trail', async () => {
  expect(await verifyAudit(ground.store.db)).toMatchObject({ ok: true });
});
