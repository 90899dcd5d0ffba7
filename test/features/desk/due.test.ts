import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allProcedures } from '../../../src/app/procedures.ts';
import { type DueKind, dueOf } from '../../../src/features/desk/due.ts';
import { dueView } from '../../../src/features/desk/due-view.ts';
import { exportOf } from '../../../src/features/desk/export.ts';
import { listOf } from '../../../src/features/desk/export-lists.ts';
import type { Signer } from '../../../src/records/licences/signer.ts';
import { read } from '../../../src/store/ask.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore } from '../../ground.ts';
import { viewFaults } from '../../limits/hold.ts';
import { type Seeded, seedAgency, seedFiling, seedLicence, seedSystem } from '../../reminders/seed.ts';

/** 기한 관리 and the list of systems, against one office of eight systems. */
const NOW = new Date('2026-11-23T01:00:00Z');
const issued = (day: string) => new Date(`${day}T00:00:00Z`);
let store: Store;
const seeded: Record<string, Seeded> = {};

beforeAll(async () => {
  store = await openTestStore();
  const { db } = store;
  await seedAgency(db);
  const make = async (name: string, day: string) => {
    seeded[name] = await seedSystem(db, issued(day), name);
    return seeded[name];
  };
  await make('곧 끝남', '2026-10-01'); // until 2026-12-01
  await make('이미 끝남', '2026-09-01');
  await make('아직 멂', '2026-11-20');
  const begun = await make('개시일 지남', '2026-11-10');
  await db.system.update({ where: { id: begun.system.id }, data: { serviceOn: '2026-11-20' } });
  const reporting = await make('결과표 검토중', '2026-09-20');
  const report = { procedure: 'resultReport', submittedAt: issued('2026-11-19') };
  await seedFiling(db, reporting.contact, { ...report, systemId: reporting.system.id });
  const reopened = await make('승인취소됨', '2026-08-01');
  const first = await seedFiling(db, reopened.contact, {
    ...report,
    title: '승인취소됨',
    state: 'RETURNED',
    approvedRevision: 1,
    decidedAt: issued('2026-11-18'),
    systemId: reopened.system.id,
    revisions: {
      create: { number: 1, answers: {}, submittedBy: reopened.contact.id, submittedAt: issued('2026-11-01') },
    },
  });
  await seedLicence(db, reopened.system, first, issued('2026-09-01'), 'REGULAR');
  const asked = await make('보완할 것', '2026-11-21');
  await seedFiling(db, asked.contact, {
    title: '보완할 것',
    procedure: 'usageChange',
    state: 'RETURNED',
    decidedAt: issued('2026-11-16'),
    submittedAt: issued('2026-11-10'),
    systemId: asked.system.id,
  });
  const retired = await make('미사용', '2026-09-01');
  await db.system.update({ where: { id: retired.system.id }, data: { retiredAt: issued('2026-11-01') } });
  for (const [name, until] of [
    ['아직 멂', '2027-01-15'],
    ['보완할 것', '2028-01-15'],
    ['미사용', '2026-12-01'],
  ] as const) {
    const row = { cn: 'SVR1741000001', subject: '', issuer: '', serial: '', fingerprint: '', policy: null };
    await db.certificate.create({
      data: {
        ...row,
        purpose: 'SERVER',
        systemId: seeded[name]?.system.id ?? '',
        notBefore: issued('2026-01-01'),
        notAfter: issued(until),
        registeredAt: NOW,
      },
    });
  }
});
afterAll(() => store?.close());

const listed = async (kind: DueKind | null, page = 0) => {
  const { rows } = await read(store.db, dueOf(NOW, kind, page));
  return rows.map((row) => `${row.kind} ${row.title} ${row.on}`);
};

