import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessRecords } from '../../src/features/privacy/access-record.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { becomeUser, closeAll, fillAll, next, openedModal } from './acts.ts';
import { DESK_CHANNEL, type Stage, setStage } from './stage.ts';
import { seedSystems } from './survey-ground.ts';

const ROUND = '2026년 하반기 이용현황조사';
const HALF_PAST_NINE = '2026-11-24T00:30:00Z'; // Tuesday in Seoul; the stage begins on Monday at ten

let stage: Stage;
let mine: string[];
beforeAll(async () => {
  stage = await setStage();
  await becomeUser(stage, stage.kim, '김보람');
  await becomeUser(stage, stage.lee, '이정훈');
  const [kim, lee] = await Promise.all([stage.kim, stage.lee].map(idOf));
  mine = await seedSystems(stage.store, stage.clock.now(), {
    contactId: kim ?? '',
    deputyId: lee ?? '',
    count: 3,
  });
  await seedSystems(stage.store, stage.clock.now(), {
    contactId: lee ?? '',
    count: 1,
    agencyCode: '6110000',
    name: '서울특별시 시스템',
  });
});
afterAll(() => stage?.close());

async function idOf({ userId }: Person): Promise<string> {
  return (await stage.store.db.person.findUniqueOrThrow({ where: { slackId: userId } })).id;
}

const asked = (name: string) => (message: { text: string }) =>
  message.text.includes(name) && message.text.includes('응답해 주십시오');
const board = async () =>
  (await stage.officer.messages(DESK_CHANNEL)).findLast(({ text }) => text.includes(`${ROUND} 응답`))?.text;

