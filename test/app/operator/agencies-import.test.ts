import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAgencyFile } from '../../../src/app/operator/agency-file.ts';
import { commands } from '../../../src/app/operator/commands.ts';
import { agencyWarning } from '../../../src/records/people/agency-warning.ts';
import { read } from '../../../src/store/ask.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { runs } from '../../runs.ts';
import { given, testOperator } from './operator.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.close());

async function imported(content: string | Uint8Array, dryRun = false) {
  const operator = testOperator(store);
  const code = await commands['agencies.import'](operator, { file: given(content, 'codes.csv'), dryRun });
  return { code, lines: operator.lines };
}
const agency = (code: string) => store.db.agency.findUniqueOrThrow({ where: { code } });

/** As data.go.kr 15147664 names its columns. */
const publicFile = [
  '기관코드,전체기관명,최하위기관명,대표기관코드,폐지구분,폐지일자,이전기관코드',
  '1741000,행정안전부,행정안전부,1741000,존속,,1740000',
  '1740000,행정자치부,행정자치부,1740000,폐지,20170726,1311000',
  '1311000,안전행정부,안전행정부,1311000,폐지,20141119,',
  'B552584,한국환경공단,한국환경공단,B552584,존속,,',
].join('\r\n');

describe('the public files', () => {
  test('the file data: names, abolition, successors from 이전기관코드', async () => {
    const { code, lines } = await imported(publicFile);
    expect(code).toBe(0);
    expect(lines).toEqual([
      'new: 4',
      '  1741000 행정안전부',
      '  1740000 행정자치부',
      '  1311000 안전행정부',
      '  B552584 한국환경공단',
      'abolished: 2',
      '  1740000 행정자치부 → 1741000',
      '  1311000 안전행정부 → 1740000',
      '4 agencies read: 4 added, 0 changed, 0 as they were.',
    ]);
    expect(await agency('1740000')).toMatchObject({ abolished: true, successorCode: '1741000' });
    expect(await agency('B552584')).toMatchObject({ kind: 'PUBLIC', abolished: false });
    expect(await read(store.db, agencyWarning('1311000'))).toBe(
      '기관코드(1311000 안전행정부)가 폐지되었습니다. 현재 기관은 행정안전부(1741000)입니다.',
    );
    expect(await read(store.db, agencyWarning('1741000'))).toBeNull();
    expect(await read(store.db, agencyWarning('9999999'))).toContain('등록된 목록에 없습니다');
  });

  test('the API: org_cd, full_nm, low_nm, stop_selt', async () => {
    await imported(
      'org_cd,full_nm,low_nm,stop_selt\n1741000,행정안전부,행정안전부,0\n1311000,안전행정부,x,1\n',
    );
    expect(await agency('1311000')).toMatchObject({ name: '안전행정부', abolished: true });
    expect(await agency('1741000')).toMatchObject({ abolished: false });
  });

  test('CP949, as Excel saves it', async () => {
    // 기관코드,기관명 / 1741000,행정안전부
    const cp949 = Buffer.from(
      'b1e2b0fcc4dab5e52cb1e2b0fcb8ed0d0a313734313030302cc7e0c1a4bec8c0fcbace0d0a',
      'hex',
    );
    expect((await imported(cp949)).code).toBe(0);
    expect(await agency('1741000')).toMatchObject({ name: '행정안전부' });
  });

  test('the same again changes nothing', async () => {
    await imported(publicFile);
    const before = await store.db.agency.findMany({ orderBy: { code: 'asc' } });
    const { lines } = await imported(publicFile);
    expect(lines).toEqual(['4 agencies read: 0 added, 0 changed, 4 as they were.']);
    expect(await store.db.agency.findMany({ orderBy: { code: 'asc' } })).toEqual(before);
  });

  test('what a file does not say stays: abolition, successor, source', async () => {
    await imported('code,name,abolished,successor,source\n1311000,안전행정부,Y,1740000,고시\n');
    await imported('기관코드,기관명\n1311000,안전행정부(옛)\n');
    expect(await agency('1311000')).toMatchObject({
      name: '안전행정부(옛)',
      abolished: true,
      successorCode: '1740000',
      source: '고시',
    });
  });

  test('an agency that took over two has a line for each; one in use is the successor before an abolished one', () => {
    const file = readAgencyFile(
      Buffer.from(
        '기관코드,기관명,존폐여부,이전기관코드\n1741000,가,존속,1\n1741000,가,존속,1311000\n1741000,가,존속,1310000\n',
      ),
    );
    expect(file.faults).toEqual([]);
    expect(file.agencies).toHaveLength(1);
    expect(file.takenOver).toEqual([
      ['1311000', '1741000'],
      ['1310000', '1741000'],
    ]);
  });

  test('an agency in use gets no successor from somebody’s 이전기관코드', async () => {
    await imported('기관코드,기관명,존폐여부,이전기관코드\n1741000,가,존속,\n1741001,나,존속,1741000\n');
    expect(await agency('1741000')).toMatchObject({ abolished: false, successorCode: null });
  });
});