describe('what is due', () => {
  test('every kind, the oldest day first; what is reviewed, retired or far off is not in it', async () => {
    expect(await listed(null)).toEqual([
      'TEMPORARY 이미 끝남 2026-11-01',
      'UNANSWERED 보완할 것 2026-11-16',
      'REOPENED 승인취소됨 2026-11-18',
      'REPORT 개시일 지남 2026-11-20',
      'TEMPORARY 곧 끝남 2026-12-01',
      'CERTIFICATE 아직 멂 2027-01-15',
    ]);
  });

  test('by kind, and a page that is not there is the last', async () => {
    expect(await listed('TEMPORARY')).toEqual([
      'TEMPORARY 이미 끝남 2026-11-01',
      'TEMPORARY 곧 끝남 2026-12-01',
    ]);
    expect(await listed('REPORT', 5)).toEqual(['REPORT 개시일 지남 2026-11-20']);
  });

  test('the window says how far each is, whose it is, and masks the name', async () => {
    const found = await read(store.db, dueOf(NOW, null, 0));
    const view = dueView(found, { kind: null, page: 0 }, '2026-11-23');
    expect(viewFaults(view)).toEqual([]);
    const text = JSON.stringify(view);
    for (const part of [
      '모든 기한 6건',
      '임시라이선스 만료 2건',
      '⚠ 임시라이선스 만료: 2026. 11. 1. (22일 지남) · 이미 끝남',
      '임시라이선스 만료: 2026. 12. 1. (D-8) · 곧 끝남',
      '보완요청 미처리: 2026. 11. 16. 요청 (7일째)',
      '적용결과표 미제출: 2026. 11. 20. 개시 예정 (3일 지남)',
      '담당 김*용',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('김철용');
  });
});

describe('lists', () => {
  const procedures = allProcedures({ signer: {} as Signer, temporaryMonths: 2 });
  const csvOf = async (name: 'due' | 'systems' | 'people', whole = false) => {
    const { csv } = await exportOf(store.db, listOf({ procedures }, name, whole, NOW));
    return csv.toString().replace('\uFEFF', '').trim().split(/\r?\n/);
  };

  test('what is due, to be taken out', async () => {
    const [head, ...rows] = await csvOf('due');
    expect(head).toBe('구분,기한·요청일,경과,시스템·신청,기관,번호,담당자,연락 방법');
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(
      /^임시라이선스 만료,2026-11-01,22,이미 끝남,행정안전부,TEMPORARY-\d+,김\*용,메신저$/,
    );
  });

  describe('systems', () => {
    let cells: Record<string, Record<string, string>>;
    beforeEach(async () => {
      const { db } = store;
      const { system, filing, contact } = seeded['개시일 지남'] as Seeded;
      await db.system.update({ where: { id: system.id }, data: { serverIps: ['10.10.1.21'] } });
      await db.filing.update({ where: { id: filing.id }, data: { approvedRevision: 1 } });
      const answers = { os: 'LINUX', osDetail: 'Linux was01 5.14' };
      const revision = { filingId: filing.id, number: 1, submittedBy: contact.id, submittedAt: NOW };
      await db.revision.upsert({
        where: { filingId_number: { filingId: filing.id, number: 1 } },
        create: { ...revision, answers },
        update: {},
      });
      await db.licence.updateMany({
        where: { systemId: system.id },
        data: {
          payload: {
            hosts: [{ ip: ['10.10.1.21'], host: 'was01', mac: '00:1A:2B:3C:4D:5E' }],
            module: { name: '표준API', version: '1.5.0' },
          },
        },
      });
      await db.person.update({
        where: { id: contact.id },
        data: { slackId: null, mobile: '010-1234-5678', email: 'kim@korea.kr' },
      });
      cells = {};
      for (const whole of [false, true]) {
        const [head = '', ...rows] = await csvOf('systems', whole);
        const row = rows.find((one) => one.startsWith('개시일 지남'))?.split(',') ?? [];
        cells[whole ? 'whole' : 'masked'] = Object.fromEntries(
          head.split(',').map((name, at) => [name, row[at] ?? '']),
        );
      }
    });

    test('have state, hosts, licence, system, module and who is reached how', () => {
      expect(cells.whole).toMatchObject({
        상태: '임시라이선스',
        '라이선스 종류': '임시라이선스',
        만료일: '2027-01-10',
        '서버 IP': '10.10.1.21',
        HOST: 'was01',
        'Mac 주소': '00:1A:2B:3C:4D:5E',
        운영체제: 'Linux was01 5.14',
        '모듈 버전': '표준API 1.5.0',
        담당자: '김철용',
        휴대전화번호: '010-1234-5678',
        이메일: 'kim@korea.kr',
        '연락 방법': '메일·전화',
      });
    });

    test('are covered unless they are asked for whole', () => {
      expect(cells.masked).toMatchObject({ '서버 IP': '1개', HOST: '1개', 담당자: '김*용' });
      expect(JSON.stringify(cells.masked)).not.toMatch(/10\.10\.|was01"|00:1A|5678|kim@/);
    });

    test('every state has its word', async () => {
      const rows = await csvOf('systems');
      const stateOf = (name: string) => rows.find((row) => row.startsWith(`${name},`))?.split(',')[3];
      expect(Object.fromEntries(Object.keys(seeded).map((name) => [name, stateOf(name)]))).toEqual({
        '곧 끝남': '임시라이선스',
        '이미 끝남': '임시라이선스 만료',
        '아직 멂': '임시라이선스',
        '개시일 지남': '임시라이선스',
        '결과표 검토중': '임시라이선스 만료',
        승인취소됨: '승인취소',
        '보완할 것': '임시라이선스',
        미사용: '미사용',
      });
    });

    test('without a licence the state says why', async () => {
      const { db } = store;
      const states = async (name: string) =>
        (await csvOf('systems')).find((row) => row.startsWith(`${name},`))?.split(',')[3];
      const { contact, system } = await seedSystem(db, issued('2026-10-01'), '폐지됨');
      await db.licence.updateMany({ where: { systemId: system.id }, data: { revokedAt: NOW } });
      expect(await states('폐지됨')).toBe('라이선스 폐지');
      const life = { submittedAt: issued('2026-11-20'), systemId: system.id };
      const again = await seedFiling(db, contact, life);
      expect(await states('폐지됨')).toBe('신청중');
      await db.filing.update({ where: { id: again.id }, data: { state: 'REJECTED' } });
      expect(await states('폐지됨')).toBe('라이선스 폐지');
      await db.licence.deleteMany({ where: { systemId: system.id } });
      expect(await states('폐지됨')).toBe('반려');
      await db.filing.update({ where: { id: again.id }, data: { state: 'WITHDRAWN' } });
      expect(await states('폐지됨')).toBe('삭제');
    });

    test('and who came on paper is in the list of people', async () => {
      const people = await csvOf('people');
      expect(people.some((row) => row.startsWith('김*용,') && row.includes('메일·전화'))).toBe(true);
    });
  });
});
