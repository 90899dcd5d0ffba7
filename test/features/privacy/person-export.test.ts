import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../src/app/operator/commands.ts';
import { allProcedures } from '../../../src/app/procedures.ts';
import { everythingOn, heldRows } from '../../../src/features/privacy/person-export.ts';
import type { AnyProcedure } from '../../../src/filing/procedure.ts';
import { makeLocalSigner } from '../../../src/records/licences/local-signer.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { testOperator } from '../../app/operator/operator.ts';
import { openTestStore, testClock } from '../../ground.ts';

/** Two officials whose every detail is a word that is found again. */
let store: Store;
let procedures: ReadonlyMap<string, AnyProcedure>;
const ids: Record<'me' | 'other', string> = { me: '', other: '' };
const { now } = testClock();

beforeAll(async () => {
  store = await openTestStore();
  const signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), now());
  procedures = allProcedures({ signer, temporaryMonths: 2 });
  await store.db.agency.create({ data: { code: '1741000', name: '행정안전부', kind: 'ADMINISTRATIVE' } });
  for (const who of ['me', 'other'] as const) ids[who] = await seed(who);
  await seedNaming('me', 'other');
  await seedNaming('other', 'me');
});
afterAll(() => store?.close());

async function seed(who: 'me' | 'other'): Promise<string> {
  const { db } = store;
  const tag = who.toUpperCase();
  const at = now();
  const person = await db.person.create({
    data: {
      slackId: `U0${tag}`,
      name: `이름${tag}`,
      agencyCode: '1741000',
      department: `부서${tag}`,
      position: `직위${tag}`,
      phone: `전화${tag}`,
      mobile: `휴대${tag}`,
      email: `${who}@korea.kr`,
      registeredAt: at,
      grants: { create: { role: 'OFFICER', grantedBy: 'settings', grantedAt: at } },
    },
  });
  const personId = person.id;
  await db.consent.create({
    data: { personId, kind: 'privacy', version: `판${tag}`, text: `동의문${tag}`, agreedAt: at },
  });
  await db.certificate.create({
    data: {
      purpose: 'PERSON',
      personId,
      cn: `001${tag}001`,
      subject: `주체${tag}`,
      issuer: `발급자${tag}`,
      serial: `일련${tag}`,
      notBefore: at,
      notAfter: at,
      fingerprint: `지문${tag}`,
      registeredAt: at,
    },
  });
  const system = await db.system.create({
    data: { name: `시스템${tag}`, agencyCode: '1741000', contactId: personId, createdAt: at },
  });
  const answers = {
    systemName: `답변${tag}`,
    letter: [{ sha256: 'x', name: `파일${tag}.pdf`, size: 1, type: 'pdf' }],
  };
  await db.filing.create({
    data: {
      number: `2026-${who === 'me' ? '000001' : '000002'}`,
      procedure: 'application',
      state: 'REJECTED',
      revision: 1,
      title: `시스템${tag}`,
      applicantId: personId,
      systemId: system.id,
      submittedAt: at,
      reason: `사유${tag}`,
      revisions: { create: { number: 1, answers, submittedBy: personId, submittedAt: at } },
    },
  });
  await db.draft.create({
    data: {
      personId,
      procedure: 'application',
      subject: '',
      answers: { task: `초안${tag}` },
      step: 0,
      updatedAt: at,
    },
  });
  await db.outbox.create({
    data: {
      key: tag,
      notice: `안내${tag}`,
      recipient: personId,
      facts: {},
      dueAt: at,
      createdAt: at,
    },
  });
  return personId;
}

/** A role asked for somebody else, and a reading of their data. */
async function seedNaming(who: 'me' | 'other', whom: 'me' | 'other'): Promise<void> {
  const ground = { db: store.db, now, wakeOutbox: () => undefined };
  const target = await store.db.person.findUniqueOrThrow({ where: { id: ids[whom] } });
  await store.db.filing.create({
    data: {
      number: `2026-10000${who === 'me' ? 1 : 2}`,
      procedure: 'roleChange',
      state: 'SUBMITTED',
      revision: 1,
      title: '표준API 관리자 부여',
      applicantId: ids[who],
      submittedAt: now(),
      revisions: {
        create: {
          number: 1,
          answers: { change: 'GRANT', role: 'OFFICER', person: target.slackId, reason: '인사이동' },
          submittedBy: ids[who],
          submittedAt: now(),
        },
      },
    },
  });
  await operate(ground, { actor: ids[who], place: `slack:C${who.toUpperCase()}` }, async (op) =>
    op.audit({
      action: 'filing.review',
      subject: `filing:${whom.toUpperCase()}`,
      person: ids[whom],
      data: { reason: `열람${whom.toUpperCase()}` },
    }),
  );
}

