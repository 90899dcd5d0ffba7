import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLicence } from '../../src/records/licences/verify.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { application } from '../answers.ts';
import { agree, apply, fillAll, next, openedModal, register, report } from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const card = (text: string) => (message: { text: string; channel: string }) =>
  message.channel === DESK_CHANNEL && message.text.includes(text);

test('a person who is not registered is told what is missing, and registers', async () => {
  const { kim, officer } = stage;
  await register(kim, '김보람');
  await officer.waitFor('사용자 등록 · 검토중');
  await officer.press('승인', { in: card('사용자 등록') });
  const { ts } = await kim.waitFor('사용자 등록이 승인되었습니다');
  await kim.press('이용신청서 작성', { in: (message) => message.ts === ts });
  expect(await openedModal(kim)).toContain('약관 동의');
  await kim.close({ all: true });
});

test('an official applies, an officer approves, the temporary licence and the module arrive', async () => {
  const { kim, officer, signer } = stage;
  await apply(kim);
  await officer.waitFor('이용신청 · 검토중');
  await officer.press('검토', { in: card('이용신청') });
  const review = await openedModal(officer);
  expect(review).toContain('10.10.1.21');
  expect(review).toContain('인증서 CN이 소속기관의 것입니다.');
  await officer.close({ all: true });
  await officer.press('승인', { in: card('이용신청') });
  await kim.waitFor('임시라이선스를 보내 드립니다');
  const message = (await kim.dm()).find((one) => one.files);
  expect(JSON.stringify(message?.blocks)).toContain('(Java · Linux 64bit)');
  const files = message?.files as { id: string; name: string }[];
  expect(files.map((file) => file.name)).toEqual([
    expect.stringMatching(/^gpkiapi-TEMP-2026-000001\.lic$/),
    'gpkiapi-java-linux-64.tar',
  ]);
  await kim.press('설치가이드', { in: (one) => one.ts === message?.ts });
  expect(await openedModal(kim)).toContain('자료실');
  await kim.close({ all: true });
  const opened = openLicence(await kim.download(files[0] ?? ''), [signer.certificatePem]);
  expect(opened).toMatchObject({ ok: true, payload: { kind: 'TEMPORARY', expiresOn: '2027-01-23' } });
});

test('the two cautions of the guide stand where it has them', async () => {
  const { kim } = stage;
  await kim.openHome();
  await kim.press('이용신청서 작성');
  await agree(kim);
  expect(await kim.modalText()).toContain('담당공무원의 정보가 오입력되거나 누락되지 않도록 주의하십시오.');
  expect(await kim.modalText()).toMatch(/소속기관\s+행정안전부/);
  for (const part of ['overview', 'environment', 'usage'] as const) {
    await fillAll(kim, application[part]);
    await next(kim);
  }
  expect(await kim.modalText()).toContain('반드시 실제 정보를 입력하십시오. (적용결과 작성 시 수정 必)');
  await kim.close({ all: true });
  await stage.store.db.draft.deleteMany();
});

test('the result report brings the regular licence', async () => {
  const { kim, officer, signer } = stage;
  await kim.openHome();
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim);
  await officer.waitFor('적용결과표 · 검토중');
  await officer.press('검토', { in: card('적용결과표') });
  expect(await openedModal(officer)).not.toContain('Linux Linux');
  await officer.close({ all: true });
  await officer.press('승인', { in: card('적용결과표') });
  await kim.waitFor('REG-2026-000001');
  const message = (await kim.dm()).filter((one) => one.files).at(-1);
  const [file] = (message?.files ?? []) as { id: string }[];
  const opened = openLicence(await kim.download(file ?? ''), [signer.certificatePem]);
  expect(opened).toMatchObject({ ok: true, payload: { kind: 'REGULAR', previous: 'TEMP-2026-000001' } });
  expect(await verifyAudit(stage.store.db)).toMatchObject({ ok: true });
});

test('several development servers are bound each with its own name and card', async () => {
  const { kim, signer, officer } = stage;
  const before = (await kim.dm()).length;
  await apply(kim, {
    overview: { 시스템명: '행정안전부 둘째 시스템' },
    servers: {
      '개발서버 IP주소': '10.10.2.41, 10.10.2.42',
      HOST: 'devwas11, devwas12',
      'Mac 주소': '00:1A:2B:3C:4D:71, 00:1A:2B:3C:4D:72',
    },
  });
  await officer.waitFor('행정안전부 둘째 시스템');
  await officer.press('승인', { in: card('둘째 시스템') });
  const message = await kim.waitFor(async () => (await kim.dm()).slice(before).find((one) => one.files));
  const [file] = (message as { files?: { id: string }[] }).files ?? [];
  const opened = openLicence(await kim.download(file ?? { id: '' }), [signer.certificatePem]);
  expect(opened).toMatchObject({
    ok: true,
    payload: {
      hosts: [
        { ip: ['10.10.2.41'], host: 'devwas11', mac: '00:1A:2B:3C:4D:71' },
        { ip: ['10.10.2.42'], host: 'devwas12', mac: '00:1A:2B:3C:4D:72' },
        { ip: ['10.10.1.21', '10.10.1.22'] },
      ],
    },
  });
});
