import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { FILING_DOCUMENT } from '../../src/features/documents/documents-slack.ts';
import { documentNotices } from '../../src/features/documents/notices.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import { transferSystems } from '../../src/procedures/contact-change/transfer.ts';
import type { Subject } from '../../src/records/filings/subject.ts';
import { licenceDelivery } from '../../src/records/licences/delivery.ts';
import { revokeLicences } from '../../src/records/systems/revoke-licences.ts';
import type { System } from '../../src/store/client/client.ts';
import type { Known } from '../../src/store/known.ts';
import { operate } from '../../src/store/operation.ts';
import { reportAnswers } from '../answers.ts';
import { hasPoppler, pdfText } from '../features/documents/read.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

/** What was under way, or not sent yet, when something else happened to the system. */
let ground: FilingGround;
let system: System;
beforeEach(async () => {
  ground = await setFilings();
  const filing = await ground.submitted(ground.kim);
  await approve(ground.officers[0], filing.id);
  system = await ground.store.db.system.findFirstOrThrow();
});
afterEach(() => ground?.close());

const approve = (officer: Known | undefined, filingId: string) => {
  if (!officer) throw new Error('too few officers');
  return decideFiling(
    ground.engines[0],
    { who: officer, place: 'test' },
    { verb: 'filing.approve', filingId },
  );
};
const move = (from: Known, to: Known) =>
  operate(ground.engines[0], { actor: 'test', place: 'test' }, (op) =>
    transferSystems(op, {
      filing: { number: '2026-000099', submittedAt: ground.clock.now() },
      systemIds: [system.id],
      from: from.id,
      to: to.id,
    }),
  );
const licence = () => ground.store.db.licence.findFirstOrThrow();

test('a licence that is sent late goes to nobody who lost the system, and is not sent once it is revoked', async () => {
  const { kim, lee, store } = ground;
  const facts = { licenceId: (await licence()).id };
  const sent = async (to: Known) => (await licenceDelivery(store.db, facts, 'messenger', to.id)) !== null;
  expect(await sent(kim)).toBe(true);
  await move(kim, lee);
  expect([await sent(kim), await sent(lee)]).toEqual([false, true]);
  await operate(ground.engines[0], { actor: 'test', place: 'test' }, (op) =>
    revokeLicences(op, system.id, 'test'),
  );
  expect(await sent(lee)).toBe(false);
});

test.runIf(hasPoppler)(
  'a downloaded application tells its own applicant all, and the next contact no numbers',
  async () => {
    const { kim, lee, store, engines } = ground;
    const render = documentNotices(engines[0])[FILING_DOCUMENT];
    if (typeof render !== 'function') throw new Error('no document');
    const { id: filingId } = await store.db.filing.findFirstOrThrow();
    const read = async (to: Known) => {
      const notice = await render(store.db, { filingId, revision: 1 }, 'messenger', to.id);
      const [file] = notice?.files ?? [];
      return file && 'bytes' in file ? pdfText(file.bytes) : null;
    };
    expect(await read(kim)).toContain('010-1234-5678');
    await move(kim, lee);
    const next = await read(lee);
    expect(next).toContain('민원관리시스템');
    for (const hidden of ['010-1234-5678', '044-205-1234', 'kim@korea.kr', '김보람'])
      expect(next).not.toContain(hidden);
    expect(await read(kim)).toBeNull();
  },
);

test('what one contact wrote of themselves is not written to the next', async () => {
  const { kim, lee, officers, store, engines } = ground;
  const subject: Subject = `system:${system.id}`;
  const procedure = engines[0].procedures.get('surveyAnswer');
  const stands = await procedure?.begin(store.db, kim, subject, ground.clock.now());
  const filing = await ground.submitted(
    kim,
    { ...stands, userCount: '1700' },
    { procedure: 'surveyAnswer', subject },
  );
  await move(kim, lee);
  await expect(approve(officers[1], filing.id)).rejects.toThrow('제출한 뒤에 담당자가 바뀌었습니다');
  const after = await store.db.person.findUniqueOrThrow({ where: { id: lee.id } });
  expect([after.name, after.email]).toEqual(['이정훈', 'lee@korea.kr']);
});

test('two officers who enter the same report from paper make one', async () => {
  const { kim, officers, store, engines } = ground;
  await store.db.person.update({ where: { id: kim.id }, data: { slackId: null } });
  const over = { procedure: 'resultReport', subject: `paper:system:${system.id}` as const };
  const drafts = await Promise.all(
    officers.map(async (officer) => ({ officer, id: await ground.draft(officer, reportAnswers, over) })),
  );
  const results = await Promise.allSettled(
    drafts.map(({ officer, id }) =>
      submitFiling(engines[0], { who: officer, place: 'test' }, id, ground.today()),
    ),
  );
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toBeInstanceOf(Refusal);
  expect(await store.db.filing.count({ where: { procedure: 'resultReport' } })).toBe(1);
});
