import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentLicence } from '../../../src/records/in-force.ts';
import { type Issuer, issueLicence, type LicenceOrder } from '../../../src/records/licences/issue.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { openLicence } from '../../../src/records/licences/verify.ts';
import type { Filing, Licence } from '../../../src/store/client/client.ts';
import { operate } from '../../../src/store/operation.ts';
import { applicationAnswers } from '../../answers.ts';
import { type FilingGround, setFilings } from '../../filing/filing-ground.ts';
import { wholeBlob } from '../../whole-blob.ts';
import { temporaryDirectory } from './sample.ts';

let ground: FilingGround;
let issuer: Issuer;
let filing: Filing & { systemId: string };
let systems = 0;

beforeAll(async () => {
  ground = await setFilings();
  const signer = await makeLocalSigner(temporaryDirectory(), ground.clock.now());
  issuer = { signer, temporaryMonths: 2 };
});
beforeEach(async () => {
  const answers = { ...applicationAnswers, systemName: `행정안전부 시스템 ${++systems}` };
  const submitted = await ground.submitted(ground.kim, answers);
  filing = { ...submitted, systemId: submitted.systemId ?? '' };
});
afterAll(() => ground?.close());

/** Each on a revision of its own, as approvals are. */
function issue(
  kind: LicenceOrder['kind'],
  revision: number,
  moduleId: string | null = null,
): Promise<Licence> {
  ground.clock.advance(1000);
  return operate(ground.engines[0], { actor: 'test', place: 'test' }, async (op) =>
    issueLicence(op, issuer, {
      kind,
      filing: { ...filing, revision },
      hosts: [{ ip: ['10.10.1.21'], host: 'was01' }],
      module: moduleId ? await op.tx.moduleRelease.findUniqueOrThrow({ where: { id: moduleId } }) : null,
      reason: 'for the test',
    }),
  );
}
const standing = async () =>
  (
    await ground.store.db.licence.findMany({
      where: { systemId: filing.systemId, supersededAt: null, revokedAt: null },
      orderBy: { issuedAt: 'asc' },
    })
  ).map(({ number }) => number);

describe('a licence', () => {
  it('is signed, stored, recorded and on its way to the contact in one go', async () => {
    const { db } = ground.store;
    const module = await db.moduleRelease.findFirstOrThrow();
    const licence = await issue('TEMPORARY', 1, module.id);
    const opened = openLicence(await wholeBlob(db, licence.sha256), [issuer.signer.certificatePem]);
    expect(opened).toMatchObject({
      ok: true,
      payload: {
        number: licence.number,
        kind: 'TEMPORARY',
        filing: filing.number,
        expiresOn: '2027-01-23',
        module: { version: '1.10.0', language: 'JAVA' },
        hosts: [{ ip: ['10.10.1.21'], host: 'was01' }],
        previous: null,
      },
    });
    const subject = `licence:${licence.number}`;
    const audit = await db.audit.findMany({ where: { subject }, orderBy: { seq: 'asc' } });
    expect(audit).toMatchObject([
      { action: 'licence.issue', data: { filing: filing.number, sha256: licence.sha256 } },
      { action: 'licence.deliver', person: ground.kim.id },
    ]);
    const key = `licence:issue:${licence.id}`;
    expect(await db.outbox.findUniqueOrThrow({ where: { key } })).toMatchObject({
      notice: 'licence.delivery',
      recipient: ground.kim.id,
      facts: { licenceId: licence.id },
    });
  });

  it('is issued once for a revision: the second leaves nothing behind', async () => {
    const { db } = ground.store;
    await issue('TEMPORARY', 1);
    const before = [await db.licence.count(), await db.audit.count(), await db.counter.findMany()];
    await expect(issue('TEMPORARY', 1)).rejects.toThrow();
    expect([await db.licence.count(), await db.audit.count(), await db.counter.findMany()]).toEqual(before);
  });

  it('a regular one takes all before it out of service, a temporary one only temporary ones', async () => {
    const first = await issue('TEMPORARY', 1);
    const second = await issue('TEMPORARY', 2);
    expect(await standing()).toEqual([second.number]);
    const regular = await issue('REGULAR', 3);
    expect(await standing()).toEqual([regular.number]);
    const trial = await issue('TEMPORARY', 4);
    expect(await standing()).toEqual([regular.number, trial.number]);
    const reissued = await issue('REGULAR', 5);
    expect(await standing()).toEqual([reissued.number]);
    expect([second.previousId, regular.previousId, trial.previousId]).toEqual([first.id, second.id, null]);
  });

  it('a revoked one stays revoked and is not called superseded', async () => {
    const { db } = ground.store;
    const { id } = await issue('TEMPORARY', 1);
    await db.licence.update({ where: { id }, data: { revokedAt: ground.clock.now() } });
    const next = await issue('REGULAR', 2);
    expect(next.previousId).toBeNull();
    expect(await db.licence.findUniqueOrThrow({ where: { id } })).toMatchObject({ supersededAt: null });
  });

  it('is numbered by Korea’s year, each kind in a series of its own', async () => {
    const { clock } = ground;
    const now = clock.now();
    clock.set('2027-12-31T14:59:00.000Z');
    expect((await issue('REGULAR', 1)).number).toMatch(/^REG-2027-/);
    clock.set('2027-12-31T15:00:00.000Z');
    expect((await issue('REGULAR', 2)).number).toBe('REG-2028-000001');
    expect((await issue('TEMPORARY', 3)).number).toBe('TEMP-2028-000001');
    clock.set('2028-01-01T09:00:00.000Z');
    expect((await issue('REGULAR', 4)).number).toBe('REG-2028-000002');
    clock.set(now);
  });
});

describe('the licence in force', () => {
  type InForce = Pick<Licence, 'kind' | 'supersededAt' | 'revokedAt'>;
  const at = new Date();
  const temporary = { kind: 'TEMPORARY', supersededAt: null, revokedAt: null } as const;
  const regular = { ...temporary, kind: 'REGULAR' } as const;
  it.each<[string, InForce[], InForce | null]>([
    ['none of none', [], null],
    ['the temporary one', [temporary], temporary],
    ['the regular one before a temporary one', [temporary, regular], regular],
    ['no superseded one', [{ ...regular, supersededAt: at }, temporary], temporary],
    ['no revoked one', [{ ...regular, revokedAt: at }], null],
  ])('is %s', (_which, licences, expected) => {
    expect(currentLicence(licences)).toBe(expected);
  });
});
