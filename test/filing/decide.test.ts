import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import type { Decision } from '../../src/filing/decision.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import type { Filing } from '../../src/store/client/client.ts';
import { applicationAnswers, reportAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

let ground: FilingGround;
let officer: FilingGround['kim'];
let other: FilingGround['kim'];
beforeAll(async () => {
  ground = await setFilings();
  const [first, second] = ground.officers;
  if (!first || !second) throw new Error('no officers');
  [officer, other] = [first, second];
});
afterAll(() => ground?.close());

const decide = (who: FilingGround['kim'], decision: Decision) =>
  decideFiling(ground.engines[0], { who, place: 'slack:C0DESK00001' }, decision);
const approve = (filing: Filing, who = officer) =>
  decide(who, { verb: 'filing.approve', filingId: filing.id });
const now = (filing: Filing) =>
  ground.store.db.filing.findUniqueOrThrow({ where: { id: filing.id }, include: { licences: true } });
const told = (filing: Filing) =>
  ground.store.db.outbox.findMany({ where: { notice: 'filing.decided', key: { contains: filing.id } } });

let systems = 0;
const apply = () =>
  ground.submitted(ground.kim, { ...applicationAnswers, systemName: `행정안전부 시스템 ${++systems}` });

/** What is refused, and that nothing of it has happened. */
async function expectRefusal(filing: Filing, who: FilingGround['kim'], decision: Decision, message: RegExp) {
  const before = await now(filing);
  const rows = await ground.store.db.audit.count();
  const refused = await decide(who, decision).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect((refused as Refusal).message).toMatch(message);
  expect(await now(filing)).toEqual(before);
  expect(await ground.store.db.audit.count()).toBe(rows);
}

describe('an approval', () => {
  it('issues the licence, says who decided what and when, and brings the card up to date', async () => {
    const { clock, kim, store } = ground;
    const filing = await apply();
    await approve(filing);
    const { licences, ...after } = await now(filing);
    expect(after).toMatchObject({
      state: 'APPROVED',
      approvedRevision: 1,
      decidedBy: officer.id,
      decidedAt: clock.now(),
    });
    expect(licences).toMatchObject([{ kind: 'TEMPORARY', revision: 1 }]);
    const subject = `filing:${filing.id}`;
    expect(await store.db.audit.findMany({ where: { subject, action: 'filing.approve' } })).toMatchObject([
      { actor: officer.id, place: 'slack:C0DESK00001', person: kim.id, data: { number: filing.number } },
    ]);
    const key = `card:${filing.id}:1:APPROVED`;
    const card = await store.db.outbox.findUniqueOrThrow({ where: { key } });
    expect(card.facts).toEqual({ filingId: filing.id, procedure: 'application', fresh: 0 });
    expect(await told(filing)).toEqual([]); // the delivery tells it
  });

  it('that cannot take effect did not happen: without a module there is no approval', async () => {
    const { store } = ground;
    const filing = await apply();
    await store.db.moduleRelease.updateMany({ data: { withdrawnAt: ground.clock.now() } });
    const decision = { verb: 'filing.approve', filingId: filing.id } as const;
    await expectRefusal(filing, officer, decision, /맞는 표준API 모듈이 없습니다/);
    await store.db.moduleRelease.updateMany({ data: { withdrawnAt: null } });
    await approve(filing);
    expect((await now(filing)).licences).toHaveLength(1);
  });

  it('is refused to whoever is no officer, and to the applicant even as an officer', async () => {
    const { kim, lee } = ground;
    const filing = await apply();
    const decision = { verb: 'filing.approve', filingId: filing.id } as const;
    await expectRefusal(filing, lee, decision, /표준API 관리자만/);
    // Said to be an officer by what was read before the click, and no longer one at the write.
    await expectRefusal(filing, { ...lee, officer: true }, decision, /표준API 관리자만/);
    const grantedAt = new Date();
    await ground.store.db.grant.create({
      data: { personId: kim.id, role: 'OFFICER', grantedBy: 'test', grantedAt },
    });
    await expectRefusal(
      filing,
      { ...kim, officer: true },
      decision,
      /본인이 제출한 신청은 본인이 처리할 수 없습니다/,
    );
  });

  it('comes second to another decision, and names who was first', async () => {
    const filing = await apply();
    await decide(other, { verb: 'filing.return', filingId: filing.id, reason: '보완' });
    await expectRefusal(
      filing,
      officer,
      { verb: 'filing.approve', filingId: filing.id },
      /^정\*리 님이 먼저 처리했습니다\. \(보완요청, 2026\. 11\. 23\. 10:00\)$/,
    );
  });

  it('of a revision that has been corrected since is refused: nothing is decided unread', async () => {
    const { kim } = ground;
    const filing = await apply();
    await ground.submitted(
      kim,
      { ...applicationAnswers, systemName: filing.title },
      { subject: `filing:${filing.id}` },
    );
    const decision = { verb: 'filing.approve', filingId: filing.id, revision: 1 } as const;
    await expectRefusal(filing, officer, decision, /고쳐서 다시 제출했습니다\. \(2차 제출\)/);
    await decide(officer, { ...decision, revision: 2 });
    expect(await now(filing)).toMatchObject({ state: 'APPROVED', approvedRevision: 2 });
  });

  it('of nothing is refused', async () => {
    const nothing = { verb: 'filing.approve', filingId: '00000000-0000-7000-8000-000000000000' } as const;
    await expect(decide(officer, nothing)).rejects.toThrow('신청을 찾을 수 없습니다.');
  });
});

describe('other decisions', () => {
  it('return with a reason and remarks, which the applicant is told', async () => {
    const { kim, store } = ground;
    const filing = await apply();
    const remarks = { letter: '직인이 보이지 않습니다.' };
    await decide(officer, {
      verb: 'filing.return',
      filingId: filing.id,
      reason: '공문을 다시 올리십시오.',
      remarks,
    });
    expect(await now(filing)).toMatchObject({ state: 'RETURNED', reason: '공문을 다시 올리십시오.' });
    const where = { filingId_number: { filingId: filing.id, number: 1 } };
    expect(await store.db.revision.findUniqueOrThrow({ where })).toMatchObject({ remarks });
    expect(await told(filing)).toMatchObject([
      { recipient: kim.id, facts: { filingId: filing.id, revision: 1, verb: 'filing.return' } },
    ]);
  });

  it('reject for good', async () => {
    const filing = await apply();
    await decide(officer, { verb: 'filing.reject', filingId: filing.id, reason: '대상이 아닙니다.' });
    expect(await now(filing)).toMatchObject({ state: 'REJECTED', licences: [] });
    await expectRefusal(filing, other, { verb: 'filing.approve', filingId: filing.id }, /최\*리 님이 먼저/);
    expect(await told(filing)).toHaveLength(1);
  });

  it('withdraw, by the applicant alone, and tell the desk but not the applicant', async () => {
    const { kim, lee } = ground;
    const filing = await apply();
    const decision = { verb: 'filing.withdraw', filingId: filing.id } as const;
    await expectRefusal(filing, lee, decision, /본인이 제출한 신청만/);
    await decide(kim, decision);
    expect(await now(filing)).toMatchObject({ state: 'WITHDRAWN' });
    expect(await told(filing)).toEqual([]);
    const key = `card:${filing.id}:1:WITHDRAWN`;
    expect(await ground.store.db.outbox.count({ where: { key } })).toBe(1);
  });
});

describe('a report that was approved', () => {
  it('is reopened, corrected and approved again; the licence before is superseded, not lost', async () => {
    const { clock, kim, store } = ground;
    const application = await apply();
    await approve(application);
    const report = await ground.submitted(kim, reportAnswers, {
      procedure: 'resultReport',
      subject: `system:${application.systemId}`,
    });
    await approve(report);
    await decide(officer, { verb: 'filing.reopen', filingId: report.id, reason: '서버를 바꿈' });
    expect(await now(report)).toMatchObject({ state: 'RETURNED', approvedRevision: 1 });

    const reject = { verb: 'filing.reject', filingId: report.id, reason: '안 됨' } as const;
    const withdraw = { verb: 'filing.withdraw', filingId: report.id } as const;
    await expectRefusal(report, kim, withdraw, /이미 승인되어 라이선스가 발급된 적이 있는/);
    clock.advance(60_000);
    await ground.submitted(
      kim,
      { ...reportAnswers, ip: '10.10.1.77', mac: '00:1A:2B:3C:4D:77' },
      { procedure: 'resultReport', subject: `filing:${report.id}` },
    );
    await expectRefusal(report, officer, reject, /이미 승인되어 라이선스가 발급된 적이 있는/);
    await approve(report, other);

    const licences = await store.db.licence.findMany({
      where: { systemId: application.systemId ?? '' },
      orderBy: [{ issuedAt: 'asc' }, { id: 'asc' }],
      select: { kind: true, revision: true, supersededAt: true, previousId: true, id: true },
    });
    const [temporary, regular, reissued] = licences;
    expect(licences.map(({ kind, revision }) => [kind, revision])).toEqual([
      ['TEMPORARY', 1],
      ['REGULAR', 1],
      ['REGULAR', 2],
    ]);
    expect(temporary?.supersededAt).not.toBeNull();
    expect(regular).toMatchObject({ supersededAt: clock.now(), previousId: temporary?.id });
    expect(reissued).toMatchObject({ supersededAt: null, previousId: regular?.id });
    const system = await store.db.system.findUniqueOrThrow({ where: { id: application.systemId ?? '' } });
    expect(system.serverIps).toEqual(['10.10.1.77']);
  });

  it('an application is not reopened', async () => {
    const application = await apply();
    await approve(application);
    const reopen = { verb: 'filing.reopen', filingId: application.id, reason: 'x' } as const;
    await expectRefusal(application, officer, reopen, /승인취소할 수 없는 신청입니다: 이용신청서/);
  });
});

it('all of it stands in an unbroken audit trail', async () => {
  expect(await verifyAudit(ground.store.db)).toMatchObject({ ok: true });
});
