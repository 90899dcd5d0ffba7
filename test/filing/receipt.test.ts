import { afterAll, beforeAll, expect, test } from 'vitest';
import { receiptNotice } from '../../src/filing/receipt.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings();
});
afterAll(() => ground?.close());

test('a receipt that is sent late says nothing that is no longer true', async () => {
  const { kim, store } = ground;
  const { db } = store;
  const { id, revision } = await ground.submitted(kim);
  const render = receiptNotice(ground.engines[0])['filing.received'];
  const said = async () => JSON.stringify(await render(db, { filingId: id, revision }, 'messenger', kim.id));
  expect(await said()).toContain('관리자가 검토한 뒤');
  await db.filing.update({ where: { id }, data: { state: 'OFFERED' } });
  expect(await said()).toContain('상대방에게 수락할지 물었습니다');
  for (const state of ['RETURNED', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const) {
    await db.filing.update({ where: { id }, data: { state } });
    expect(await said(), state).toBe('null');
  }
  await db.filing.update({ where: { id }, data: { state: 'SUBMITTED', revision: revision + 1 } });
  expect(await said()).toBe('null');
});
