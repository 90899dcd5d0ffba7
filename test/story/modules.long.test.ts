import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { apply, becomeUser, card, closeAll, fillAll, openedModal, pressIn } from './acts.ts';
import { forgeClick, forgeSubmit } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** Releases of the module: registered, chosen at an approval, told, fetched, withdrawn. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

const MiB = 1024 * 1024;
const large = { name: 'gpkiapi-java-linux-64-1.11.0.tar', bytes: randomBytes(12 * MiB + 1) };
const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const java = { 개발언어: 'Java', 운영체제: 'Linux', 비트수: '64bit' };

/** The files of the newest message to this person that has some. */
async function lastFiles(person: Person): Promise<{ id: string; name: string }[]> {
  const message = (await person.dm()).filter((one) => one.files).at(-1);
  return (message?.files ?? []) as { id: string; name: string }[];
}

/** A press that nobody's screen offers, and what is read then. */
async function refused(person: Person, action: string, value: string, text: string): Promise<void> {
  await closeAll(person);
  await forgeClick(person, action, value);
  await person.waitFor(async () => (await person.modalText()).includes(text));
  await closeAll(person);
}

async function detailOf(person: Person): Promise<void> {
  await closeAll(person);
  await person.openHome();
  await person.press('상세', { in: 'home' });
  await person.press('모듈 받기', { in: 'modal' });
  await person.waitFor(async () => (await person.modalText()).includes('에 쓰는 표준API 모듈'));
}

test('an application for which two products fit: the officer is asked which, and that one is sent', async () => {
  const { kim, officer, store } = stage;
  await becomeUser(stage, kim, '김보람');
  await apply(kim);
  const marked = () => store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
  const { looks } = await marked();
  await officer.openHome();
  await pressIn(officer, '관리 업무', '모듈 등록');
  await fillAll(officer, {
    '모듈 파일': { name: 'light.tar', bytes: Buffer.from('the light one') },
    '모듈 이름': '표준API 경량 모듈',
    버전: '2.0',
    ...java,
  });
  expect(await officer.submit()).toBe('updated');
  expect(await officer.modalText()).toContain(digest(Buffer.from('the light one')));
  await officer.close({ all: true });
  expect((await marked()).looks).toBe((looks ?? 0) + 1); // the queue counts what waits anew

  await officer.press('검토', { in: card('이용신청 검토중') });
  expect(await openedModal(officer)).toContain('맞는 표준API 모듈이 2개입니다');
  await closeAll(officer);
  await officer.press('승인', { in: card('이용신청 검토중') });
  expect(await openedModal(officer)).toContain('보낼 모듈 선택');
  expect(await store.db.licence.count()).toBe(0);

  const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
  const c = await store.db.moduleRelease.findFirstOrThrow({ where: { language: 'C' } });
  const ack = await forgeSubmit(officer, {
    callbackId: 'module.choose',
    metadata: { filing: `${filing.id}:1` },
    values: { module: { 'form.value': { type: 'static_select', selected_option: { value: c.id } } } },
  });
  expect(JSON.stringify(ack.body)).toContain('고른 모듈은 이 신청에 보낼 수 없습니다');
  const byApplicant = await forgeSubmit(kim, {
    callbackId: 'module.choose',
    metadata: { filing: `${filing.id}:1` },
    values: { module: { 'form.value': { type: 'static_select', selected_option: { value: c.id } } } },
  });
  expect(JSON.stringify(byApplicant.body)).toContain('표준API 관리자만');
  expect(await store.db.licence.count()).toBe(0);

  await officer.fill('모듈', '표준API 모듈');
  expect(await officer.submit()).toBe('updated');
  await kim.waitFor('임시라이선스를 보내 드립니다');
  expect((await lastFiles(kim)).map(({ name }) => name)).toContain('gpkiapi-java-linux-64.tar');
  await officer.close({ all: true });
});

test('a large file is sent to the bot first; wrong digest and known version are refused at their fields', async () => {
  const { officer, store } = stage;
  await officer.say('dm', '', [large]);
  await officer.waitFor('표준API 모듈이면');
  await officer.press('모듈로 등록');
  expect(await openedModal(officer)).toContain(large.name);
  const fields = {
    '모듈 이름': '표준API 모듈',
    버전: '1.10.0',
    ...java,
    '달라진 점': '보안 취약점 수정',
  };
  await fillAll(officer, { ...fields, 'SHA-256': 'abc' });
  expect(await officer.submit()).toBe('errors');
  expect(officer.errors()['SHA-256']).toContain('64자리');
  await officer.fill('SHA-256', digest(Buffer.from('another')));
  expect(await officer.submit()).toBe('errors');
  expect(officer.errors().버전).toContain('이미 등록되어 있습니다');
  await officer.fill('버전', '1.11.0');
  const other = await officer.submit(); // the file is read now, which may take longer than Slack waits
  if (other === 'errors') expect(officer.errors()['SHA-256']).toContain(digest(large.bytes));
  else await officer.waitFor(async () => (await officer.modalText()).includes(digest(large.bytes)));
  expect(await store.db.moduleRelease.count({ where: { version: '1.11.0' } })).toBe(0);
  expect(await store.db.blob.count({ where: { sha256: digest(large.bytes) } })).toBe(0);

  await fillAll(officer, { ...fields, 버전: '1.11.0', 'SHA-256': digest(large.bytes).toUpperCase() });
  await officer.submit();
  await officer.waitFor(async () => (await officer.modalText()).includes('담당자 1명에게'));
  await closeAll(officer);
});

