import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { progressOf } from '../../src/features/surveys/progress.ts';
import { closeAll, fillAll, next, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { crowdId, DESK_CHANNEL, type Stage, setStage } from './stage.ts';
import { seedSystems } from './survey-ground.ts';

/** A whole round over 1,000 systems of 100 contacts: some gone, some silent, a restart and a storm of 429 in between. */
const PEOPLE = 100;
const EACH = 10;
const GONE = 10;
const NOT_REACHED = 10;
const REACHED = PEOPLE - GONE - NOT_REACHED;
const ROUND = '2026년 전수 이용현황조사';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ crowd: PEOPLE });
  const { store, clock } = stage;
  const at = clock.now();
  for (let n = 0; n < PEOPLE; n++) {
    const noAccount = n >= REACHED + GONE;
    const { id } = await store.db.person.create({
      data: {
        slackId: noAccount ? null : crowdId(n),
        name: `담당${'가나다라마바사아자차'[n % 10]}`,
        agencyCode: n % 2 === 0 ? '1741000' : '6110000',
        department: '정보화담당관',
        phone: '044-205-1234',
        mobile: '010-1234-5678',
        email: noAccount ? null : `crowd${n}@korea.kr`,
        registeredAt: at,
        deactivatedAt: n >= REACHED && n < REACHED + GONE ? at : null,
      },
    });
    const place = n % 2 === 0 ? '행정안전부 시스템' : '서울특별시 시스템';
    await seedSystems(store, at, {
      contactId: id,
      count: EACH,
      agencyCode: n % 2 === 0 ? '1741000' : '6110000',
      name: place,
    });
  }
});
afterAll(() => stage?.close());

const askedOf = async (n: number) =>
  (await stage.workspace.person(crowdId(n)).dm()).filter(({ text }) => text.includes(ROUND)).length;

async function asked(): Promise<number[]> {
  return Promise.all(Array.from({ length: REACHED }, (_, n) => askedOf(n)));
}

/** Lets the bot's time go on until it is so. */
async function until(isSo: () => Promise<boolean>, seconds = 560): Promise<void> {
  for (let left = seconds * 4; left > 0; left--) {
    if (await isSo()) return;
    stage.clock.advance(2000);
    await sleep(250);
  }
  throw new Error('it did not come to that');
}

test('everybody who can be reached is told once, through a storm of refusals and a restart', async () => {
  const { officer, clock, workspace } = stage;
  await officer.openHome();
  await officer.press('이용현황조사 시작', { in: 'home' });
  await fillAll(officer, { 조사명: ROUND, '응답 기한': '2026-12-18' });
  await next(officer);
  expect(await officer.modalText()).toMatch(/대상 시스템\s+1,000건/);
  expect(await officer.modalText()).toMatch(/알릴 수 없는 담당자\s+20명/);
  await next(officer);
  await closeAll(officer);

  const storm = { method: 'chat.postMessage', times: 1_000_000, retryAfterSeconds: 2 };
  workspace.faults.rateLimit = storm;
  clock.set('2026-11-24T00:30:00Z');
  await until(async () => storm.times < 1_000_000);
  // A person who presses something meanwhile is answered: the storm is not theirs.
  await officer.openHome();
  await officer.press('진행 현황', { in: 'home' });
  expect(await openedModal(officer)).toContain(ROUND);
  await closeAll(officer);
  expect(Math.max(...(await asked()))).toBe(0); // it was in the middle of the storm

  workspace.faults.rateLimit = { ...storm, times: 60 };
  await until(async () => (await asked()).filter((count) => count > 0).length >= 20);

  await stage.restartBot(async () => {
    workspace.faults.rateLimit = { method: 'chat.postMessage', times: 40, retryAfterSeconds: 2 };
  });
  await until(async () => (await asked()).every((count) => count > 0));
  await sleep(1000);
  expect(await asked()).toEqual(Array.from({ length: REACHED }, () => 1));
});