const MINE = [
  '이름',
  '부서',
  '직위',
  '전화',
  '휴대',
  '판',
  '동의문',
  '주체',
  '발급자',
  '일련',
  '지문',
  '시스템',
  '답변',
  '파일',
  '사유',
  '초안',
  '안내',
  '열람',
];

test('everything of that person and nothing of another', async () => {
  const text = JSON.stringify(await everythingOn(store.db, procedures, ids.me, now()));
  for (const word of MINE) expect(text).toContain(`${word}ME`);
  for (const word of [
    'U0ME',
    'me@korea.kr',
    '001ME001',
    'slack:CME',
    'filing:ME',
    ids.me,
    '표준API 관리자',
    '인사이동',
  ])
    expect(text).toContain(word);
  expect(text).not.toContain('OTHER'); // neither name, account, place, reason nor file
  expect(text).not.toContain('other@korea.kr');
  expect(text).not.toContain(ids.other);
  expect(text).toContain('(다른 사람의 정보이므로 뺌)');
});

test('the same as a table, every value with the way to it', async () => {
  const rows = heldRows(await everythingOn(store.db, procedures, ids.me, now()));
  expect(rows[0]).toEqual(['항목', '내용']);
  expect(rows).toContainEqual(['등록정보 > 이름', '이름ME']);
  expect(rows).toContainEqual(['동의 > 1 > 동의한내용', '동의문ME']);
  expect(rows).toContainEqual(['신청 > 1 > 제출 > 1 > 내용 > 시스템명', '답변ME']);
  expect(rows).toContainEqual(['본인확인요청', '(없음)']);
  expect(rows).toContainEqual(['일회용비밀번호', '']);
});

test('the operator’s export: by name, account, address or id; recorded; nobody and two are told apart', async () => {
  const recorded = () => store.db.audit.count({ where: { action: 'person.export', person: ids.me } });
  for (const person of ['이름ME', 'U0ME', 'ME@korea.kr', ids.me]) {
    const operator = testOperator(store);
    const before = await recorded();
    expect(await commands['privacy.export'](operator, { person })).toBe(0);
    const held = JSON.parse(operator.lines.join('\n'));
    expect(held.등록정보.이름).toBe('이름ME');
    expect(await recorded()).toBe(before + 1);
  }
  const csv = testOperator(store);
  await commands['privacy.export'](csv, { person: ids.me, format: 'csv' });
  expect(csv.lines.join('\n')).toMatch(/^\ufeff항목,내용\r\n/);

  const none = testOperator(store);
  expect(await commands['privacy.export'](none, { person: '아무개' })).toBe(1);
  await store.db.person.create({ data: { name: '이름ME', email: 'twin@korea.kr' } });
  const two = testOperator(store);
  expect(await commands['privacy.export'](two, { person: '이름ME' })).toBe(1);
  expect(two.lines).toHaveLength(3);
  expect(two.lines.join('\n')).toMatch(new RegExp(`${ids.me}  이\\*\\*E  m\\*@korea.kr`));
  expect(two.lines.join('\n')).not.toContain('이름ME  ');
});

test('the operator’s report and the register of destructions', async () => {
  await store.db.destruction.create({
    data: {
      filingId: 'f',
      subject: '2015-000001',
      description: '이용신청서: 답변 8개 삭제',
      basis: '전자정부법 시행령 제33조',
      proposedBy: ids.me,
      approvedBy: ids.other,
      destroyedAt: now(),
    },
  });
  const report = testOperator(store);
  expect(await commands['privacy.report'](report, { month: '2026-11' })).toBe(0);
  for (const text of [report.lines.join('\n'), await book()]) {
    expect(text).toContain('접수번호,파기 내용,근거,기안자,승인자,파기일시');
    expect(text).toContain('2015-000001,이용신청서: 답변 8개 삭제,전자정부법 시행령 제33조');
  }
  expect(report.lines.join('\n')).toContain('열람OTHER');
  const later = testOperator(store);
  expect(await commands['privacy.report'](later, { month: '2026-12' })).toBe(1);
  expect(later.lines).toEqual(['2026-12 has not begun.']);
  expect(await store.db.audit.count({ where: { action: 'access.report', actor: 'operator:kim' } })).toBe(1);
});

async function book(): Promise<string> {
  const operator = testOperator(store);
  await commands['privacy.destructions'](operator, {});
  return operator.lines.join('\n');
}