test('people of systems with the older release are told once, and fetch the new one or theirs', async () => {
  const { kim, lee, store } = stage;
  const told = await kim.waitFor('새 버전이 나왔습니다');
  expect(JSON.stringify(told.blocks)).toContain('보안 취약점 수정');
  expect(JSON.stringify(told.blocks)).toContain('행정안전부 민원관리시스템');
  expect(JSON.stringify(told)).not.toContain('10.10.');
  await kim.press('새 모듈 받기');
  await kim.waitFor(async () => (await lastFiles(kim))[0]?.name === large.name);
  const [file] = await lastFiles(kim);
  expect((await kim.download(file ?? '')).equals(large.bytes)).toBe(true);

  await detailOf(kim);
  const text = await kim.modalText();
  expect(text).toMatch(/1\.11\.0[\s\S]*최신[\s\S]*1\.10\.0[\s\S]*이전 버전/);
  await kim.press('1.10.0 받기');
  await kim.waitFor(async () => (await lastFiles(kim))[0]?.name === 'gpkiapi-java-linux-64.tar');
  expect(await store.db.audit.count({ where: { action: 'module.deliver' } })).toBe(2);
  expect(await store.db.outbox.count({ where: { notice: 'module.newer' } })).toBe(1);

  // Neither what is nobody's of theirs, nor what is neither theirs nor the newest.
  const newest = await store.db.moduleRelease.findFirstOrThrow({ where: { version: '1.11.0' } });
  const oldest = await store.db.moduleRelease.findFirstOrThrow({ where: { version: '1.4.0' } });
  const system = await store.db.system.findFirstOrThrow();
  await refused(lee, 'module.fetch', newest.id, '담당하는 시스템에 쓰는 모듈만');
  await refused(lee, 'module.fetchNewest', newest.id, '담당하는 시스템에 쓰는 모듈만');
  await refused(lee, 'module.ofSystem', system.id, '모듈을 받을 수 없습니다');
  await refused(kim, 'module.fetch', oldest.id, '이 시스템이 쓰는 버전과 최신 버전만');
  expect(await store.db.audit.count({ where: { action: 'module.deliver' } })).toBe(2);
  await closeAll(kim);
});

test('a release is withdrawn and restored, on record; meanwhile nobody gets it', async () => {
  const { kim, officer, store } = stage;
  await officer.openHome();
  await pressIn(officer, '관리 업무', '모듈 목록');
  const digests = (await openedModal(officer)).match(/SHA-256.*/g);
  expect(new Set(digests)).toContain(`SHA-256 앞 12자리 ${digest(large.bytes).slice(0, 12)}`);
  expect(digests?.join()).not.toMatch(/[0-9a-f]{13}/);
  const list = await openedModal(officer);
  expect(list).toContain('1.11.0 · 최신');
  expect(list).toContain('1.10.0 · 이전 버전');
  expect(list).toContain('따로 받음 1건');
  const nth = [...list.matchAll(/(\S+) · (최신|이전 버전)/g)].findIndex(
    ([, version]) => version === '1.11.0',
  );
  await officer.press('사용 중지', { in: 'modal', nth });
  await officer.waitFor(async () => (await officer.modalText()).includes('1.11.0 · 사용 중지'));
  expect(await officer.modalText()).toContain('1.10.0 · 최신');

  const withdrawn = await store.db.moduleRelease.findFirstOrThrow({ where: { version: '1.11.0' } });
  await refused(kim, 'module.fetch', withdrawn.id, '사용이 중지된 모듈입니다');
  await detailOf(kim);
  expect(await kim.modalText()).not.toContain('1.11.0');
  await closeAll(kim);

  await officer.press('되살리기', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('1.11.0 · 최신'));
  const recorded = await store.db.audit.findMany({
    where: { action: { startsWith: 'modules.' } },
    orderBy: { seq: 'asc' },
  });
  expect(recorded.map(({ action }) => action)).toEqual([
    'modules.add',
    'modules.add',
    'modules.withdraw',
    'modules.restore',
  ]);
  await closeAll(officer);
});

test('nobody but an officer registers, lists or withdraws', async () => {
  const { kim, officer, store } = stage;
  await kim.say('dm', '', [{ name: 'mine.tar', bytes: Buffer.from('mine') }]);
  await kim.waitFor('‘mine.tar’ 파일은 라이선스가 아닙니다');
  expect(JSON.stringify(await kim.dm())).not.toContain('모듈로 등록');
  const before = await store.db.moduleRelease.findMany();
  const [first] = before;
  for (const action of [
    'module.withdraw',
    'module.restore',
    'module.register',
    'module.list',
    'module.page.next',
  ])
    await refused(kim, action, `${first?.id}:0`, '표준API 관리자만');
  const ack = await forgeSubmit(kim, { callbackId: 'module.add', metadata: {} });
  expect(JSON.stringify(ack.body)).toContain('표준API 관리자만');
  // A file that somebody else sent to the bot is not the officer's to register.
  const theirs = (await kim.dm()).flatMap((one) => (one.files ?? []) as { id: string; name: string }[]);
  const id = theirs.find(({ name }) => name === 'mine.tar')?.id ?? '';
  const stolen = await forgeSubmit(officer, {
    callbackId: 'module.add',
    metadata: { file: id },
    values: {
      name: { 'form.value': { type: 'plain_text_input', value: '표준API 모듈' } },
      version: { 'form.value': { type: 'plain_text_input', value: '9.9' } },
      language: { 'form.value': { type: 'radio_buttons', selected_option: { value: 'C' } } },
      os: { 'form.value': { type: 'static_select', selected_option: { value: 'LINUX' } } },
      bits: { 'form.value': { type: 'radio_buttons', selected_option: { value: '64' } } },
    },
  });
  expect(JSON.stringify(stolen.body)).toContain('파일을 찾을 수 없습니다');
  expect(await store.db.moduleRelease.findMany()).toEqual(before);
});
