import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeSystem } from '../../../src/procedures/application/profile.ts';
import type { Person } from '../../../src/sandbox/person.ts';
import { ec, makeAuthority, makePerson } from '../../records/pki/paper-pki.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  next,
  openedModal,
  pressOfSystem,
} from '../../story/acts.ts';
import { ackText, forgeClick, forgeSubmit } from '../../story/forge.ts';
import { type Stage, setStage } from '../../story/stage.ts';

/** 서버용 인증서 of a system: from its 상세, by file or typed; what officers then read. */
const ca = makeAuthority('CA131100001');
const server = (cn: string, order: { notAfter?: Date; policies?: string[]; o?: string } = {}) => {
  const { o = 'Government of Korea', ...rest } = order;
  const { certificate } = makePerson(ca, ec(), {
    subject: [
      ['c', 'KR'],
      ['o', o],
      ['ou', 'Group of Server'],
      ['cn', cn],
    ],
    policies: ['1.2.410.100001.2.1.2'],
    ...rest,
  });
  return { name: `${cn}_env.cer`, bytes: certificate.x509.raw };
};

let stage: Stage;
let kim: Person;
let systemId: string;
beforeAll(async () => {
  stage = await setStage();
  kim = stage.kim;
  await becomeUser(stage, kim, '김보람');
  await apply(kim);
  systemId = (await stage.store.db.system.findFirstOrThrow()).id;
});
afterAll(() => stage?.close());

async function openForm(): Promise<void> {
  await closeAll(kim);
  await kim.openHome();
  await kim.press('상세', { in: 'home' });
  await openedModal(kim);
  await pressOfSystem(kim, '서버용 인증서 등록');
  await kim.waitFor(async () => (await kim.modalText()).includes('CN과 만료일을 입력'));
}
const living = () => stage.store.db.certificate.findMany({ where: { systemId, endedAt: null } });

test('nothing registered is said', async () => {
  await kim.openHome();
  await kim.press('상세', { in: 'home' });
  expect(await openedModal(kim)).toMatch(/서버용 인증서\s+등록하지 않음/);
});

test('what is wrong is refused at its field and nothing is kept', async () => {
  await openForm();
  const files: [ReturnType<typeof server>, RegExp][] = [
    [server('SVR1741000001', { policies: ['1.2.410.100001.2.2.1'] }), /서버용 인증서가 아닙니다/],
    [server('SVR1741000001', { o: 'Public of Korea' }), /o=Government of Korea여야/],
    [server('001홍길동001'), /SVR로 시작/],
    [{ name: 'SVR1741000001_env.cer', bytes: Buffer.from('text') }, /인증서 파일이 아닙니다/],
    [{ name: 'SVR1741000001_env.key', bytes: Buffer.from('text') }, /개인키 또는 비밀번호가 든 파일/],
    [
      { name: 'SVR1741000001_env.cer', bytes: ec().export({ type: 'pkcs8', format: 'der' }) },
      /개인키 또는 비밀번호가 든 파일/,
    ],
  ];
  for (const [file, text] of files) {
    await kim.fill('인증서 파일', file);
    expect(await kim.submit()).toBe('errors');
    expect(kim.errors()['인증서 파일']).toMatch(text);
  }
  expect(await living()).toEqual([]);
  await openForm();
  await kim.fill('인증서 CN', 'SVR1741000');
  await kim.fill('만료일', '2028-03-31');
  expect(await kim.submit()).toBe('errors');
  expect(kim.errors()['인증서 CN']).toContain('일련번호');
});

test('typed: kept until the end of its day, too long is pointed out', async () => {
  await openForm();
  await kim.fill('인증서 CN', 'SVR1741000002');
  await kim.fill('만료일', '2031-03-31');
  expect(await kim.submit()).toBe('updated');
  expect(await kim.modalText()).toMatch(/2031.*까지[\s\S]*유효기간이 2년 3개월을 넘습니다/);
  const [row] = await living();
  expect(row).toMatchObject({ cn: 'SVR1741000002', pem: null, purpose: 'SERVER' });
  expect(row?.notAfter.toISOString()).toBe('2031-03-31T14:59:59.000Z');
});

test('a file takes its place, and 상세 shows it', async () => {
  await openForm();
  await kim.fill('인증서 파일', server('SVR1741000003'));
  expect(await kim.submit()).toBe('updated');
  const rows = await living();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.pem).toContain('BEGIN CERTIFICATE');
  expect(await stage.store.db.certificate.count({ where: { systemId } })).toBe(2);
  await closeAll(kim);
  await kim.openHome();
  await kim.press('상세', { in: 'home' });
  expect(await openedModal(kim)).toContain('SVR1741000003');
});

test('officers read it in the review', async () => {
  const { officer } = stage;
  await officer.press('검토', { in: card('이용신청') });
  expect(await openedModal(officer)).toMatch(/✔ 서버용 인증서 SVR1741000003: .*까지/);
});

test('somebody else neither sees the form nor registers anything', async () => {
  const { lee } = stage;
  await lee.openHome();
  await forgeClick(lee, 'serverCertificate.begin', systemId);
  expect(await openedModal(lee)).toContain('담당하는 시스템의 서버용 인증서만');
  const ack = await forgeSubmit(lee, {
    callbackId: 'serverCertificate.register',
    metadata: { system: systemId },
    values: { cn: { 'form.value': { type: 'plain_text_input', value: 'SVR1741000009' } } },
  });
  expect(ackText(ack)).toContain('담당하는 시스템의 서버용 인증서만');
  expect((await living())[0]?.cn).toBe('SVR1741000003');
});

test('a later 이용정보 현행화 shows the registered CN, and brings no former one back', async () => {
  await approveApplication(stage, kim);
  await closeAll(kim);
  await kim.openHome();
  await kim.press('상세', { in: 'home' });
  await pressOfSystem(kim, '이용정보 현행화');
  await kim.waitFor(async () => (await kim.modalText()).includes('1. 표준API 관리담당'));
  await kim.fill('전화번호', '044-205-9999');
  await next(kim);
  expect(JSON.stringify(await kim.modal())).toContain('SVR1741000003');
  await next(kim);
  await next(kim);
  expect(await kim.modalText()).toContain('바뀌는 항목');
  await next(kim);
  await openForm(); // while it waits, the certificate is renewed
  await kim.fill('인증서 CN', 'SVR1741000004');
  await kim.fill('만료일', '2028-12-31');
  await next(kim);
  await stage.officer.press('승인', { in: card('이용정보 현행화') });
  await kim.waitFor('이용정보 현행화가 승인되어');
  const { db } = stage.store;
  const system = await db.system.findFirstOrThrow({ include: { contact: true } });
  expect(system).toMatchObject({ serverCn: 'SVR1741000004', contact: { phone: '044-205-9999' } });
  expect(await describeSystem(db, systemId)).toMatchObject({
    certificate: 'EXISTING',
    serverCn: 'SVR1741000004',
  });
});
