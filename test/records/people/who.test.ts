import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/refusal.ts';
import { grantOfficers, requireActive, requireRegistered, whoIs } from '../../../src/records/people/who.ts';
import { verifyAudit } from '../../../src/store/audit.ts';
import type { Role } from '../../../src/store/client/enums.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';

const NOW = new Date('2026-11-23T01:00:00.000Z');
let store: Store;
let count = 0;
let slackId: string;
beforeAll(async () => {
  store = await openTestStore();
  await store.db.agency.createMany({
    data: [
      { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' },
      { code: 'B552584', name: '한국환경공단', kind: 'PUBLIC' },
    ],
  });
});
afterAll(() => store?.close());
beforeEach(() => {
  slackId = `U0PERSON${++count}`;
});

const ground = () => ({ db: store.db, now: () => NOW, wakeOutbox: () => undefined });
const who = () => whoIs(store.db, slackId);
async function grant(role: Role, endedAt: Date | null = null): Promise<void> {
  const { id } = await who();
  await store.db.grant.create({ data: { personId: id, role, grantedBy: 'test', grantedAt: NOW, endedAt } });
}
const update = (data: object) => store.db.person.update({ where: { slackId }, data });

test('somebody new is remembered by the account, once however many clicks come at once', async () => {
  const found = await Promise.all([who(), who(), who()]);
  expect(new Set(found.map(({ id }) => id)).size).toBe(1);
  expect(found[0]).toMatchObject({ slackId, officer: false, auditor: false, registeredAt: null });
});

test('roles are those that have not ended, each for itself', async () => {
  await grant('OFFICER', NOW);
  expect(await who()).toMatchObject({ officer: false, auditor: false });
  await grant('AUDITOR');
  expect(await who()).toMatchObject({ officer: false, auditor: true });
  await grant('OFFICER');
  expect(await who()).toMatchObject({ officer: true, auditor: true });
});

test('a deactivated account has no role whatever its rows say, and may not act', async () => {
  await grant('OFFICER');
  expect(requireActive(await who())).toMatchObject({ officer: true });
  await update({ deactivatedAt: NOW });
  expect(await who()).toMatchObject({ officer: false, auditor: false });
  const gone = await who();
  expect(() => requireActive(gone)).toThrow(Refusal);
});

test('registered is who has every detail, and no 공공기관', async () => {
  const details = {
    agencyCode: '1741000',
    department: '정보화담당관',
    name: '김보람',
    phone: '044-205-1234',
    mobile: '010-1234-5678',
    email: 'kim@korea.kr',
  };
  await who();
  await update({ ...details, registeredAt: NOW });
  expect(requireRegistered(await who())).toEqual(details);
  for (const [name, value] of Object.entries({ ...details, registeredAt: NOW })) {
    await update({ [name]: null });
    const known = await who();
    expect(() => requireRegistered(known), name).toThrow('사용자 등록이 되어 있지 않습니다.');
    await update({ [name]: value });
  }
  await update({ agencyCode: 'B552584' });
  const known = await who();
  expect(() => requireRegistered(known)).toThrow('공공기관은 온라인으로 신청할 수 없습니다.');
});

test('officers of the settings are made once, and never again after their role has ended', async () => {
  const asked: string[] = [];
  const nameOf = async (id: string) => {
    asked.push(id);
    return '최관리';
  };
  const start = () => grantOfficers(ground(), [slackId], nameOf);
  await start();
  await start();
  expect(asked).toEqual([slackId]);
  expect(await who()).toMatchObject({ officer: true, name: '최관리' });
  expect(await store.db.grant.count({ where: { person: { slackId } } })).toBe(1);
  await store.db.grant.updateMany({
    where: { person: { slackId } },
    data: { endedAt: NOW, endedBy: 'test' },
  });
  await start();
  expect(await who()).toMatchObject({ officer: false });
});

test('the settings give no role to an account that is gone', async () => {
  await who();
  await update({ deactivatedAt: NOW });
  await grantOfficers(ground(), [slackId], async () => null);
  expect(await store.db.grant.count({ where: { person: { slackId } } })).toBe(0);
});

test('starts at the same moment make one officer, and one row of the record says so', async () => {
  const start = () => grantOfficers(ground(), [slackId], async () => '최관리');
  await Promise.all([start(), start(), start()]);
  const { id } = await who();
  expect(await store.db.grant.count({ where: { personId: id } })).toBe(1);
  expect(await store.db.audit.findMany({ where: { subject: `person:${id}` } })).toMatchObject([
    { action: 'role.grant', actor: 'settings', place: 'settings', person: id, data: { role: 'OFFICER' } },
  ]);
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
});
