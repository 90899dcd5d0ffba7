import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { application, pdf } from '../answers.ts';
import { apply, approveApplication, card, closeAll, fillAll, next, openedModal, report } from './acts.ts';
import { forgeClick, forgeSubmit } from './forge.ts';
import { givenAway, leaksOf, mayHold } from './secrets.ts';
import { type Stage, setStage } from './stage.ts';
import { type Shown, type Watch, watch } from './watch.ts';

/**
 * Personal data and addresses that nobody else has, through the whole main path with its refusals and faults: they may
 * stand in an officer's review and in the person's own windows, and nowhere else.
 */
const secrets = {
  name: '곽독특',
  phone: '02-7391-8462',
  mobile: '010-8462-7391',
  email: 'dokteuk.gwak@korea.kr',
  ip: '10.77.88.99',
  developmentIp: '10.77.88.101',
  developmentMac: '0A:9B:8C:7D:6E:5F',
  mac: '0A:9B:8C:7D:6E:6A',
  host: 'quetzal-was77',
  cn: 'SVR1741000777',
} as const;
const digits = (text: string) => text.replace(/\D/g, '');
const SECRETS = [...Object.values(secrets), digits(secrets.phone), digits(secrets.mobile)];

const given = (text: string) => givenAway(SECRETS, text);
const leaks = (shown: readonly Shown[], { userId: owner }: Person) =>
  leaksOf(shown, { owner, values: SECRETS });

let stage: Stage;
let seen: Watch;
const lines: string[] = [];
const consoles = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation((...said: unknown[]) => void lines.push(said.join(' '))),
);

beforeAll(async () => {
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  stage = await setStage({ log: pino({ level: 'trace' }, sink), deskGuests: ['U0LEE000001'] });
  const { kim, lee, park, officer, officer2, workspace } = stage;
  seen = await watch(workspace, [kim, lee, park, officer, officer2]);
});
afterAll(async () => {
  seen?.close();
  await stage?.close();
  for (const spy of consoles) spy.mockRestore();
});

test('the main path, its refusals and its faults are played with data that nobody else has', async () => {
  const { kim, lee, officer, officer2, store } = stage;
  await kim.openHome();
  await kim.press('사용자 등록');
  await fillAll(kim, { '개인정보 수집 및 이용에 대한 동의': '동의함', 소속기관: '행정안전부' });
  await next(kim);
  await fillAll(kim, { 부서: '디지털안전정책과', '직위(직급)': '주무관' });
  const { name: 이름, phone: 전화번호, mobile: 휴대전화번호, email: 이메일 } = secrets;
  await fillAll(kim, { 이름, 전화번호: '1234', 휴대전화번호, 이메일 });
  expect(await kim.submit()).toBe('errors');
  await fillAll(kim, { 전화번호 });
  await next(kim);
  await closeAll(kim);
  await officer.openHome();
  await officer.press('승인', { in: card('사용자 등록 검토중') });
  await kim.waitFor('사용자 등록이 승인되었습니다');

  const changes = {
    environment: { 'IP 주소': secrets.ip },
    servers: {
      '보유한 인증서 CN': secrets.cn,
      '개발서버 IP주소': secrets.developmentIp,
      HOST: secrets.host,
      'Mac 주소': secrets.developmentMac,
    },
    attachments: { 첨부파일: [pdf(`공문 ${secrets.name}.pdf`), pdf('구성도.pdf'), pdf('업무프로세스.pdf')] },
  };
  await apply(kim, changes);
  await officer.press('보완요청', { in: card('이용신청 검토중') });
  await officer.fill('고칠 항목', ['IP 주소', 'Mac 주소']);
  await officer.fill('IP 주소', '서버가 여러 대인지 확인하십시오.');
  await officer.fill('Mac 주소', '형식을 확인하십시오.');
  await officer.fill('보완요청 사유', '서버 정보를 확인하십시오.');
  await next(officer);
  await closeAll(officer);
  await kim.openHome();
  await kim.press('수정', { in: 'home' });
  await openedModal(kim);
  await next(kim); // environment: back to the summary or on to the next remark
  while (!(await kim.modalText()).includes('제출하기 전에 확인')) await next(kim);
  await next(kim);
  await closeAll(kim);
  await officer.press('검토', { in: card('이용신청 검토중') });
  expect(given(await openedModal(officer))).toEqual(expect.arrayContaining([secrets.ip, secrets.mobile]));
  await pressFirstAttachment(officer);
  await officer.waitFor(async () => (await officer.dm()).some((one) => one.files));
  await closeAll(officer);

  // Another application with the same addresses, which the automatic checks point at.
  await refusedForOthers(lee);
  await approveApplication(stage, kim);
  await kim.openHome();
  await kim.press('다운로드', { in: 'home' });
  await openedModal(kim);
  await closeAll(kim);
  await kim.press('적용결과표 제출', { in: 'home' });
  await report(kim, {
    '운영서버 IP 주소': secrets.ip,
    '운영서버 HOST': secrets.host,
    '운영서버 Mac 주소': secrets.mac,
  });
  await Promise.all([
    officer.press('승인', { in: card('적용결과표 검토중') }),
    officer2.press('승인', { in: card('적용결과표 검토중') }),
  ]);
  await kim.waitFor('REG-2026-000001');
  await kim.openHome();
  await kim.press('상세', { in: 'home' });
  expect(given(await openedModal(kim))).toContain(secrets.ip);
  await kim.command('/bogeup 현황');
  await closeAll(kim);

  await makeFaults();
  await stage.workspace.deactivate(kim.userId);
  await officer.waitFor('담당자가 없게 된 시스템입니다');
  await stage.bot.idle();
  expect(await store.db.person.count({ where: { name: secrets.name } })).toBe(1);

  async function pressFirstAttachment(person: Person): Promise<void> {
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    await forgeClick(person, 'filing.attachment.letter', `${filing.id}:letter`);
  }

  async function refusedForOthers(person: Person): Promise<void> {
    const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
    for (const action of ['filing.review', 'filing.approve', 'filing.detail', 'filing.withdraw']) {
      await forgeClick(person, action, filing.id);
      await openedModal(person);
      await closeAll(person);
    }
    await forgeClick(person, 'system.detail', filing.systemId ?? '');
    await openedModal(person);
    await closeAll(person);
  }
});

