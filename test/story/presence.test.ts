import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '../../src/sandbox/person.ts';
import { messageText } from '../../src/sandbox/visible-text.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import {
  apply,
  approveApplication,
  becomeUser,
  card,
  closeAll,
  fillAll,
  fillApplication,
  next,
  openedModal,
  pressIn,
} from './acts.ts';
import { ackText, contents, forgeClick, forgeSubmit } from './forge.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';

/** Somebody who leaves loses every authority at once, whether the bot hears of it or was away. */
let stage: Stage;
const SYSTEM = '행정안전부 민원관리시스템';

beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await apply(stage.kim);
  await approveApplication(stage, stage.kim);
});
beforeEach(async () => {
  const { kim, officer, officer2 } = stage;
  for (const person of [kim, officer, officer2]) {
    await stage.workspace.deactivate(person.userId, false);
    await closeAll(person);
  }
  await stage.bot.idle();
});
afterAll(() => stage?.close());

const personOf = ({ userId }: Person) =>
  stage.store.db.person.findUniqueOrThrow({ where: { slackId: userId }, include: { grants: true } });

async function leave(person: Person): Promise<void> {
  stage.clock.advance(60_000);
  await stage.workspace.deactivate(person.userId);
  await stage.officer.waitFor(async () => (await personOf(person)).deactivatedAt);
  await stage.bot.idle();
}

async function comeBack(person: Person): Promise<void> {
  stage.clock.advance(60_000);
  await stage.workspace.deactivate(person.userId, false);
  await stage.officer.waitFor(async () => (await personOf(person)).deactivatedAt === null);
  await stage.bot.idle();
}

/** Answered with a refusal, and nothing is changed. */
async function refused(person: Person, actionId: string, value = ''): Promise<void> {
  await stage.bot.idle();
  const before = await contents(stage.store);
  const open = await person.modal(); // they cannot close it any more: the refusal takes its place
  await forgeClick(person, actionId, value);
  await person.waitFor(async () => (await person.modal())?.id !== open?.id);
  expect(await person.modalText(), actionId).toContain('비활성화된 사용자입니다.');
  await stage.bot.idle();
  expect(await contents(stage.store)).toEqual(before);
}

const deskTexts = async (reader: Person) => (await reader.messages(DESK_CHANNEL)).map(messageText);

async function waitingApplication(name: string): Promise<string> {
  stage.clock.advance(60_000);
  await apply(stage.kim, { overview: { 시스템명: name } });
  await stage.bot.idle();
  return (await stage.store.db.filing.findFirstOrThrow({ where: { title: name } })).id;
}

describe('an officer who leaves', () => {
  test('decides nothing any more, and the desk reads that the role has ended', async () => {
    const { officer, officer2, store } = stage;
    const id = await waitingApplication('행정안전부 대기시스템');
    await officer2.press('반려', { in: card('이용신청 검토중') });
    await officer2.fill('반려 사유', '열어 둔 창');
    const window = await officer2.modal();
    await leave(officer2);

    const desk = (await deskTexts(officer)).join('\n');
    expect(desk).toContain('비활성화된 사용자: 정*인');
    expect(desk).toContain('가지고 있던 권한을 모두 해지했습니다.');
    expect(desk).not.toContain('담당자가 없게 된 시스템');
    const { grants, ...person } = await personOf(officer2);
    expect(grants).toMatchObject([{ role: 'OFFICER', endedBy: 'bot', endedAt: person.deactivatedAt }]);
    expect(
      await store.db.audit.findMany({
        where: { subject: `person:${person.id}` },
        orderBy: { seq: 'asc' },
        select: { action: true, actor: true },
      }),
    ).toEqual([
      { action: 'role.grant', actor: 'settings' },
      { action: 'person.deactivate', actor: 'bot' },
      { action: 'role.end', actor: 'bot' },
    ]);

    const values = { reason: { 'form.value': { type: 'plain_text_input', value: '반려합니다' } } };
    const decision = { callbackId: 'filing.decision', metadata: String(window?.private_metadata), values };
    expect(ackText(await forgeSubmit(officer2, decision))).toContain('비활성화된 사용자입니다.');
    for (const verb of ['filing.approve', 'filing.return', 'filing.reject', 'filing.review'])
      await refused(officer2, verb, id);
    await refused(officer2, 'roleChange.begin');
    expect(await store.db.filing.findUnique({ where: { id } })).toMatchObject({ state: 'SUBMITTED' });
  });

  test('is no officer after coming back, and the settings do not make one at the next start', async () => {
    const { officer2 } = stage;
    expect((await personOf(officer2)).grants).toMatchObject([{ endedAt: expect.any(Date) }]);
    await stage.restartBot(async () => undefined);
    await officer2.openHome();
    expect(await officer2.homeText()).not.toContain('검토 대기');
    await officer2.press('승인', { in: card('이용신청 검토중') });
    expect(await openedModal(officer2)).toContain('표준API 관리자만 할 수 있습니다');
  });
});