test('a dry run says what would change, ten of each, and changes nothing', async () => {
  await imported(publicFile);
  const many = Array.from({ length: 25 }, (_, n) => `3${String(n).padStart(6, '0')},새 기관 ${n},존속`);
  const file = [
    '기관코드,기관명,존폐여부',
    '1741000,행정안전부(새 이름),존속',
    'B552584,한국환경공단,폐지',
    ...many,
  ];
  const before = await store.db.agency.findMany({ orderBy: { code: 'asc' } });
  const { code, lines } = await imported(file.join('\n'), true);
  expect(code).toBe(0);
  expect(lines[0]).toBe('new: 25');
  expect(lines.slice(10, 12)).toEqual(['  3000009 새 기관 9', '  … and 15 more']);
  expect(lines.slice(12)).toEqual([
    'changed: 2',
    '  1741000 행정안전부 → 행정안전부(새 이름)',
    '  B552584 한국환경공단, abolished',
    'abolished: 1',
    '  B552584 한국환경공단 → (unknown)',
    '27 agencies read: 25 added, 2 changed, 0 as they were. Nothing was imported: this was a dry run.',
  ]);
  expect(await store.db.agency.findMany({ orderBy: { code: 'asc' } })).toEqual(before);
  expect(await store.db.audit.count()).toBe(1);
});

test('systems and people whose agency is abolished are told of', async () => {
  await imported(publicFile);
  const at = new Date(0);
  const person = await store.db.person.create({
    data: { name: '김보람', agencyCode: 'B552584', registeredAt: at },
  });
  const system = { agencyCode: 'B552584', contactId: person.id, createdAt: at };
  await store.db.system.create({ data: { ...system, name: '대기측정망' } });
  await store.db.system.create({ data: { ...system, name: '쓰지 않는 것', retiredAt: at } });
  const { lines } = await imported(
    '기관코드,기관명,존폐여부,이전기관코드\nB552584,한국환경공단,폐지,\nB999999,새환경공단,존속,B552584\n',
  );
  expect(lines).toContain('  B552584 한국환경공단, successor B999999: 1 systems, 1 people');
  expect(lines).toContain('    대기측정망');
  expect(lines.join('\n')).not.toMatch(/쓰지 않는 것|김보람/);
});

describe('a file that is not as it should be', () => {
  test.each([
    ['no code', '기관명,폐지구분\n가,존속\n', /column is missing: the code \(code, 기관코드/],
    [
      'no name',
      '기관코드,폐지구분\n1741000,존속\n',
      /column is missing: the name .*전체기관명.*columns of the file are: 기관코드, 폐지구분/,
    ],
    [
      'a Y that may mean either',
      '기관코드,기관명,존폐여부\n1741000,가,Y\n',
      /line 2: 존폐여부 is ‘Y’; write 폐지 or 존속/,
    ],
    [
      'two names for a code',
      '기관코드,기관명\n1741000,가\n1741000,나\n',
      /line 3: code 1741000 stands in the file twice/,
    ],
  ])('%s', async (_what, content, fault) => {
    const { code, lines } = await imported(content);
    expect(code).toBe(1);
    expect(lines[0]).toMatch(fault);
    expect(await store.db.agency.count()).toBe(0);
  });

  test('names with blanks and a mark are read', () => {
    expect(readAgencyFile(Buffer.from('\ufeff기관 코드 , 기관명\n1741000,가\n'))).toMatchObject({
      faults: [],
      agencies: [{ code: '1741000', name: '가' }],
    });
  });
});

test('many agencies go in, all or nothing, and say how far they are', async () => {
  const many = runs(6_000, 60_000);
  const rows = Array.from({ length: many }, (_, n) => {
    const code = `3${String(n).padStart(6, '0')}`;
    return `${code},서울특별시 어느 구 ${n},${n % 7 === 0 ? '폐지' : '존속'},${n % 7 === 1 ? `3${String(n - 1).padStart(6, '0')}` : ''}`;
  });
  const content = ['기관코드,전체기관명,폐지구분,이전기관코드', ...rows].join('\n');
  const operator = testOperator(store);
  const told: number[] = [];
  const code = await commands['agencies.import'](
    { ...operator, progress: (done) => void told.push(done) },
    { file: given(content) },
  );
  expect(code).toBe(0);
  expect(await store.db.agency.count({ where: { abolished: true, successorCode: { not: null } } })).toBe(
    Math.ceil((many - 1) / 7),
  );
  expect(told.at(-1)).toBe(many);
  expect(told.length).toBeGreaterThan(runs(1, 10));
});
