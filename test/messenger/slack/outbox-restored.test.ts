import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { folderMailer } from '../../../src/messenger/mail/mailer.ts';
import { enqueue } from '../../../src/store/outbox.ts';
import { assumeTried } from '../../../src/store/outbox-changes.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { LEASE, type OutboxGround, setOutbox } from './outbox-ground.ts';

let store: Store;
let ground: OutboxGround;
beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  ground = await setOutbox(store);
});
afterEach(() => ground?.close());
afterAll(() => store?.close());

/** The outbox as it was before anything of it was sent; the conversations stay as they are. */
async function restored(rows: Awaited<ReturnType<typeof ground.row>>[]): Promise<void> {
  await store.db.outbox.deleteMany();
  await store.db.outbox.createMany({ data: rows.map((row) => ({ ...row, facts: row.facts ?? {} })) });
  await assumeTried(store.db, ground.clock.now());
}

const kimHears = (count: number) =>
  ground.workspace.person('U0KIM000001').waitFor(async () => (await ground.heard('kim')).length === count);

describe('a message that was sent after the backup', () => {
  test('is not sent again, with files and without', async () => {
    await ground.tell(ground.ids.kim, 'say 1', 'hand 2');
    const before = [await ground.row('say 1'), await ground.row('hand 2')];
    await ground.run(undefined, 2);
    await kimHears(2);
    const heard = await ground.heard('kim');
    await restored(before);
    await ground.run(undefined, 2);
    expect(await ground.row('hand 2')).toMatchObject({ state: 'SENT', uploads: [] });
    expect(await ground.heard('kim')).toEqual(heard);
  });

  test('is not sent again when nobody asked for it and its row was made anew, under the same key', async () => {
    const { clock } = ground;
    const due = clock.now();
    const remind = () =>
      store.db.$transaction((tx) =>
        enqueue(tx, clock.now(), [
          { key: 'k', notice: 'say', to: ground.ids.kim, facts: { text: 'say 1' }, notBefore: due },
        ]),
      );
    await remind();
    await ground.run();
    await restored([]);
    clock.advance(14 * 86_400_000);
    await remind();
    await assumeTried(store.db, clock.now());
    await ground.run();
    expect(await ground.heard('kim')).toEqual(['say 1']);
    expect(await ground.row('k')).toMatchObject({ state: 'SENT' });
  });

  test('is sent again when the act that it tells of is done again', async () => {
    await ground.tell(ground.ids.kim, 'say 1');
    await ground.run();
    await restored([]);
    await ground.tell(ground.ids.kim, 'say 1');
    await ground.claimedByTheDead();
    ground.clock.advance(LEASE);
    await ground.run();
    expect(await ground.heard('kim')).toEqual(['say 1', 'say 1']);
  });

  test('waits for an officer when it went by mail', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bogeup-mail-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const mailer = folderMailer(folder, { from: 'gpki@example.go.kr' });
    const { nobody } = ground.ids;
    await store.db.person.update({ where: { id: nobody }, data: { email: 'kim@example.go.kr' } });
    await ground.tell(nobody, 'say 1');
    await restored([await ground.row('say 1')]);
    await ground.run(ground.sender({ mailer }));
    expect(await ground.row('say 1')).toMatchObject({ state: 'FAILED' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('what was not sent before the backup is sent, and what is not due yet stays as it is', async () => {
  const { clock, ids } = ground;
  await ground.tell(ids.kim, 'say 1', 'hand 2', 'say 3');
  const [first, second, third] = [
    await ground.row('say 1'),
    await ground.row('hand 2'),
    await ground.row('say 3'),
  ];
  const later = new Date(clock.now().getTime() + 1);
  await restored([first, second, { ...third, notBefore: later, dueAt: later }]);
  expect(await ground.row('say 3')).toMatchObject({ attempts: 0, mailedAt: null });
  await ground.run(undefined, 2);
  await kimHears(2);
  expect(await ground.heard('kim')).toEqual(['say 1', 'hand 2 + one.lic + two.tar']);
});
