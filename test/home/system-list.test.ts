import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { allProcedures } from '../../src/app/procedures.ts';
import { systemPart } from '../../src/features/assist/my-systems.ts';
import type { AnyProcedure } from '../../src/filing/procedure.ts';
import { systemBlocks } from '../../src/home/system-list.ts';
import { makeLocalSigner } from '../../src/records/licences/local-signer.ts';
import type { SystemWithLife } from '../../src/records/systems/standing.ts';
import type { Known } from '../../src/store/known.ts';

/** What the home and the chat say about a system, to its contact and to its deputy. */
const TODAY = '2027-01-24';
const application = { id: 'a', number: '1', procedure: 'application', state: 'APPROVED', revision: 1 };
const report = { id: 'r', number: '2', procedure: 'resultReport', state: 'SUBMITTED', revision: 1 };
const over = { id: 'l', number: 'TEMP-1', kind: 'TEMPORARY', madeBy: 'BOT', expiresOn: '2027-01-23' };

let registry: { procedures: ReadonlyMap<string, AnyProcedure> };
beforeAll(async () => {
  const signer = await makeLocalSigner(mkdtempSync(join(tmpdir(), 'bogeup-keys-')), new Date(0));
  registry = { procedures: allProcedures({ signer, temporaryMonths: 2 }) };
});

const systemOf = (filings: object[], licence: object = over) =>
  ({
    ...{ id: 's', name: '민원시스템', contactId: 'kim', deputyId: 'lee', retiredAt: null, scvp: false },
    createdAt: new Date(0),
    filings: filings.map((one, index) => ({
      ...{ applicantId: 'kim', approvedRevision: null, submittedAt: new Date(index), title: '민원시스템' },
      ...one,
    })),
    licences: [{ supersededAt: null, revokedAt: null, moduleId: null, ...licence }],
  }) as unknown as SystemWithLife;
const home = (system: SystemWithLife, who: string) =>
  JSON.stringify(systemBlocks(registry, system, who, TODAY));
const chat = (system: SystemWithLife, who: string) =>
  JSON.stringify(systemPart(registry, system, { who: { id: who } as Known, today: TODAY }, []));

test('a licence that ran out: the contact is told what to do, the deputy whose task it is', () => {
  const system = systemOf([application]);
  expect(home(system, 'kim')).toContain('아직이면 ‘상세’에서 임시라이선스 재발급을 요청하십시오.');
  expect(home(system, 'lee')).toContain('담당자가 적용결과표를 제출하거나');
  expect(home(system, 'lee')).not.toContain('제출하십시오');
  expect(chat(system, 'kim')).toContain('적용결과표 제출 또는 임시라이선스 재발급 요청 (');
  expect(chat(system, 'kim')).not.toContain('담당자가');
  expect(chat(system, 'lee')).toContain('담당자가 적용결과표 제출 또는');
});

test.each([
  [[application, report], '적용결과표: 검토중'],
  [[application, { ...report, state: 'RETURNED' }], '적용결과표: 보완요청'],
  [[application, { ...report, procedure: 'temporaryReissue' }], '임시라이선스 재발급 요청: 검토중'],
])('a licence that ran out while something is under way: %#', (filings, words) => {
  const text = home(systemOf(filings), 'kim');
  expect(text).toContain(`임시라이선스의 유효기간이 지났습니다. ${words}`);
  expect(text).not.toContain('제출하십시오');
  expect(chat(systemOf(filings), 'kim')).not.toContain('재발급 요청 (');
});

test('a request that was sent back is to be corrected, also while something newer is under way', () => {
  const request = { ...report, procedure: 'temporaryReissue', state: 'RETURNED' };
  const newer = { ...report, id: 'c', number: '3', procedure: 'contactChange' };
  expect(chat(systemOf([application, request, newer]), 'kim')).toContain(
    '임시라이선스 재발급 요청 보완요청: 고쳐서 다시 제출',
  );
});

test('a regular licence whose file has an end is not taken for a temporary one', () => {
  const system = systemOf([application, { ...report, state: 'APPROVED' }], { ...over, kind: 'REGULAR' });
  expect(home(system, 'kim')).toContain('정상라이선스의 유효기간이 지났습니다.');
});

test('what was sent back is named as it is: 보완요청 or 승인취소, and whose move it is', () => {
  const returned = { ...report, state: 'RETURNED' };
  expect(chat(systemOf([application, returned]), 'kim')).toContain('적용결과표 보완요청: 고쳐서 다시 제출');
  const reopened = { ...returned, approvedRevision: 1 };
  expect(chat(systemOf([application, reopened]), 'kim')).toContain('적용결과표 승인취소: 고쳐서');
  expect(chat(systemOf([application, reopened]), 'lee')).toContain('승인취소: 신청한 사람이 고쳐서');
});
