import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliveryNotices } from '../../src/features/deliveries/notices.ts';
import { becomeUser, closeAll, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { type Stage, setStage } from './stage.ts';

const REFUSED = 'An API error occurred: fatal_error';
const UNSURE = 'it is not known whether the mail was sent';
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  const { store, kim, clock } = stage;
  await becomeUser(stage, kim, '김보람');
  const { id } = await store.db.person.findFirstOrThrow({ where: { name: '김보람' } });
  const now = clock.now();
  const failed = (key: string, error: string) => ({
    ...{ key, error, notice: 'licence.revocations', recipient: id, facts: { at: now.getTime() } },
    ...{ state: 'FAILED' as const, attempts: 9, createdAt: now, dueAt: now },
  });
  await store.db.outbox.createMany({
    data: [
      ...Array.from({ length: 12 }, (_, n) => failed(`slack ${n}`, REFUSED)),
      ...[1, 2].map((n) => failed(`unsure ${n}`, UNSURE)),
      failed('alone', 'the mail server put it off: 451 later'),
    ],
  });
});
afterAll(() => stage?.close());

const keysOf = async (state: 'FAILED' | 'SENT') => {
  const rows = await stage.store.db.outbox.findMany({
    where: { state, notice: 'licence.revocations' },
    orderBy: { key: 'asc' },
  });
  return rows.map(({ key, resends }) => `${key.split(' ')[0]} ${resends}`);
};

test('what failed for one reason is sent again together, on the record; what needs a look stays', async () => {
  const { officer, kim, store } = stage;
  await officer.openHome();
  await officer.press('전달 실패 보기', { in: 'home' });
  const shown = await openedModal(officer);
  expect(shown).toContain('전달하지 못한 안내가 15건 있습니다.');
  expect(shown).toContain('메신저가 받지 않았습니다. 12건');
  expect(shown.split('모두 다시 보내기')).toHaveLength(2);
  await officer.press('모두 다시 보내기', { in: 'modal' });
  await kim.waitFor(async () => (await keysOf('SENT')).length === 12);
  expect(await keysOf('SENT')).toEqual(Array(12).fill('slack 1'));
  expect(await keysOf('FAILED')).toEqual(['alone 0', 'unsure 0', 'unsure 0']);
  await officer.waitFor(async () => (await officer.modalText()).includes('안내가 3건 있습니다.'));
  expect(await officer.modalText()).not.toContain('모두 다시 보내기');
  expect(await store.db.audit.count({ where: { action: 'outbox.resend' } })).toBe(12);
  await closeAll(officer);
});

test('a press that comes late, or for a kind that is to be looked into, sends nothing', async () => {
  const { officer } = stage;
  for (const kind of ['slack', 'unsure', 'nothing']) {
    await forgeClick(officer, 'outbox.resendAll', kind);
    expect(await openedModal(officer)).toContain('이미 다시 보냈거나 처리한 안내입니다.');
    await closeAll(officer);
  }
  expect(await keysOf('FAILED')).toEqual(['alone 0', 'unsure 0', 'unsure 0']);
});

test('what keeps all mail back is told with the words of the server, as long as something waits for it', async () => {
  const { store, clock } = stage;
  const held = async () => {
    const render = deliveryNotices['outbox.held'];
    if (typeof render !== 'function') throw new Error('no renderer');
    return render(store.db, { error: 'the mail server takes no mail from the bot', desk: 0 });
  };
  expect(await held()).toBeNull();
  const error = 'the mail server takes no mail from the bot: 550 5.7.1 relaying denied';
  const row = { key: 'waits', notice: 'none', recipient: 'somebody', facts: {}, error };
  const dueAt = new Date(clock.now().getTime() + 3_600_000);
  await store.db.outbox.create({ data: { ...row, createdAt: clock.now(), dueAt } });
  const shown = JSON.stringify((await held())?.blocks);
  for (const part of [
    '메일을 보내지 못하고 있습니다.',
    '메일을 모두 받지 않습니다.',
    '(550 5.7.1 relaying denied)',
  ])
    expect(shown).toContain(part);
});