test('mixed answers are counted as they were given, and the board says so', async () => {
  const { store, officer } = stage;
  const { id: roundId } = await store.db.surveyRound.findFirstOrThrow();
  const round = await store.db.surveyRound.findUniqueOrThrow({ where: { id: roundId } });
  // 30 people answer everything at once, 20 one system each, two of them twice.
  for (let n = 0; n < 30; n++)
    await forgeClick(stage.workspace.person(crowdId(n)), 'survey.unchangedAll', roundId);
  for (let n = 30; n < 50; n++) {
    const target = await store.db.surveyTarget.findFirstOrThrow({
      where: { system: { contact: { slackId: crowdId(n) } } },
      orderBy: { systemId: 'asc' },
    });
    for (let times = n < 32 ? 2 : 1; times > 0; times--)
      await forgeClick(
        stage.workspace.person(crowdId(n)),
        'survey.unchanged',
        `${roundId}:${target.systemId}`,
      );
  }
  await officer.waitFor(async () => (await progressOf(store.db, round)).total.UNCHANGED === 30 * EACH + 20);
  const boardSays = async (count: string) => {
    const board = (await officer.messages(DESK_CHANNEL)).findLast(({ text }) =>
      text.includes(`${ROUND} 응답`),
    );
    return board?.text.includes(count) === true;
  };
  await until(() => boardSays('320/1000건'));

  // One corrects its data: the filing answers; withdrawn again, the system is silent again.
  const changer = stage.workspace.person(crowdId(60));
  await changer.openHome();
  await changer.press('이용현황조사', { in: 'home' });
  await openedModal(changer);
  await changer.press('변경', { in: 'modal' });
  await changer.waitFor(async () => (await changer.modalText()).includes('표준API 관리담당'));
  await changer.fill('부서명', '디지털담당관');
  await next(changer);
  await changer.fill('이용인원', '3,000명');
  await next(changer);
  await next(changer);
  await next(changer);
  await closeAll(changer);
  const changed = await progressOf(store.db, round);
  expect(changed.total.CHANGED).toBe(1);
  expect(changed.total.SILENT).toBe(1000 - 30 * EACH - 20 - 1);
  expect(changed.unreachable).toBe((GONE + NOT_REACHED) * EACH);

  await until(() => boardSays('321/1000건')); // a filing is an answer too

  // The officer approves it: the system and its contact are brought up to date.
  await officer.press('승인', {
    in: ({ channel, text }) => channel === DESK_CHANNEL && text.includes('이용정보 현행화 검토중'),
  });
  await changer.waitFor('이용정보 현행화가 승인되어');
  const person = await store.db.person.findUniqueOrThrow({ where: { slackId: crowdId(60) } });
  expect(person.department).toBe('디지털담당관');
  const filing = await store.db.filing.findFirstOrThrow({ where: { procedure: 'surveyAnswer' } });
  const system = await store.db.system.findUniqueOrThrow({ where: { id: filing.systemId ?? '' } });
  expect(system.profile).toMatchObject({ userCount: '3000' });
});

test('reminders before the end go to the silent only, each once', async () => {
  const { store, clock } = stage;
  const counts = async () =>
    Promise.all(
      Array.from(
        { length: REACHED },
        async (_, n) =>
          (await stage.workspace.person(crowdId(n)).dm()).filter((message) =>
            JSON.stringify(message).includes('아직 답하지 않으셨습니다'),
          ).length,
      ),
    );
  await stage.restartBot(async () => clock.set('2026-12-17T01:00:00Z')); // D-1, a Thursday
  await until(async () => (await counts()).filter((count) => count > 0).length >= REACHED - 30);
  await stage.restartBot(async () => undefined); // sweeps again on the same morning
  await sleep(2000);
  const said = await counts();
  expect(said.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 0));
  expect(said.slice(30)).toEqual(Array.from({ length: REACHED - 30 }, () => 1));
  expect(await store.db.outbox.count({ where: { state: 'FAILED' } })).toBe(0);
});
