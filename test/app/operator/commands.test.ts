import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Operator } from '../../../src/app/operator/command.ts';
import { commands } from '../../../src/app/operator/commands.ts';
import { seedAgencies, seedSampleModules } from '../../../src/app/operator/starter.ts';
import { fittingModules } from '../../../src/records/modules/fitting.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';
import { wholeBlob } from '../../whole-blob.ts';
import { given, handed, testOperator } from './operator.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

const ground = () => ({ db: store.db, now: testClock().now, wakeOutbox: () => undefined });

describe('agencies import', () => {
  const csv =
    'code,name,abolished,successor,source\n1741000,행정안전부,,,\nB552584,한국환경공단,,,\n1311000,행정안전부,Y,1741000,고시\n';

  test('adds, corrects, takes nothing away, and says how many', async () => {
    const operator = testOperator(store);
    expect(await commands['agencies.import'](operator, { file: given(csv) })).toBe(0);
    expect(operator.lines.at(-1)).toBe('3 agencies read: 3 added, 0 changed, 0 as they were.');
    const changed = 'code,name\n1741000,행정안전부(새 이름)\nB552584,한국환경공단\n';
    expect(await commands['agencies.import'](operator, { file: given(changed) })).toBe(0);
    expect(operator.lines.at(-1)).toBe('2 agencies read: 0 added, 1 changed, 1 as they were.');
    expect(await store.db.agency.findMany({ orderBy: { code: 'asc' } })).toMatchObject([
      { code: '1311000', kind: 'ADMINISTRATIVE', abolished: true, successorCode: '1741000', source: '고시' },
      { code: '1741000', name: '행정안전부(새 이름)', abolished: false },
      { code: 'B552584', kind: 'PUBLIC' },
    ]);
    expect(await store.db.audit.findMany()).toMatchObject([
      { actor: 'operator:kim', place: 'cli', action: 'agencies.import', data: { added: 3, changed: 0 } },
      { data: { added: 0, changed: 1 } },
    ]);
  });

  test('a file with faults is refused whole, each by its line', async () => {
    const operator = testOperator(store);
    const bad = 'code,name,successor\n123,짧음,\n1741000,,\n1741001,가,x\n1741002,나,\n1741002,다,\n';
    expect(await commands['agencies.import'](operator, { file: given(bad) })).toBe(1);
    expect(operator.lines).toEqual([
      'line 2: code must be 7 of 0-9 and A-Z',
      'line 3: name is empty',
      'line 4: successor is not a code',
      'line 6: code 1741002 stands in the file twice',
      'Nothing was imported. Correct the file and import it again.',
    ]);
    expect(await store.db.agency.count()).toBe(0);
  });

  test.each([['other,columns\n1,2\n'], [''], [Buffer.from([0xff, 0xff, 0xff])]])(
    'no such table: %j',
    async (content) => {
      expect(await commands['agencies.import'](testOperator(store), { file: given(content) })).toBe(1);
    },
  );
});

describe('modules', () => {
  const order = { language: 'JAVA', os: 'LINUX', bits: 64, version: '1.10.0', name: '표준API' };
  const add = (to: Operator, content: string | Uint8Array, more = {}, name = 'api.bin') => {
    const { operator, file } = handed(to, content, name);
    return commands['modules.add'](operator, { ...order, ...more, file });
  };

  test('an added module is listed, whole, and what approvals find', async () => {
    const operator = testOperator(store);
    await seedSampleModules(ground());
    const bytes = Buffer.alloc(2_500_000, 'module');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await add(operator, bytes, {}, 'api.tar')).toBe(0);
    expect(operator.lines[1]).toBe(`sha256 ${sha256}`);
    await commands['modules.list'](operator, {});
    expect(operator.lines.filter((line) => line.includes(sha256))[1]).toMatch(
      /^JAVA LINUX 64 +1\.10\.0 .*api\.tar/,
    );
    const found = await fittingModules(store.db, { language: 'JAVA', os: 'LINUX', bits: 64 });
    expect(found).toMatchObject([
      { version: '1.10.0', addedBy: 'operator:kim' }, // after the 1.5.0 of the same name
      { name: '표준API 모듈 (체험용 견본)' },
    ]);
    expect((await wholeBlob(store.db, sha256)).equals(bytes)).toBe(true);
  });

  test('the same release twice, and an empty file, are refused', async () => {
    const operator = testOperator(store);
    expect(await add(operator, 'a')).toBe(0);
    expect(await add(operator, 'b')).toBe(1);
    expect(operator.lines.at(-1)).toMatch(/is there already/);
    expect(await add(operator, '', { version: '2' })).toBe(1);
    expect(await store.db.moduleRelease.count()).toBe(1);
  });

  test('a file that is not the expected one, or does not come whole, is kept nowhere', async () => {
    const operator = testOperator(store);
    const sha256 = createHash('sha256').update('the module').digest('hex');
    expect(await add(operator, 'another', { sha256 })).toBe(1);
    expect(operator.lines.at(-1)).toMatch(/SHA-256 is [0-9a-f]{64}/);
    const { file, ...cut } = handed(operator, 'the modu');
    const longer = { ...order, file: { ...file, size: file.size + 2 } };
    expect(await commands['modules.add'](cut.operator, longer)).toBe(1);
    expect(operator.lines.at(-1)).toMatch(/did not arrive whole/);
    expect(await store.db.blob.count()).toBe(0);
    expect(await add(operator, 'the module', { sha256: sha256.toUpperCase() })).toBe(0);
  });
});

test('the starter rows are laid into empty tables once', async () => {
  const start = async () => {
    await seedAgencies(ground());
    await seedSampleModules(ground());
  };
  await Promise.all([start(), start()]);
  await start();
  expect(await store.db.audit.count({ where: { action: 'modules.add' } })).toBe(20);
  expect(await store.db.agency.count()).toBeGreaterThan(300);
  const releases = await store.db.moduleRelease.findMany();
  expect(releases).toHaveLength(20);
  for (const { fileName, sha256 } of releases) {
    expect(fileName).toContain('sample');
    expect((await wholeBlob(store.db, sha256)).toString()).toContain('견본');
  }
  await store.db.agency.deleteMany({ where: { code: { not: '1741000' } } });
  await seedAgencies(ground());
  expect(await store.db.agency.count()).toBe(1);
});

test('audit verify: 0 for a whole trail, 1 and the row for a broken one', async () => {
  const operator = testOperator(store);
  for (const subject of ['a', 'b', 'c'])
    await operate(ground(), { actor: 'p', place: 'home' }, async (op) =>
      op.audit({ action: 'x.y', subject }),
    );
  expect(await commands['audit.verify'](operator, {})).toBe(0);
  await store.db.$executeRawUnsafe('ALTER TABLE "Audit" DISABLE TRIGGER USER');
  await store.db.$executeRawUnsafe(`UPDATE "Audit" SET subject = 'z' WHERE seq = 2`);
  expect(await commands['audit.verify'](operator, {})).toBe(1);
  expect(operator.lines.filter((line) => line.startsWith('The audit trail'))).toEqual([
    'The audit trail is whole: 3 rows.',
    'The audit trail is broken: row 2 was altered after it was written.',
  ]);
});