/** Errors that quote what they were given: the database's, Slack's, and of our own code. */
async function makeFaults(): Promise<void> {
  const { kim, officer, store, workspace } = stage;
  const { db } = store;
  // A row that the database refuses, with all of it in the message.
  const quote = Object.values(secrets).join(' ').replaceAll("'", '');
  await db.$executeRawUnsafe(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused ${quote}'; END $$`,
  );
  await db.$executeRawUnsafe(
    'CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON "Draft" FOR EACH ROW EXECUTE FUNCTION refuse()',
  );
  await forgeClick(kim, 'application.begin');
  expect(await openedModal(kim)).toContain('처리하지 못했습니다');
  await closeAll(kim);
  await db.$executeRawUnsafe('DROP TRIGGER refuse ON "Draft"');

  // A notice that cannot be rendered, which is told on the desk, and a home that cannot be shown.
  const reader = await db.person.findFirstOrThrow({ where: { slackId: officer.userId } });
  const { id: filingId } = await db.filing.findFirstOrThrow({ where: { procedure: 'application' } });
  const { host: _formless, ...formed } = secrets;
  await db.outbox.create({
    data: {
      key: 'unrenderable',
      notice: 'filing.attachment',
      recipient: reader.id,
      facts: { filingId, revision: 1, field: Object.values(formed).join(' ') },
      attempts: 9,
      dueAt: stage.clock.now(),
      createdAt: stage.clock.now(),
    },
  });
  workspace.faults.serverError = { method: 'views.publish', times: 3 };
  await forgeSubmit(officer, { callbackId: 'filing.decision', metadata: quote });
  await kim.command('/bogeup 현황');
  await stage.bot.idle();
  await officer.waitFor('전달하지 못한 안내가 있습니다');
  delete workspace.faults.serverError;
}

test('no message, no home, and no window but a review or the person’s own holds any of it', () => {
  const { kim } = stage;
  expect(leaks(seen.shown, kim)).toEqual([]);
  // The check looked at what it is about, and finds what is there.
  const kinds = new Map<string, number>();
  for (const { kind, where } of seen.shown) {
    const key = kind === 'modal' ? where : kind;
    kinds.set(key, (kinds.get(key) ?? 0) + 1);
  }
  expect([...kinds.keys()]).toEqual(
    expect.arrayContaining(['message', 'home', 'filing.reviewed', 'filing.decision', 'refusal', 'trouble']),
  );
  expect(
    seen.shown.some((one) => mayHold(one, kim.userId) && given(JSON.stringify(one.content)).length > 5),
  ).toBe(true);
  expect(seen.shown.some(({ content }) => JSON.stringify(content).includes('곽*특'))).toBe(true);
});

test('no log line holds any of it, and each fault is there to be found', () => {
  expect(lines.flatMap((line) => (given(line).length > 0 ? [line.slice(0, 500)] : []))).toEqual([]);
  const log = lines.join('\n');
  expect(log).toContain('a listener failed');
  expect(log).toContain('the database refused');
  expect(log).toMatch(/"incident":"[0-9a-f]{8}"/);
  expect(log).toContain('not delivered');
});

test.each([
  ['a card with the name', 'message', 'C0DESK00001', `신청자  ${secrets.name}`],
  ['a message with a telephone number in other dashes', 'message', 'D0KIM000001', '010 8462 7391'],
  ['a window for somebody else', 'modal', 'note', secrets.ip],
  ['a home', 'home', '', secrets.email.toUpperCase()],
  ['a MAC without colons', 'message', 'C0DESK00001', '0a9b8c7d6e5f'],
] as const)('a leak is noticed: %s', (_what, kind, where, text) => {
  const one: Shown = { to: stage.officer.userId, kind, where, content: { text } };
  expect(leaks([one], stage.kim)).toHaveLength(1);
  expect(leaks([{ ...one, content: { text: '곽*특 010-8462-****' } }], stage.kim)).toEqual([]);
});

test('the application that is used here holds no secret of its own', () => {
  expect(given(JSON.stringify(application))).toEqual([]);
});
