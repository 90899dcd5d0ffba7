import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLicence } from '../../src/app/operator/licence.ts';
import type { RevocationList } from '../../src/records/licences/revocation-list.ts';
import { signedRevocations } from '../../src/records/licences/revocations.ts';
import { signLicence } from '../../src/records/licences/sign.ts';
import { openLicence, openRevocations } from '../../src/records/licences/verify.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { given } from '../app/operator/operator.ts';
import { hasOpenssl, openssl, temporaryDirectory } from '../records/licences/sample.ts';
import { apply, approveApplication, becomeUser, card, report } from './acts.ts';
import { type Stage, setStage } from './stage.ts';

/** A licence file dropped into the conversation with the bot, and the signed list for servers without a connection. */
let stage: Stage;
let temporary: Buffer;
let regular: Buffer;

beforeAll(async () => {
  stage = await setStage();
  const { kim, officer } = stage;
  await becomeUser(stage, kim, '김보람');
  await apply(kim);
  await officer.waitFor('이용신청 · 검토중');
  await approveApplication(stage, kim);
  temporary = await lastFile(kim);
});
afterAll(() => stage?.close());

async function lastFile(person: Person): Promise<Buffer> {
  const message = (await person.dm()).filter((one) => one.files && one.user === 'U0BOGEUPBOT').at(-1);
  return person.download(((message?.files ?? []) as { id: string }[])[0] ?? '');
}

/** Drops a file and waits for the answer, in words. */
async function drop(person: Person, name: string, bytes: Buffer): Promise<string> {
  const before = (await person.dm()).length;
  await person.say('dm', '이 파일 맞나요?', [{ name, bytes }]);
  await person.waitFor(async () => (await person.dm()).length >= before + 2);
  const last = (await person.dm()).at(-1);
  return last ? messageText(last) : '';
}

test('its contact reads what it is, for which system and server, and what to do', async () => {
  const { kim, store } = stage;
  const answer = await drop(kim, 'gpkiapi.lic', temporary);
  for (const text of [
    '✔ 쓸 수 있는 임시라이선스입니다.',
    '보급봇이 발급한 그대로입니다.',
    'TEMP-2026-000001',
    '행정안전부 민원관리시스템',
    '10.***.***.31',
    '적용결과표 제출',
  ])
    expect(answer).toContain(text);
  expect(answer).not.toContain('10.10.2.31'); // no address in a message
  const [row] = await store.db.audit.findMany({ where: { action: 'licence.check' } });
  expect(row).toMatchObject({ subject: 'licence:TEMP-2026-000001', data: { shown: 'whole' } });
});

test('a stranger learns that it is genuine and stands, and neither system nor server', async () => {
  const { lee, officer } = stage;
  const answer = await drop(lee, 'gpkiapi.lic', temporary);
  expect(answer).toContain('✔ 쓸 수 있는 임시라이선스입니다.');
  expect(answer).toContain('TEMP-2026-000001');
  expect(answer).not.toMatch(/민원관리|10\.|다운로드/);
  expect(await drop(officer, 'gpkiapi.lic', temporary)).toContain('10.***.***.31');
});

test('one byte altered, no licence at all, too large, a private key', async () => {
  const { kim } = stage;
  const altered = Buffer.from(temporary);
  const at = altered.indexOf('10.10.2.31');
  altered.write('10.10.2.32', at);
  const answer = await drop(kim, 'gpkiapi.lic', altered);
  expect(answer).toContain('✖ 라이선스 파일이 발급된 뒤 바뀌었거나 손상되었습니다.');
  expect(answer).toContain('다운로드'); // of the system that it claims, since it is this person's
  expect(await drop(kim, 'gpkiapi.lic', Buffer.from('hello'))).toContain('라이선스 파일이 아닙니다');
  expect(await drop(kim, 'a.txt', Buffer.from('hello'))).toContain('안녕하십니까'); // a pasted text is read as one
  expect(await drop(kim, 'a.lic', Buffer.alloc(1024 * 1024 + 1, 0x30))).toContain('1MB가 넘는 파일');
  expect(await drop(kim, 'signPri.key', Buffer.from('x'))).toContain('개인키');
});

