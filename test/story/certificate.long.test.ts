import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_ISSUERS, OFFICIAL_POLICY, PUBLIC_POLICY } from '../../src/records/pki/rules.ts';
import { openTrust } from '../../src/records/pki/trust.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { testClock } from '../ground.ts';
import {
  type Holder,
  hasOpenssl,
  makeOpensslPki,
  type OpensslPki,
  type Order,
  signWithOpenssl,
} from '../records/pki/openssl-pki.ts';
import { fillAll, next, openedModal, pressIn } from './acts.ts';
import { contents } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** An official proves who they are with a certificate chain made by the openssl command; the wrong ones are refused. */
const TODAY = '2026-11-23';
const EPKI = 'CA134100031';
const TEST_CA = 'CA131000031T';
const FOREIGN = 'CA128000031';
const dn = (cn: string, agency = '행정안전부') =>
  `/C=KR/O=Government of Korea/OU=${agency}/OU=people/CN=${cn}`;
const kimCert: Order = { subject: dn('001김보람001'), policy: OFFICIAL_POLICY };

async function registerByCertificate(person: Person, name: string): Promise<string> {
  await person.openHome();
  await person.press('인증서로 본인확인'); // nothing is submitted yet, so it begins with the form
  await fillAll(person, { '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: '행정안전부' });
  await next(person);
  await fillAll(person, {
    부서: '디지털안전정책과',
    이름: name,
    전화번호: '044-205-1234',
    휴대전화번호: '010-1234-5678',
    이메일: 'kim@korea.kr',
    '본인확인 방법': 'GPKI 인증서 전자서명',
  });
  await next(person);
  return challengeOn(person);
}

/** The challenge on the screen. */
async function challengeOn(person: Person): Promise<string> {
  const [, text] = /(bogeup-challenge\/1 \S+ \S+ nonce=\S+)/.exec(await openedModal(person)) ?? [];
  if (!text) throw new Error(`no challenge on the screen:\n${await person.modalText()}`);
  return text;
}

describe.skipIf(!hasOpenssl)('registration by certificate', () => {
  const clock = testClock();
  let stage: Stage;
  let pki: OpensslPki;
  let good: Holder;
  let kim: Person;
  let text: string;

  beforeAll(async () => {
    pki = makeOpensslPki(TODAY, [...DEFAULT_ISSUERS, EPKI, TEST_CA, FOREIGN]);
    const settings = { store: pki.trustStore, crls: pki.crls, issuers: [], testCas: false };
    stage = await setStage({ clock, proof: { trust: await openTrust(settings, clock.now), local: false } });
    kim = stage.kim;
    good = pki.issue(kimCert);
    text = await registerByCertificate(kim, '김보람');
  });
  afterAll(() => stage?.close());

  const upload = async (bytes: Buffer, name = '서명.p7m') => {
    await kim.fill('서명 파일', { name, bytes });
    return kim.submit();
  };
  async function again(): Promise<void> {
    await kim.close({ all: true });
    await kim.openHome();
    await kim.press('인증서로 본인확인');
    text = await challengeOn(kim);
  }

  const unapproved = async () => {
    const filing = await stage.store.db.filing.findFirstOrThrow({ where: { procedure: 'registration' } });
    expect(filing.state).toBe('SUBMITTED');
    expect(await stage.store.db.certificate.count()).toBe(0);
    expect(await stage.store.db.person.count({ where: { registeredAt: { not: null } } })).toBe(0);
  };
  const lastReason = async () => {
    const row = await stage.store.db.audit.findFirstOrThrow({
      where: { action: 'certificate.refuse' },
      orderBy: { seq: 'desc' },
    });
    return row.data;
  };

  test('the challenge comes as a file too', async () => {
    const message = await kim.waitFor('본인확인 파일입니다');
    const [file] = message.files as { name: string; id: string }[];
    expect(file?.name).toBe('bogeup-challenge.txt');
    expect((await kim.download(file ?? '')).toString()).toBe(text);
    await unapproved(); // an officer may still decide by hand
  });

  const withCert = (change: Partial<Order>) => () =>
    signWithOpenssl(pki.issue({ ...kimCert, ...change }), text);
  const refused: [what: string, reason: string, says: RegExp, make: () => Buffer][] = [
    ['an expired certificate', 'EXPIRED', /유효기간이 끝난/, withCert({ until: '2026-11-01' })],
    ['one not yet valid', 'NOT_YET_VALID', /아직 시작되지 않은/, withCert({ from: '2026-12-01' })],
    [
      'a revoked one',
      'REVOKED',
      /폐지된 인증서/,
      () => {
        const holder = pki.issue(kimCert);
        pki.revoke(holder);
        return signWithOpenssl(holder, text);
      },
    ],
    [
      'one of a server',
      'WRONG_POLICY',
      /개인용 서명 인증서가 아닙니다/,
      withCert({ policy: '1.2.410.100001.2.1.2' }),
    ],
    ['one for encryption', 'WRONG_POLICY', /암호용\(_env\)/, withCert({ usage: 'keyEncipherment' })],
    ['one of another CA', 'WRONG_ISSUER', /발급기관의 인증서가 아닙니다/, withCert({ issuer: FOREIGN })],
    [
      'a wrong challenge',
      'WRONG_CHALLENGE',
      /다른 내용에 서명/,
      () => signWithOpenssl(good, 'bogeup-challenge/1 x'),
    ],
    [
      'a wrong challenge, detached',
      'WRONG_CHALLENGE',
      /다른 내용에 서명/,
      () => signWithOpenssl(good, 'something else', '-detached'),
    ],
    [
      'an altered one',
      'ALTERED',
      /서명한 뒤 파일이 바뀌었습니다/,
      () => {
        const bytes = signWithOpenssl(good, text.replace('account=', 'Account='));
        bytes.write('account=', bytes.indexOf('Account='));
        return bytes;
      },
    ],
    [
      'a self-signed one',
      'SELF_SIGNED',
      /스스로 만든 인증서/,
      () => signWithOpenssl(pki.selfSigned(dn('001김보람001')), text),
    ],
    ['one of a test CA', 'TEST_CA', /시험용 인증기관/, withCert({ issuer: TEST_CA })],
    [
      'an EPKI one',
      'EPKI',
      /교육기관 전자서명\(EPKI\)/,
      withCert({ issuer: EPKI, policy: '1.2.410.100001.5.3.1.3' }),
    ],
    ['an NPKI one', 'NPKI', /공동인증서\(NPKI\)/, withCert({ policy: '1.2.410.200005.1.1.1' })],
    ['another person’s', 'OTHER_PERSON', /이름이 등록한/, withCert({ subject: dn('001이정훈001') })],
    ['an old digest', 'UNSUPPORTED_KEY', /SHA-256 이상/, () => signWithOpenssl(good, text, '-md', 'sha1')],
    ['a bare certificate', 'NOT_A_SIGNATURE', /인증서\(\.cer\)만으로는/, () => Buffer.from('MIIBAQ==')],
  ];

  test.each(refused)('%s is refused', async (_what, reason, says, make) => {
    expect(await upload(make())).toBe('errors');
    expect(kim.errors()['서명 파일']).toMatch(says);
    expect(await lastReason()).toMatchObject({ reason });
    await unapproved();
  });

  test('without a list in force nobody is believed', async () => {
    clock.advance(3 * 86_400_000);
    // The challenge has long run out as well: a new one, as after a weekend.
    await kim.close({ all: true });
    await kim.openHome();
    await kim.press('인증서로 본인확인');
    text = await challengeOn(kim);
    expect(await upload(signWithOpenssl(good, text))).toBe('errors');
    expect(kim.errors()['서명 파일']).toMatch(/폐지되었는지 확인하지 못하여.*유효기간이 지났습니다/);
    await unapproved();
    clock.advance(-3 * 86_400_000);
  });

  test('after ten minutes the signature is too late', async () => {
    clock.advance(4 * 86_400_000);
    expect(await upload(signWithOpenssl(good, text))).toBe('errors');
    expect(kim.errors()['서명 파일']).toContain('유효시간(10분)이 지났습니다');
    clock.advance(-4 * 86_400_000);
    await unapproved();
  });

  /** Everything in the database but the audit trail, which records that something was refused. */
  const kept = async () => {
    const { Audit: _audit, AuditHead: _head, ...tables } = await contents(stage.store);
    return tables;
  };

  test('a private key goes nowhere', async () => {
    const before = await kept();
    const key = readFileSync(good.key);
    for (const name of ['001김보람001_sig.key', '서명.p7m']) {
      expect(await upload(key, name)).toBe('errors');
      expect(kim.errors()['서명 파일']).toContain('개인키 또는 비밀번호가 든 파일은 받지 않습니다');
    }
    expect(await kept()).toEqual(before);
    expect(JSON.stringify(await stage.store.db.audit.findMany())).not.toMatch(/PRIVATE KEY|_sig\.key/);
  });

  test('a password that is typed where the signature belongs goes nowhere', async () => {
    await again();
    await stage.bot.idle();
    const before = await kept();
    await kim.fill('서명값 붙여넣기', 'gpki-password-1234!');
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()['서명 파일']).toContain('전자서명 파일이 아닙니다');
    expect(await kept()).toEqual(before);
    expect(JSON.stringify(await stage.store.db.audit.findMany())).not.toContain('gpki-password');
  });

  test('a 공공기관 certificate leads to the letter', async () => {
    const holder = pki.issue({
      subject: '/C=KR/O=Public of Korea/OU=한국환경공단/OU=people/CN=300김보람001',
      policy: PUBLIC_POLICY,
      issuer: 'CA131100002',
    });
    expect(await upload(signWithOpenssl(holder, text))).toBe('updated');
    const shown = await kim.modalText();
    expect(shown).toContain('공공기관 신청 안내');
    expect(shown).toContain('한국지역정보개발원 디지털인증부');
    await unapproved();
  });

  test('a certificate of another agency proves the name only; the same signature does not count twice', async () => {
    await again();
    const file = signWithOpenssl(pki.issue({ ...kimCert, subject: dn('001김보람001', '국세청') }), text);
    expect(await upload(file)).toBe('updated');
    expect(await kim.modalText()).toContain('관리자가 검토한 뒤 승인합니다');
    const filing = await stage.store.db.filing.findFirstOrThrow();
    expect(filing.state).toBe('SUBMITTED');
    await again();
    expect(await upload(file)).toBe('errors');
    expect(kim.errors()['서명 파일']).toContain('이미 사용한 서명입니다');
    expect(await lastReason()).toMatchObject({ reason: 'CHALLENGE_USED' });
    expect((await stage.store.db.filing.findFirstOrThrow()).state).toBe('SUBMITTED');
  });

  test('the right one registers the official at once, an EC key as well', async () => {
    const holder = pki.issue({ ...kimCert, key: 'ec' });
    expect(await upload(signWithOpenssl(holder, text))).toBe('updated');
    expect(await kim.modalText()).toContain('사용자 등록이 승인되었습니다');
    await kim.waitFor('사용자 등록이 승인되었습니다');
    const { db } = stage.store;
    const person = await db.person.findFirstOrThrow({ where: { name: '김보람' } });
    expect(person).toMatchObject({ agencyCode: '1741000', mobile: '010-1234-5678' });
    const row = await db.audit.findFirstOrThrow({ where: { action: 'filing.approve' } });
    const kept = await db.certificate.findFirstOrThrow({ where: { endedAt: null } });
    expect(row).toMatchObject({ actor: 'bot', person: person.id });
    expect(row.data).toMatchObject({ evidence: { fingerprint: kept.fingerprint } });
    expect(kept).toMatchObject({ personId: person.id, cn: '001김보람001', policy: OFFICIAL_POLICY });
    expect(kept.notAfter.toISOString()).toBe('2028-03-01T00:00:00.000Z');
    expect(await db.certificate.count({ where: { endedAt: { not: null } } })).toBe(1); // the other agency's
    expect(await verifyAudit(db)).toMatchObject({ ok: true });
  });

  test('the desk reads that it was the certificate', async () => {
    await stage.officer.waitFor('자동 승인(인증서 확인)');
  });

  test('a registered official registers a newer certificate, RSA and detached', async () => {
    await kim.close({ all: true });
    await kim.openHome();
    await pressIn(kim, '전체 업무', '인증서 등록');
    text = await challengeOn(kim);
    expect(await upload(signWithOpenssl(good, `${text}\n`, '-detached'))).toBe('updated');
    expect(await kim.modalText()).toContain('인증서를 등록했습니다');
    const living = await stage.store.db.certificate.findMany({ where: { endedAt: null } });
    expect(living).toHaveLength(1);
  });

  test('somebody else cannot use the certificate of a registered official', async () => {
    const { lee } = stage;
    text = await registerByCertificate(lee, '김보람');
    await lee.fill('서명 파일', { name: 'a.p7m', bytes: signWithOpenssl(good, text) });
    await lee.submit();
    expect(await lee.modalText()).toContain('다른 계정에서 이미 등록한 인증서입니다');
    expect(await stage.store.db.person.count({ where: { registeredAt: { not: null } } })).toBe(1);
  });
});
