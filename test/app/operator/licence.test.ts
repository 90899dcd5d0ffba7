import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../src/app/config.ts';
import { observed, verifyLicence } from '../../../src/app/operator/licence.ts';
import { openSigner, trustedCertificates } from '../../../src/app/operator/signing.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { signLicence } from '../../../src/records/licences/sign.ts';
import { putBlob } from '../../../src/store/blobs.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { NOW, samplePayload, temporaryDirectory } from '../../records/licences/sample.ts';
import { given } from './operator.ts';

let store: Store;
let certificate = '';
let bytes = new Uint8Array();
const payload = samplePayload();

beforeAll(async () => {
  store = await openTestStore();
  const signer = await makeLocalSigner(temporaryDirectory(), NOW);
  certificate = signer.certificatePem;
  bytes = Uint8Array.from(signLicence(payload, signer));
  await store.db.$transaction(async (tx) => {
    await tx.agency.create({ data: { code: '6110000', name: '서울특별시', kind: 'ADMINISTRATIVE' } });
    const person = await tx.person.create({ data: { slackId: 'U1' } });
    const system = await tx.system.create({
      data: { name: payload.system.name, agencyCode: '6110000', contactId: person.id, createdAt: NOW },
    });
    const filing = await tx.filing.create({
      data: {
        number: payload.filing,
        procedure: 'application',
        state: 'APPROVED',
        revision: 1,
        title: system.name,
        applicantId: person.id,
        systemId: system.id,
        submittedAt: NOW,
      },
    });
    await tx.licence.create({
      data: {
        number: payload.number,
        kind: 'TEMPORARY',
        systemId: system.id,
        filingId: filing.id,
        revision: 1,
        payload,
        fileName: 'gpkiapi.lic',
        sha256: await putBlob(tx, bytes, NOW),
        issuedAt: NOW,
        expiresOn: payload.expiresOn,
      },
    });
  });
});
afterAll(() => store.close());

async function verify(
  options: { file?: Uint8Array; hosts?: string[]; at?: string; away?: true; trusted?: string[] } = {},
) {
  const lines: string[] = [];
  const verifier = {
    db: options.away ? null : store.db,
    now: testClock(options.at ?? NOW).now,
    out: (line: string) => void lines.push(line),
    trustedCertificates: async () => options.trusted ?? [certificate],
  };
  const code = await verifyLicence(verifier, {
    file: given(options.file ?? bytes),
    hosts: options.hosts ?? [],
  });
  return { code, verdict: lines[0]?.split(' ')[0], text: lines.join('\n') };
}

async function mark(data: { supersededAt?: Date | null; revokedAt?: Date | null }): Promise<void> {
  await store.db.licence.update({ where: { number: payload.number }, data });
}

test('a genuine licence in force, on its server', async () => {
  expect(await verify()).toMatchObject({ code: 0, verdict: 'VALID' });
  expect(await verify({ hosts: ['10.1.2.3', '00-1a-2b-3c-4d-5e'] })).toMatchObject({
    code: 0,
    verdict: 'VALID',
  });
});

test('every other answer is told apart, and exits with 1', async () => {
  const altered = Uint8Array.from(bytes, (byte, at) => (at === 200 ? byte ^ 1 : byte));
  expect(await verify({ file: altered })).toMatchObject({ code: 1, verdict: 'ALTERED' });
  expect(await verify({ file: Buffer.from('x') })).toMatchObject({ code: 1, verdict: 'NOT_A_LICENCE' });
  expect(await verify({ hosts: ['10.9.9.9'] })).toMatchObject({ code: 1, verdict: 'WRONG_HOST' });
  expect(await verify({ at: '2026-06-01' })).toMatchObject({ code: 1, verdict: 'EXPIRED' });
  await mark({ supersededAt: NOW });
  expect(await verify()).toMatchObject({ code: 1, verdict: 'SUPERSEDED' });
  await mark({ revokedAt: NOW });
  expect(await verify()).toMatchObject({ code: 1, verdict: 'REVOKED' });
  await mark({ supersededAt: null, revokedAt: null });
});

test('a change of the signer: the new one signs, and both are ours while both stand in the file', async () => {
  const folder = temporaryDirectory();
  const signer = await makeLocalSigner(folder, NOW);
  const own = readFileSync(join(folder, 'licence-cert.pem'), 'utf8');
  const settings = (file: string) =>
    readConfig({ LICENCE_KEY: join(folder, 'licence-key.pem'), LICENCE_CERT: join(folder, file) });
  writeFileSync(join(folder, 'both.pem'), `${own}\n${certificate}`);
  expect((await openSigner(settings('both.pem'), NOW)).fingerprint).toBe(signer.fingerprint);
  const both = await trustedCertificates(settings('both.pem'));
  expect(await verify({ trusted: both })).toMatchObject({ code: 0, verdict: 'VALID' });
  const alone = await trustedCertificates(settings('licence-cert.pem')); // the former one was stolen
  expect(await verify({ trusted: alone })).toMatchObject({ code: 1, verdict: 'UNKNOWN_SIGNER' });
});

test('without the database nobody vouches for the number, and it says so', async () => {
  const { code, verdict, text } = await verify({ away: true });
  expect([code, verdict]).toEqual([1, 'UNRECORDED']);
  expect(text).toContain('database could not be reached');
});

test('what is typed after --host is told apart by its shape', () => {
  expect(observed(['10.1.2.3', '2001:DB8::1', '001a.2b3c.4d5e', 'was01', 'was.seoul.go.kr'])).toEqual({
    ip: ['10.1.2.3', '2001:DB8::1'],
    mac: ['001a.2b3c.4d5e'],
    host: 'was01',
    domain: 'was.seoul.go.kr',
  });
});