test('a file of our own key with other content than was issued is forged, here and at the command', async () => {
  const { kim, signer, store } = stage;
  const opened = openLicence(temporary, [signer.certificatePem]);
  if (!opened.ok) throw new Error(opened.text);
  const [host] = opened.payload.hosts;
  const forged = signLicence({ ...opened.payload, hosts: [{ ...host, ip: ['203.0.113.9'] }] }, signer);
  const answer = await drop(kim, 'gpkiapi.lic', forged);
  expect(answer).toContain('위조된 파일');
  expect(answer).not.toContain('✔');
  const said: string[] = [];
  const code = await verifyLicence(
    {
      db: store.db,
      trustedCertificates: async () => [signer.certificatePem],
      now: stage.clock.now,
      out: (line) => void said.push(line),
    },
    { file: given(forged), hosts: [] },
  );
  expect([code, said[0]?.split(' ')[0]]).toEqual([1, 'FORGED']);
});

test('after the regular licence the temporary one is told to be replaced, by which', async () => {
  const { kim, officer } = stage;
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim);
  await officer.waitFor('적용결과표 · 검토중');
  await officer.press('승인', { in: card('적용결과표') });
  await kim.waitFor('REG-2026-000001');
  regular = await lastFile(kim);
  const answer = await drop(kim, 'old.lic', temporary);
  expect(answer).toContain('새 라이선스로 바뀐 라이선스입니다. (교체: REG-2026-000001)');
  expect(answer).toContain('사유: 정상라이선스 발급');
  const now = await drop(kim, 'new.lic', regular);
  expect(now).toContain('✔ 쓸 수 있는 정상라이선스입니다.');
  expect(now).toContain('재발급 요청');
});

test('the signed list is fetched in the messenger; openssl agrees; it answers without a database', async () => {
  const { kim, signer, clock } = stage;
  await kim.command('/bogeup 폐지목록');
  await kim.waitFor('바뀌거나 폐지된 라이선스의 목록입니다.');
  const bytes = await lastFile(kim);
  const list = openRevocations(bytes, [signer.certificatePem]) as RevocationList;
  expect(list.entries).toEqual([
    { number: 'TEMP-2026-000001', since: expect.any(String), why: 'superseded', by: 'REG-2026-000001' },
  ]);
  expect(JSON.stringify(list)).not.toMatch(/민원|김|10\./);
  if (hasOpenssl) {
    const dir = temporaryDirectory();
    writeFileSync(join(dir, 'list.p7'), bytes);
    writeFileSync(join(dir, 'ca.pem'), signer.certificatePem);
    const inside = openssl(
      ...['cms', '-verify', '-inform', 'DER', '-in', join(dir, 'list.p7')],
      ...['-CAfile', join(dir, 'ca.pem'), '-purpose', 'any', '-no_check_time'],
    );
    expect(JSON.parse(inside.toString())).toEqual(list);
  }
  const verdict = async (file: Buffer, with_: Buffer, now = clock.now) => {
    const lines: string[] = [];
    const code = await verifyLicence(
      {
        db: null,
        now,
        out: (line) => void lines.push(line),
        trustedCertificates: async () => [signer.certificatePem],
      },
      { file: given(file), hosts: [], list: given(with_) },
    );
    return [code, lines[0]?.split(' ')[0]];
  };
  expect(await verdict(regular, bytes)).toEqual([0, 'VALID']);
  expect(await verdict(temporary, bytes)).toEqual([1, 'SUPERSEDED']);
  const later = () => new Date(clock.now().getTime() + 8 * 86_400_000);
  expect(await verdict(regular, bytes, later)).toEqual([1, 'UNRECORDED']); // out of date: it vouches for nothing
  const altered = Buffer.from(bytes);
  altered.write('revokeded!', altered.indexOf('superseded'));
  expect(await verdict(regular, altered)).toEqual([1, 'NOT_A_LIST']);
  expect(openRevocations(await signedRevocations(stage.store.db, signer, clock.now()), [])).toBeNull();
});

test('more licences and domains than fit are counted', async () => {
  const { kim, store } = stage;
  const { id, number, ...former } = await store.db.licence.findFirstOrThrow({ where: { kind: 'TEMPORARY' } });
  await store.db.licence.createMany({
    data: Array.from({ length: 20 }, (_, index) => ({
      ...former,
      payload: {},
      number: `${number}-${index}`,
      revision: 100 + index,
      issuedAt: new Date(index),
    })),
  });
  const names = Array.from({ length: 12 }, (_, index) => `m${index}.mois.go.kr`);
  await store.db.licence.updateMany({
    where: { kind: 'REGULAR' },
    data: { payload: { hosts: [{ ip: ['10.10.1.21'], domain: names }] } },
  });
  const answer = await drop(kim, 'gpkiapi.lic', regular);
  expect(answer).toContain('최근 20건만 보입니다.');
  expect(answer).toContain('m9.mois.go.kr 외 2개');
});
