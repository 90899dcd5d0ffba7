import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/store/audit.ts';
import { onPostgres } from '../ground.ts';
import { agree } from './acts.ts';
import { type CrashGround, DESK_CHANNEL, setCrash, words } from './crash-ground.ts';

/** Each story has an application of its own; the bot dies in each, and one database goes through all the deaths. */
const deaths = [
  // A system's name; the call in which the bot dies; before it takes effect or before the answer; how many come first.
  ['저장한 뒤 안내 전', 'files.getUploadURLExternal', 'before', 0],
  ['두 파일 사이', 'files.getUploadURLExternal', 'before', 1],
  ['공유를 부탁하기 전', 'files.completeUploadExternal', 'before', 0],
  ['공유가 늦을 때', 'files.completeUploadExternal', 'after', 0],
  ['카드를 고친 뒤', 'chat.update', 'after', 0],
] as const;
const CARD_DEATHS = ['카드를 올리기 전', '카드를 올린 뒤'];
const RANDOM_DEATHS = ['누르자마자', '누르고 잠시 뒤'];
const approved = [...deaths.map(([name]) => name), ...RANDOM_DEATHS];
const systems = [...CARD_DEATHS, ...approved];
/** Longer than a claim lasts and than a share is waited for. */
const MINUTES = 120_000;

describe.each(onPostgres() ? (['embedded', 'postgres'] as const) : (['embedded'] as const))(
  'on %s',
  (kind) => {
    let ground: CrashGround;
    /** The embedded database has one owner: what a dead one held is free at once. */
    const lease = kind === 'postgres' ? MINUTES : 0;

    beforeAll(async () => {
      ground = await setCrash(kind, systems);
    });
    afterAll(() => ground?.close());

    const cardOf = (system: string) => (message: { channel: string; blocks?: unknown }) =>
      message.channel === DESK_CHANNEL && JSON.stringify(message.blocks).includes(`"  ${system}"`);
    const cards = async (system: string) =>
      (await ground.officer.messages(DESK_CHANNEL)).filter(cardOf(system));
    const deliveries = async (system: string) =>
      (await ground.kim.dm()).filter((message) => words(message).includes(`"  ${system}"`));

    it('a card is posted once, whether the bot dies before or after it', async () => {
      const { front, officer } = ground;
      const before = front.hold('chat.postMessage', 'before');
      await ground.start();
      await before;
      await ground.kill();
      const after = front.hold('chat.postMessage', 'after', 1);
      await ground.start(lease);
      await after;
      await ground.kill();
      await ground.start(lease);
      await officer.waitFor(async () => (await cards(systems.at(-1) ?? '')).length > 0);
      for (const system of systems) expect(await cards(system)).toHaveLength(1);
    });

    it.each(deaths)(
      '%s: dies in %s (%s)',
      async (system, method, when, skip) => {
        const { front, kim, officer, workspace } = ground;
        const isSlow = system === '공유가 늦을 때';
        if (isSlow) workspace.faults.slowFileShareMs = 4000;
        const held = front.hold(method, when, skip);
        await officer.press('승인', { in: cardOf(system) });
        await held;
        await ground.kill();
        delete workspace.faults.slowFileShareMs;
        await ground.start(system === '공유를 부탁하기 전' ? MINUTES : isSlow ? 0 : lease);
        if (isSlow && lease) {
          await kim.waitFor(async () => (await deliveries(system)).length === 1);
          ground.advance(lease);
        }
        await kim.waitFor(async () => (await deliveries(system)).length > 0);
        await officer.waitFor(async () => words((await cards(system))[0] ?? never()).includes('검토완료'));
        const [message, ...more] = await deliveries(system);
        expect(more).toEqual([]);
        expect(((message?.files ?? []) as { name: string }[]).map(({ name }) => name)).toEqual([
          expect.stringMatching(/^gpkiapi-TEMP-2026-\d{6}\.lic$/),
          'gpkiapi-java-linux-64.tar',
        ]);
      },
      240_000,
    );

    it.each([
      [RANDOM_DEATHS[0] ?? '', 0],
      [RANDOM_DEATHS[1] ?? '', 15],
    ])(
      '%s: dies wherever it happens to be',
      async (system, ms) => {
        const { kim, officer } = ground;
        const pressed = officer.press('승인', { in: cardOf(system) }).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, ms));
        await ground.kill();
        await pressed;
        await ground.start(MINUTES);
        const isDone = async () => words((await cards(system))[0] ?? never()).includes('검토완료');
        for (let presses = 0; presses < 20 && !(await isDone()); presses++) {
          await officer.press('승인', { in: cardOf(system), wait: 500 }).catch(() => undefined); // as a person would
          await officer.waitFor(isDone, 3000).catch(() => undefined);
        }
        await kim.waitFor(async () => (await deliveries(system)).length > 0);
      },
      240_000,
    );

    it('a form is open at the step where the bot died, with what was typed', async () => {
      const { front, kim } = ground;
      await kim.openHome();
      await kim.press('이용신청서 작성');
      await agree(kim);
      await kim.fill('시스템명', '행정안전부 죽다 산 시스템');
      const held = front.hold('views.update', 'before');
      await kim.fill('신청사유', '재배포');
      await held;
      await ground.kill();
      await ground.start();
      for (const [label, value] of Object.entries({
        업무내용: '민원 접수',
        이용기관: '행정안전부',
        이용인원: '10',
        '망 구분': '행정망',
      })) {
        await kim.fill(label, value);
      }
      expect(await kim.submit()).toBe('updated'); // 재배포 사유 was saved as asked and never drawn: it is drawn now
      await kim.fill('재배포 사유', '서버를 바꾸었습니다.');
      expect(await kim.submit()).toBe('updated');
      expect(await kim.modalText()).toContain('적용시스템 세부사항');
      await kim.close({ all: true });
    });

    it('after all of it nothing is lost, nothing issued twice, nobody told twice', async () => {
      for (const system of systems) expect(await cards(system), system).toHaveLength(1);
      for (const system of approved) expect(await deliveries(system), system).toHaveLength(1);
      const found = await ground.inspect(async ({ db }) => ({
        licences: await db.licence.count(),
        approvals: await db.audit.count({ where: { action: 'filing.approve' } }),
        unsent: await db.outbox.findMany({ where: { state: { not: 'SENT' } } }),
        failed: await db.outbox.count({ where: { notice: 'outbox.failed' } }),
        audit: await verifyAudit(db),
      }));
      expect(found).toMatchObject({
        licences: approved.length,
        approvals: approved.length,
        unsent: [],
        failed: 0,
        audit: { ok: true },
      });
    });
  },
);

function never(): never {
  throw new Error('the card is gone');
}
