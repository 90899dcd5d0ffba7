import { afterAll, beforeAll, expect, test } from 'vitest';
import { card, closeAll, next, openedModal, register } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

/** 상용구: what officers often write is kept, and chosen in the window of a 보완요청. */
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  await register(stage.kim, '김보람');
  await stage.officer.waitFor('사용자 등록 · 검토중');
});
afterAll(() => stage?.close());

const OWN = '부서 이름을 조직도에 있는 대로 적으십시오.';

async function manage(): Promise<void> {
  const { officer } = stage;
  await officer.openHome();
  await officer.press('관리 업무', { in: 'home' });
  await openedModal(officer);
  await officer.press('상용구 관리', { in: 'modal' });
  await officer.waitFor(async () => (await officer.modalText()).includes('모든 관리자가 함께 씁니다.'));
}

test('added for one field, reworded and removed, each on record', async () => {
  const { officer, store } = stage;
  await manage();
  await officer.fill('상용구', '부서 이름이 틀립니다.');
  await officer.fill('쓸 항목', '부서');
  await next(officer);
  expect(await officer.modalText()).toContain('부서: 부서 이름이 틀립니다.');
  const added = await store.db.phrase.findFirstOrThrow({ where: { label: '부서' } });
  await closeAll(officer);
  await forgeClick(officer, 'phrase.edit', added.id);
  await openedModal(officer);
  await officer.fill('상용구', OWN);
  await next(officer);
  await closeAll(officer);
  expect((await store.db.phrase.findUniqueOrThrow({ where: { id: added.id } })).text).toBe(OWN);
  const done = await store.db.audit.findMany({ where: { subject: `phrase:${added.id}` } });
  expect(done.map(({ action }) => action)).toEqual(['phrase.add', 'phrase.edit']);
});

test('chosen above a remark and above the reason, it fills the text and keeps what was typed', async () => {
  const { officer, kim, store } = stage;
  await officer.press('보완요청', { in: card('사용자 등록 검토중') });
  await openedModal(officer);
  await officer.fill('보완요청 사유', '확인하십시오.');
  await officer.fill('고칠 항목', ['부서']);
  const select = async (target: string, text: string) => {
    const view = await officer.modal();
    const found = await store.db.phrase.findFirstOrThrow({ where: { text } });
    const block = view?.blocks.find((one) => String(one.block_id).startsWith(`phrase:${target}`));
    expect(JSON.stringify(block)).toContain(found.id);
    return found.id;
  };
  await officer.waitFor(async () => (await officer.modalText()).includes('부서'));
  expect(await select('remark:department', OWN)).toBeTruthy();
  await officer.fill('상용구: 부서', OWN);
  await officer.waitFor(async () => JSON.stringify(await officer.modal()).includes('remark:department~1'));
  const general = '표시한 항목을 고친 뒤 다시 제출하십시오.';
  await officer.fill('상용구: 사유', general);
  await officer.waitFor(async () => JSON.stringify(await officer.modal()).includes('"reason~1"'));
  await next(officer);
  const filing = await store.db.filing.findFirstOrThrow({ include: { revisions: true } });
  expect(filing.reason).toBe(`확인하십시오.\n${general}`);
  expect(filing.revisions[0]?.remarks).toEqual({ department: OWN });
  await kim.waitFor(OWN);
  await closeAll(officer);
});

test('a 반려 has phrases of its own', async () => {
  const { officer, store } = stage;
  await register(stage.lee, '이정훈');
  await officer.press('반려', { in: card('사용자 등록 검토중') });
  await openedModal(officer);
  const phrase = await store.db.phrase.findFirstOrThrow({ where: { label: '반려 사유' } });
  const shown = JSON.stringify(await officer.modal());
  expect(shown.indexOf(phrase.id)).toBeGreaterThan(0);
  await officer.fill('상용구: 사유', phrase.text);
  await officer.waitFor(async () => JSON.stringify(await officer.modal()).includes('"reason~1"'));
  expect((await officer.modal())?.title).toMatchObject({ text: '반려' });
  await next(officer);
  const rejected = await store.db.filing.findFirstOrThrow({ where: { state: 'REJECTED' } });
  expect(rejected.reason).toBe(phrase.text);
  await closeAll(officer);
});

test('nobody but an officer keeps the list', async () => {
  const { kim, store } = stage;
  const before = await store.db.phrase.count();
  for (const [action, value] of [
    ['phrases.open', ''],
    ['phrase.edit', 'starter-1'],
    ['phrase.remove', 'starter-1'],
  ] as const) {
    await forgeClick(kim, action, value);
    expect(await openedModal(kim)).toContain('표준API 관리자만');
    await closeAll(kim);
  }
  expect(await store.db.phrase.count({ where: { removedAt: null } })).toBe(before);
});
