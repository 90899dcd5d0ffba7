import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, openedModal } from './acts.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

async function isConnected(): Promise<boolean> {
  const { url } = stage.workspace;
  const headers = { 'x-workspace-user': stage.kim.userId };
  const state = await (await fetch(`${url}/control/state`, { headers })).json();
  return (state as { connected: boolean }).connected;
}

describe('the connection to Slack', () => {
  it.each([
    ['is renewed, as Slack does every few hours', 'refresh', 0],
    ['is cut', 'cut', 0],
    ['is cut while Slack is away', 'cut', 2],
  ] as const)(
    '%s: clicks work again by themselves',
    async (_how, how, errors) => {
      const { kim, workspace } = stage;
      if (errors) workspace.faults.serverError = { method: 'apps.connections.open', times: errors };
      workspace.faults.disconnectSockets(how);
      if (how === 'cut') await kim.waitFor(async () => !(await isConnected()));
      await kim.waitFor(isConnected);
      await kim.openHome();
      await kim.press('사용자 등록');
      expect(await openedModal(kim)).toContain('소속기관');
      await closeAll(kim);
    },
    60_000,
  );
});

describe('while 200 messages are on their way and Slack holds them up', () => {
  it('a person’s window opens at once', async () => {
    const { clock, kim, lee, officer, store, workspace } = stage;
    for (const person of [kim, lee, officer]) await person.openHome();
    const people = await store.db.person.findMany({ where: { grants: { some: { role: 'OFFICER' } } } });
    const now = clock.now();
    const rows = Array.from({ length: 200 }, (_, index) => ({
      key: `burst:${index}`,
      notice: 'outbox.failed',
      recipient: people[index % people.length]?.id ?? '',
      facts: {},
      dueAt: now,
      createdAt: now,
    }));
    const { id } = await store.db.outbox.create({
      data: {
        key: 'cause',
        notice: 'none',
        recipient: '',
        facts: {},
        state: 'FAILED',
        dueAt: now,
        createdAt: now,
      },
    });
    workspace.faults.enforceRates = true;
    await store.db.outbox.createMany({ data: rows.map((row) => ({ ...row, facts: { outboxId: id } })) });
    await officer.waitFor('전달하지 못한 안내가 있습니다'); // which officers alone may read
    workspace.faults.rateLimit = { method: 'chat.postMessage', times: 2, retryAfterSeconds: 60 };
    await kim.waitFor(() => workspace.faults.rateLimit === undefined);

    for (let round = 0; round < 3; round++) {
      await kim.press('사용자 등록');
      expect(await openedModal(kim)).toContain('소속기관');
      await closeAll(kim);
    }
    const waiting = await store.db.outbox.count({ where: { state: { in: ['PENDING', 'CLAIMED'] } } });
    expect(waiting).toBeGreaterThan(100);
    expect(await store.db.outbox.count({ where: { state: 'FAILED' } })).toBe(1); // the made-up cause
  });
});