describe('a round', () => {
  test('is opened by officers only, after a preview of how many are told', async () => {
    const { officer, kim, store } = stage;
    await officer.openHome();
    await officer.press('이용현황조사 시작', { in: 'home' });
    await fillAll(officer, { 조사명: ROUND, '응답 기한': '2026-11-23' });
    await next(officer, 'errors');
    expect(officer.errors()['응답 기한']).toContain('내일이나 그 뒤');
    await officer.fill('응답 기한', '2026-12-18');
    await officer.fill('지역', '부산광역시');
    expect(await officer.submit()).toBe('pushed');
    expect(await officer.modalText()).toContain('조사 대상 시스템이 없습니다');
    await officer.close();
    await officer.fill('지역', '전국');
    await next(officer);
    const preview = await officer.modalText();
    expect(preview).toMatch(/대상 시스템\s+4건/);
    expect(preview).toMatch(/메신저로 알릴 담당자\s+2명/);
    expect(await store.db.surveyRound.count()).toBe(0);
    await next(officer);
    await closeAll(officer);
    await stage.bot.idle(); // taken in after the click
    expect(await store.db.surveyTarget.count()).toBe(4);
    await kim.openHome();
    expect(await kim.homeText()).toContain('답하지 않은 시스템이 3건 있습니다');
    await officer.waitFor(async () => (await board())?.includes('0/4건'));
  });

  test('there is one at a time', async () => {
    const { officer2 } = stage;
    await officer2.openHome();
    expect(await officer2.homeText()).toContain('이용현황조사 진행 중');
    await expect(officer2.press('이용현황조사 시작', { in: 'home', wait: 300 })).rejects.toThrow();
  });

  test('asks each contact once, with all their systems, at half past nine', async () => {
    const { kim, clock } = stage;
    expect((await kim.dm()).filter(asked(ROUND))).toHaveLength(0);
    clock.set(HALF_PAST_NINE);
    await kim.waitFor(async () => (await kim.dm()).find(asked(ROUND)));
    expect((await kim.dm()).filter(asked(ROUND))).toHaveLength(1);
    const text = JSON.stringify((await kim.dm()).findLast(asked(ROUND)));
    for (const n of [1, 2, 3]) expect(text).toContain(`행정안전부 시스템 ${n}`);
    expect(text).not.toContain('서울특별시 시스템');
    expect(text).not.toContain('10.10.1.21');
  });

  test('is answered with one press for a system; a second press is refused, and the board follows', async () => {
    const { kim, officer, clock } = stage;
    await kim.press('변동 없음', { in: asked(ROUND) });
    await kim.waitFor(async () =>
      JSON.stringify((await kim.dm()).findLast(asked(ROUND))).includes('2건 모두 변동 없음'),
    );
    clock.advance(20_000);
    await officer.waitFor(async () => (await board())?.includes('1/4건'));
  });

  test('is not answered for systems of somebody else', async () => {
    const { lee, store, workspace } = stage;
    const round = await store.db.surveyRound.findFirstOrThrow();
    const target = await store.db.surveyTarget.findFirstOrThrow({
      where: { unchangedAt: null, systemId: { in: mine } },
    });
    const { forgeClick } = await import('./forge.ts');
    // The deputy may; somebody who is neither may not.
    await forgeClick(stage.park, 'survey.unchanged', `${round.id}:${target.systemId}`);
    expect(await openedModal(stage.park)).toContain('담당하는 시스템만 답할 수 있습니다');
    await closeAll(stage.park);
    await forgeClick(lee, 'survey.unchanged', `${round.id}:${target.systemId}`);
    await lee.waitFor(
      async () =>
        (await store.db.surveyTarget.findFirstOrThrow({ where: { systemId: target.systemId } }))
          .unchangedBy === (await idOf(lee)),
    );
    expect(workspace.url).toBeTruthy();
  });

  test('takes all that is left at once', async () => {
    const { kim, store } = stage;
    await kim.openHome();
    await kim.press('이용현황조사', { in: 'home' });
    expect(await openedModal(kim)).toContain('미응답 1건');
    await kim.press('변동 없음', { in: 'modal' });
    await kim.waitFor(async () => (await kim.modalText()).includes('응답을 모두 마치셨습니다'));
    await closeAll(kim);
    expect(await store.db.surveyTarget.count({ where: { unchangedAt: null } })).toBe(1);
  });

  test('is extended, and reminds only the silent', async () => {
    const { officer, kim, lee, clock } = stage;
    await officer.openHome();
    await officer.press('진행 현황', { in: 'home' });
    await openedModal(officer);
    await officer.press('기한 변경', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modal())?.callback_id === 'survey.extend');
    await officer.fill('새 응답 기한', '2026-12-11');
    await next(officer);
    await closeAll(officer);
    const before = (await kim.dm()).length;
    await stage.restartBot(async () => clock.set('2026-12-10T01:00:00Z')); // the day before the end: a sweep at the start
    await lee.waitFor('아직 답하지 않으셨습니다');
    expect((await kim.dm()).length).toBe(before);
  });

  test('is given to somebody else where the person asked has left, and again where that one leaves', async () => {
    const { officer, kim, lee, store } = stage;
    const give = async (from: string, to: string, now: string) => {
      await officer.openHome();
      await officer.press('진행 현황', { in: 'home' });
      await openedModal(officer);
      await officer.press('응답자 변경', { in: 'modal' });
      await officer.waitFor(async () => (await officer.modal())?.callback_id === 'survey.reassign');
      expect(await officer.suggestions('지금 응답자', from)).toEqual([expect.stringContaining(now)]);
      await fillAll(officer, { '지금 응답자': from, '새 응답자': to });
      await next(officer);
      await closeAll(officer);
    };
    const leave = async (person: Person, gone = true) => {
      await stage.workspace.deactivate(person.userId, gone);
      await officer.waitFor(async () => {
        const { deactivatedAt } = await store.db.person.findUniqueOrThrow({
          where: { slackId: person.userId },
        });
        return (deactivatedAt !== null) === gone;
      });
    };
    const silent = () => store.db.surveyTarget.findFirstOrThrow({ where: { unchangedAt: null } });
    await leave(lee);
    expect((await silent()).personId).toBe(await idOf(lee));
    await give('이정훈', '김보람', '비활성');
    expect((await silent()).personId).toBe(await idOf(kim));
    await store.db.system.updateMany({ where: { id: { in: mine } }, data: { contactId: await idOf(lee) } });
    await leave(lee, false);
    await leave(kim); // asked, and no contact
    await give('김보람', '이정훈', '비활성');
    expect((await silent()).personId).toBe(await idOf(lee));
    await leave(kim, false);
    await store.db.system.updateMany({ where: { id: { in: mine } }, data: { contactId: await idOf(kim) } });
  });

  test('gives its result as a table and as a picture, names masked', async () => {
    const { officer } = stage;
    await officer.openHome();
    await officer.press('진행 현황', { in: 'home' });
    await openedModal(officer);
    await officer.press('결과 내려받기', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('결과를 보냅니다'));
    await closeAll(officer);
    const message = await officer.waitFor(
      async () => (await officer.dm()).findLast(({ files }) => files) ?? null,
      10_000,
    );
    const files = message.files as { id: string; name: string }[];
    expect(files.map(({ name }) => name)).toEqual(['이용현황조사 결과.xlsx', '이용현황조사 결과.csv']);
    const csv = (await officer.download(files[1] ?? '')).toString('utf8');
    expect(csv).toContain('행정안전부 시스템 1');
    expect(csv).toContain('김*람');
    expect(csv).not.toContain('김보람');
    expect(csv.match(/변동 없음/g)).toHaveLength(3);
    expect(csv.match(/미응답/g)).toHaveLength(1);
    const readings = await accessRecords(stage.store.db, {
      from: new Date(0),
      to: new Date(stage.clock.now().getTime() + 1),
    });
    expect(readings.map(({ label }) => label)).toContain('조사 결과 내려받기(가림)');
  });

  test('ends early and takes no more answers', async () => {
    const { officer, lee, store } = stage;
    const round = await store.db.surveyRound.findFirstOrThrow();
    await officer.openHome();
    await officer.press('진행 현황', { in: 'home' });
    await openedModal(officer);
    await officer.press('조기 종료', { in: 'modal' });
    await officer.waitFor(async () => (await officer.modalText()).includes('조사를 끝냈습니다'));
    await closeAll(officer);
    const { forgeClick } = await import('./forge.ts');
    await forgeClick(lee, 'survey.unchangedAll', round.id);
    expect(await openedModal(lee)).toContain('끝난 조사입니다');
    expect(await store.db.surveyTarget.count({ where: { unchangedAt: null } })).toBe(1);
    expect(await verifyAudit(store.db)).toMatchObject({ ok: true });
  });
});
