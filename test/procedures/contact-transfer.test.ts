import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';

let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings();
});
afterAll(() => ground?.close());

test('who already is the contact is refused as the new one, in words about that person', async () => {
  const { store, officers, kim, clock } = ground;
  const [officer] = officers;
  if (!officer) throw new Error('no officer');
  await store.db.system.create({
    data: { name: '시스템', agencyCode: '1741000', contactId: kim.id, createdAt: clock.now() },
  });
  const answers = { predecessor: kim.id, successor: kim.id, note: '전화로 확인' };
  await expect(ground.submitted(officer, answers, { procedure: 'contactTransfer' })).rejects.toThrow(
    '지금 담당자와 같은 사람입니다.',
  );
});
