import { afterAll, beforeAll, expect, test } from 'vitest';
import { revocationsServed } from '../../src/app/health-server.ts';
import { apply, becomeUser, card, closeAll, openedModal } from './acts.ts';
import { type Stage, setStage } from './stage.ts';

/** The stage begins on 23 November 2026. */
const ENDS = new Date('2027-01-22T05:00:00.000Z');
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ signerUntil: ENDS });
});
afterAll(() => stage?.close());

test('the desk hears of it sixty days before, and of each step once', async () => {
  const { officer, restartBot, clock, store } = stage;
  await officer.waitFor('라이선스 서명 인증서 만료 60일 전');
  await restartBot(async () => clock.advance(3_600_000));
  await stage.bot.idle();
  const steps = async () =>
    (await store.db.reminded.findMany({ where: { notice: 'signer.ending' } })).map(({ step }) => step);
  expect(await steps()).toEqual([60]);
  const metrics = String((await stage.bot.health.metrics()).body);
  expect(metrics).toMatch(new RegExp(`^bogeup_signer_until_seconds ${ENDS.getTime() / 1000}$`, 'm'));
});

test('afterwards an approval says why it cannot be, what wants a signature says so, and all else goes on', async () => {
  const { kim, officer, clock, store, signer } = stage;
  await stage.restartBot(async () => clock.set('2027-01-25T10:00:00+09:00'));
  await officer.waitFor('라이선스 서명 인증서 만료됨');
  await becomeUser(stage, kim, '김보람');
  await apply(kim);
  await officer.press('승인', { in: card('이용신청 검토중') });
  const refusal = await openedModal(officer);
  expect(refusal).toContain('라이선스를 서명하는 인증서가 2027. 1. 22. 14:00에 만료되었습니다.');
  expect(refusal).toContain('봇을 운영하는 사람에게 알려');
  await closeAll(officer);
  expect(await store.db.licence.count()).toBe(0);

  await kim.command('/bogeup 폐지목록');
  await kim.waitFor('폐지목록을 만들지 못했습니다. 서명하는 인증서의 유효기간이 아닙니다.');
  expect(await revocationsServed(store.db, signer, clock.now).answer()).toMatchObject({
    status: 503,
    body: expect.stringContaining('the certificate that signs the list is not in force'),
  });
});
