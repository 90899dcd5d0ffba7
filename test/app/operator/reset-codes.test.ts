import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../src/app/operator/commands.ts';
import { stepUpNotices } from '../../../src/filing/step-up/notices.ts';
import { makeSecretBox } from '../../../src/filing/step-up/secret-box.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { testOperator } from './operator.ts';

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  const now = new Date(0);
  for (const name of ['최관리', '정승인', '김보람']) {
    const { id } = await store.db.person.create({ data: { name, createdAt: now } });
    if (name !== '김보람')
      await store.db.stepUp.create({ data: { personId: id, secret: 'x', enrolledAt: now } });
  }
});
afterAll(() => store.close());

/** The lines, and whose codes there are still. */
async function reset(args: object): Promise<{ code: number; lines: string[]; left: (string | null)[] }> {
  const operator = testOperator(store);
  const code = await commands['codes.reset'](operator, args);
  const left = await store.db.stepUp.findMany({ include: { person: true } });
  return { code, lines: operator.lines, left: left.map(({ person }) => person.name) };
}

test('whoever is nobody, or has no codes, changes nothing', async () => {
  expect(await reset({ person: '아무개' })).toMatchObject({
    code: 1,
    lines: [expect.stringContaining('Nobody')],
  });
  const { code, left } = await reset({ person: '김보람' });
  expect(code).toBe(0);
  expect(left).toHaveLength(2);
});

test('one officer enrols anew, is told, and it is recorded', async () => {
  const { code, lines, left } = await reset({ person: '최관리' });
  expect({ code, left }).toEqual({ code: 0, left: ['정승인'] });
  expect(lines).toEqual([expect.stringMatching(/^The one-time codes of 1 officer were reset\./)]);
  const [told] = await store.db.outbox.findMany({ where: { notice: 'stepUp.warning' } });
  const render = stepUpNotices(makeSecretBox(Buffer.alloc(32, 1)))['stepUp.warning'];
  const message = typeof render === 'function' && (await render(store.db, told?.facts as never));
  expect(message).toMatchObject({
    text: expect.stringContaining('운영자가 일회용 비밀번호 등록을 지웠습니다'),
  });
  const recorded = { action: 'stepUp.reset', actor: 'operator:kim' };
  expect(await store.db.audit.count({ where: recorded })).toBe(1);
});

test('everybody, where the key is lost', async () => {
  expect(await reset({})).toMatchObject({ code: 0, left: [] });
});