describe('an official who leaves', () => {
  test('the desk reads which systems have no contact now, with the name masked', async () => {
    const { kim, officer } = stage;
    await leave(kim);
    const [told, ...more] = (await deskTexts(officer)).filter((text) =>
      text.includes('담당자가 없게 된 시스템입니다'),
    );
    expect(more).toEqual([]);
    expect(told).toContain('비활성화된 사용자: 김*람 (행정안전부)');
    expect(told).toContain(SYSTEM);
    expect(told).not.toContain('권한을 모두 해지');
  });

  test('draws up, submits, fetches, corrects and withdraws nothing', async () => {
    const { kim, store } = stage;
    await fillApplication(kim, { overview: { 시스템명: '행정안전부 미제출시스템' } });
    const metadata = String((await kim.modal())?.private_metadata);
    const filing = await store.db.filing.findFirstOrThrow({ where: { state: 'SUBMITTED' } });
    const system = await store.db.system.findFirstOrThrow({ where: { name: SYSTEM } });
    await leave(kim);
    await stage.bot.idle();
    const before = await contents(store);
    for (const callbackId of ['form.step', 'form.submit'])
      expect(ackText(await forgeSubmit(kim, { callbackId, metadata }))).toContain('비활성화된 사용자입니다.');
    expect(await contents(store)).toEqual(before);
    const presses: [string, string?][] = [
      ['application.begin'],
      ['registration.begin'],
      ['resultReport.begin', system.id],
      ['licence.download', system.id],
      ['system.detail', system.id],
      ['filing.resubmit', filing.id],
      ['filing.withdraw', filing.id],
      ['form.goto', '0'],
    ];
    for (const [action, value] of presses) await refused(kim, action, value);
    await kim.raw('events_api', { type: 'app_home_opened', user: kim.userId, tab: 'home', channel: 'D0' });
    await kim.waitFor(async () => (await kim.homeText()).includes('비활성화된 사용자입니다.'));
    expect(await kim.homeText()).not.toContain(SYSTEM);
  });

  test('finds everything again after coming back', async () => {
    const { kim } = stage;
    await leave(kim);
    await comeBack(kim);
    await kim.openHome();
    expect(await kim.homeText()).toContain(SYSTEM);
    await kim.press('이용신청서 작성');
    expect(await openedModal(kim)).toContain('이용신청서');
  });
});

describe('while the bot is away', () => {
  test('a deactivation is noticed at the next start', async () => {
    const { kim, officer, workspace } = stage;
    const before = (await deskTexts(officer)).length;
    stage.clock.advance(60_000);
    await stage.restartBot(() => workspace.deactivate(kim.userId));
    await officer.waitFor(async () => (await personOf(kim)).deactivatedAt);
    await stage.bot.idle();
    const told = await officer.waitFor(async () => {
      const texts = (await deskTexts(officer)).slice(before);
      return texts.length > 0 ? texts : null;
    });
    expect(told).toEqual([expect.stringContaining('담당자가 없게 된 시스템입니다')]); // heard twice, said once
  });

  test('of a return and a leave that come together the later one holds', async () => {
    const { kim, workspace } = stage;
    for (let time = 0; time < 2; time++) {
      await leave(kim);
      stage.clock.advance(60_000);
      const at = { gt: stage.clock.now() };
      stage.clock.advance(60_000);
      await Promise.all([workspace.deactivate(kim.userId, false), workspace.deactivate(kim.userId)]);
      await stage.officer.waitFor(() =>
        stage.store.db.audit.findFirst({ where: { action: 'person.deactivate', at } }),
      );
      await stage.bot.idle();
      expect((await personOf(kim)).deactivatedAt).not.toBeNull();
      await comeBack(kim);
    }
  });

  test('a return is noticed at the next start, or at the first act', async () => {
    const { kim, workspace } = stage;
    await leave(kim);
    await stage.restartBot(() => workspace.deactivate(kim.userId, false));
    await kim.openHome();
    await kim.waitFor(async () => (await kim.homeText()).includes(SYSTEM));
  });
});

test('a role for somebody who is gone is pointed out and cannot be approved', async () => {
  const { lee, park, officer, officer2, clock, store, workspace } = stage;
  const grant = { grantedBy: 'test', grantedAt: clock.now(), role: 'OFFICER' as const };
  await store.db.grant.create({ data: { ...grant, personId: (await personOf(officer2)).id } });
  await lee.openHome(); // known, but without a role or a system: nobody looks after this account
  await workspace.deactivate(park.userId);
  await officer.openHome();
  await pressIn(officer, '관리 업무', '관리자 권한 변경');
  await fillAll(officer, { 구분: '권한 부여', 권한: '감사자', 대상자: '박수진', 사유: '인사이동' });
  await next(officer);
  await next(officer);
  await officer2.press('승인', { in: card('권한 변경 검토중') });
  expect(await openedModal(officer2)).toContain('비활성화된 사용자에게는 권한을 줄 수 없습니다');
  expect((await personOf(park)).grants).toEqual([]);
  expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
});
