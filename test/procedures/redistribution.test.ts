import { afterEach, beforeEach, expect, test } from 'vitest';
import { approvalOf } from '../../src/filing/approval.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import type { Answers } from '../../src/messenger/forms/form.ts';
import { fromLastApplication } from '../../src/procedures/application/last-application.ts';
import { changeProfile, describeSystem } from '../../src/procedures/application/profile.ts';
import type { Filing } from '../../src/store/client/client.ts';
import { applicationAnswers, reportAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';

/** Systems that get a second temporary licence. */
let ground: FilingGround;
beforeEach(async () => {
  ground = await setFilings();
});
afterEach(() => ground.close());

async function approve(filing: Filing): Promise<Filing> {
  const [filings] = ground.engines;
  const officer = ground.officers[0];
  if (!officer) throw new Error('no officer');
  const decision = { verb: 'filing.approve' as const, filingId: filing.id, revision: filing.revision };
  return decideFiling(filings, { who: officer, place: 'test' }, decision);
}
const again: Answers = {
  ...applicationAnswers,
  reason: 'REDISTRIBUTION',
  redistributionReason: '서버 교체',
  letterNumber: '디지털안전정책과-2000',
};
const report = (systemId: string | null) =>
  ground.submitted(ground.kim, reportAnswers, { procedure: 'resultReport', subject: `system:${systemId}` });
const systemOf = ({ systemId }: Filing) =>
  ground.store.db.system.findUniqueOrThrow({ where: { id: systemId ?? '' } });

test('an approved 재배포 describes the system; what was changed before it counts no more', async () => {
  const { db } = ground.store;
  const first = await approve(await ground.submitted(ground.kim));
  const id = first.systemId ?? '';
  await changeProfile(db, id, { ip: '10.10.1.99', os: 'AIX', was: 'JEUS 8' });
  const before = await fromLastApplication(db, { id: ground.kim.id, agencyCode: '1741000' }, ground.today());
  expect(before).toMatchObject({ was: 'JEUS 8', os: 'AIX' });
  const filing = await ground.submitted(ground.kim, { ...again, ip: '10.99.9.9', was: 'Tomcat 10.1' });
  expect(filing.systemId).toBe(id);
  expect(await describeSystem(db, id)).toMatchObject({ ip: '10.10.1.99', os: 'AIX', was: 'JEUS 8' });
  const [{ procedures }] = ground.engines;
  const application = procedures.get('application');
  if (!application) throw new Error('no application');
  const { looks } = await approvalOf(application, db, filing, {
    ...again,
    ip: '10.99.9.9',
    was: 'Tomcat 10.1',
  });
  const kim = { id: ground.kim.id, agencyCode: '1741000' };
  expect(await fromLastApplication(db, kim, ground.today())).toMatchObject({
    was: 'Tomcat 10.1',
    os: 'LINUX',
  });
  expect(looks).toContain(
    '승인하면 앞서 승인된 변경이 신청서의 내용으로 바뀝니다: 운영체제, WAS 버전, IP 주소. 맞는지 확인하십시오.',
  );
  await approve(filing);
  expect(await describeSystem(db, id)).toMatchObject({ ip: '10.99.9.9', os: 'LINUX', was: 'Tomcat 10.1' });
  expect(await systemOf(filing)).toMatchObject({ serverIps: ['10.99.9.9'], profile: {} });
});

test('beside a regular licence the former addresses stay, and a certificate that was registered meanwhile', async () => {
  const { db } = ground.store;
  const first = await approve(await ground.submitted(ground.kim));
  const id = first.systemId ?? '';
  await approve(await report(id));
  const filing = await ground.submitted(ground.kim, { ...again, ip: '10.99.9.9' });
  const dates = { notBefore: ground.clock.now(), notAfter: ground.clock.now() };
  ground.clock.advance(1000);
  const named = { cn: 'SVR1741000777', subject: '', issuer: '', serial: '', fingerprint: '' };
  const registeredAt = ground.clock.now();
  await db.certificate.create({
    data: { ...named, ...dates, purpose: 'SERVER', systemId: id, registeredAt },
  });
  await changeProfile(db, id, { certificate: 'EXISTING', serverCn: named.cn });
  await db.system.update({ where: { id }, data: { serverCn: named.cn } });
  await approve(filing);
  expect(await systemOf(filing)).toMatchObject({
    serverIps: ['10.10.1.21', '10.99.9.9'],
    serverCn: named.cn,
    profile: { certificate: 'EXISTING', serverCn: named.cn },
  });
});

test('the window before an approval names only licences that the new one replaces', async () => {
  const [filings] = ground.engines;
  const { db } = ground.store;
  const first = await approve(await ground.submitted(ground.kim));
  await approve(await report(first.systemId));
  const filing = await ground.submitted(ground.kim, again);
  const procedure = filings.procedures.get('application');
  if (!procedure) throw new Error('no application');
  const { effect } = await approvalOf(procedure, db, filing, again);
  expect(effect).not.toContain('대체되는');
  await approve(filing);
  expect(await db.licence.count({ where: { kind: 'REGULAR', supersededAt: null } })).toBe(1);
});

test('a temporary licence asked for again is refused once the system has its regular one', async () => {
  const [filings] = ground.engines;
  const { db } = ground.store;
  const first = await approve(await ground.submitted(ground.kim));
  ground.clock.set('2027-01-15T10:00:00+09:00'); // its last days
  const over = { procedure: 'temporaryReissue', subject: `system:${first.systemId}` as const };
  const answers = { why: '시험이 늦어졌습니다.', reportOn: '2027-02-10' };
  const filing = await ground.submitted(ground.kim, answers, over);
  await approve(await report(first.systemId));
  const procedure = filings.procedures.get('temporaryReissue');
  if (!procedure) throw new Error('no temporaryReissue');
  const { stops } = await approvalOf(procedure, db, filing, answers);
  expect(stops).toContain('임시라이선스를 쓰고 있는 시스템이 아닙니다.');
  await expect(approve(filing)).rejects.toThrow('임시라이선스를 쓰고 있는 시스템이 아닙니다.');
  expect(await db.licence.count({ where: { kind: 'TEMPORARY' } })).toBe(1);
});

test('one that was approved in time shows no ✖ for the regular licence that came after it', async () => {
  const [filings] = ground.engines;
  const first = await approve(await ground.submitted(ground.kim));
  ground.clock.set('2027-01-15T10:00:00+09:00'); // its last days
  const over = { procedure: 'temporaryReissue', subject: `system:${first.systemId}` as const };
  const answers = { why: '시험이 늦어졌습니다.', reportOn: '2027-02-10' };
  const reissue = await approve(await ground.submitted(ground.kim, answers, over));
  await approve(await report(first.systemId));
  const procedure = filings.procedures.get('temporaryReissue');
  if (!procedure) throw new Error('no temporaryReissue');
  expect(await approvalOf(procedure, ground.store.db, reissue, answers)).toMatchObject({ stops: [] });
});
