import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../../src/app/config.ts';
import { openProof } from '../../../src/app/operator/proof.ts';
import { signChallenge } from '../../../src/app/operator/sign-challenge.ts';
import { createCrlSource } from '../../../src/records/pki/crl-source.ts';
import { judgeCertificate } from '../../../src/records/pki/judge.ts';
import { openTrust, TrustError } from '../../../src/records/pki/trust.ts';
import { testClock } from '../../ground.ts';
import { day, makeAuthority, NOW } from './paper-pki.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'bogeup-trust-'));
const now = () => NOW;

describe('settings', () => {
  test('are folders and names', () => {
    const env = { TRUST_STORE: 'ca', CRL_DIR: 'crl', ISSUERS: 'CA131100001, CA131100003,' };
    expect(readConfig(env).trust).toEqual({
      store: resolve('ca'),
      crls: resolve('crl'),
      issuers: ['CA131100001', 'CA131100003'],
    });
  });

  test.each([
    [{ CRL_DIR: 'crl' }, /CRL_DIR is set without TRUST_STORE/],
    [{ ISSUERS: 'CA1' }, /ISSUERS is set without TRUST_STORE/],
    [{ TRUST_STORE: 'ca', ISSUERS: 'CA1;rm' }, /ISSUERS must be the CNs/],
  ])('%j is refused', (env, said) => {
    expect(() => readConfig(env)).toThrow(ConfigError);
    expect(() => readConfig(env)).toThrow(said);
  });
});

describe('the trust store', () => {
  const root = makeAuthority('GPKIRootCA1');
  const ca = makeAuthority('CA131100001', root);
  const settings = { crls: null, issuers: [], testCas: false };

  test('takes PEM, DER and several in one file, and passes over what is none', async () => {
    const store = folder();
    writeFileSync(join(store, 'both.pem'), `${root.certificate.x509}${ca.certificate.x509}`);
    writeFileSync(join(store, 'ca.cer'), ca.certificate.x509.raw);
    writeFileSync(join(store, 'README'), 'the CAs of GPKI');
    const trust = await openTrust({ ...settings, store }, now);
    expect(trust.store.map(({ cn }) => cn)).toEqual(['GPKIRootCA1', 'CA131100001', 'CA131100001']);
    expect(trust.issuers).toEqual(['CA131100001', 'CA131100002']);
  });

  test.each([
    [
      'a missing folder',
      () => ({ ...settings, store: join(folder(), 'none') }),
      /TRUST_STORE cannot be read/,
    ],
    ['an empty one', () => ({ ...settings, store: folder() }), /holds no CA certificate/],
    [
      'a missing folder of lists',
      () => ({ ...settings, store: folder(), crls: join(folder(), 'none') }),
      /CRL_DIR cannot be read/,
    ],
  ])('%s is refused with what to do', async (_what, make, said) => {
    const opened = openTrust(make(), now);
    await expect(opened).rejects.toThrow(TrustError);
    await expect(opened).rejects.toThrow(said);
  });

  test('without one on real Slack the path is off', async () => {
    const slack = { mode: 'socket' as const, botToken: 'x', appToken: 'x', adminChannel: null, officers: [] };
    const trust = { store: null, crls: null, issuers: [] };
    expect(await openProof({ slack, trust, dataDir: folder() }, now)).toBeNull();
  });
});

describe('local mode', () => {
  const config = { slack: null, trust: { store: null, crls: null, issuers: [] }, dataDir: folder() };
  const said: string[] = [];
  const terminal = { now, out: (line: string) => said.push(line) };
  const text = 'bogeup-challenge/1 account=U1';
  const file = join(folder(), 'bogeup-challenge.txt');
  writeFileSync(file, text);

  async function verdict(person: string, revoked = false) {
    const proof = await openProof(config, now);
    if (!proof) throw new Error('off');
    await signChallenge(config, { person, file, revoked }, terminal);
    const evidence = { text, expiresAt: day(1), usedAt: null };
    const signed = readFileSync(`${file}.p7m`);
    return judgeCertificate(
      { file: signed, fileName: '', challenges: [evidence], name: person },
      proof.trust,
      NOW,
    );
  }

  test('a test PKI is made once, and the command signs with it', async () => {
    expect(await verdict('김보람')).toMatchObject({
      ok: true,
      path: 'online',
      person: { cn: '001김보람001' },
    });
    const certificate = readFileSync(join(config.dataDir, 'pki/people/001김보람001_sig.cer'));
    expect(await verdict('최서연')).toMatchObject({ ok: true, path: 'letter' });
    expect(await verdict('이정훈', true)).toMatchObject({ ok: false, reason: 'REVOKED' });
    expect(readFileSync(join(config.dataDir, 'pki/people/001김보람001_sig.cer'))).toEqual(certificate);
    expect(statSync(join(config.dataDir, 'pki/ca.key')).mode & 0o077).toBe(0);
    expect(said.join()).toContain('signed as 001김보람001');
  });

  test('somebody it does not know is named', async () => {
    await expect(signChallenge(config, { person: '홍길동', file }, terminal)).rejects.toThrow(
      /It has: 김보람/,
    );
    await expect(signChallenge(config, { person: '김보람', file: '/no/such' }, terminal)).rejects.toThrow(
      /no file/,
    );
    await expect(signChallenge({ dataDir: folder() }, { person: '김보람', file }, terminal)).rejects.toThrow(
      /no test PKI/,
    );
  });
});

describe('where lists come from', () => {
  let server: Server;
  let url: string;
  let asked = 0;
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked++;
      if (request.url === '/list') return void response.end('list');
      if (request.url === '/moved') return void response.writeHead(302, { location: '/list' }).end();
      if (request.url === '/large') return void response.end(Buffer.alloc(11 * 1024 * 1024));
      response.writeHead(404).end('no');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server?.close());

  test('an http address, kept for an hour', async () => {
    const clock = testClock();
    const source = createCrlSource({ folder: null, now: clock.now });
    expect((await source.fetch(`${url}/list`))?.toString()).toBe('list');
    const before = asked;
    await source.fetch(`${url}/list`);
    expect(asked).toBe(before);
    clock.advance(61 * 60_000);
    await source.fetch(`${url}/list`);
    expect(asked).toBe(before + 1);
  });

  test.each(['/none', '/moved', '/large'])('%s gives nothing', async (path) => {
    expect(await createCrlSource({ folder: null, now }).fetch(url + path)).toBeNull();
  });

  test('a server that is away gives nothing', async () => {
    expect(await createCrlSource({ folder: null, now }).fetch('http://127.0.0.1:1/x')).toBeNull();
  });

  test('the folder is looked through anew; a file that stayed the same is not read again', async () => {
    const place = folder();
    const source = createCrlSource({ folder: place, now });
    writeFileSync(join(place, 'a.crl'), 'one');
    const [first] = await source.local();
    expect((await source.local())[0]).toBe(first);
    writeFileSync(join(place, 'b.crl'), 'two');
    expect(await source.local()).toHaveLength(2);
    rmSync(place, { recursive: true });
    expect(await source.local()).toEqual([]);
  });
});
