import { expect, test } from 'vitest';
import { apply, becomeUser, openedModal } from './acts.ts';
import { forgeClick } from './forge.ts';
import { setStage } from './stage.ts';

test('revoking licences in an incident asks for the officer’s one-time code', async () => {
  const stage = await setStage({ stepUp: 'obligatory' });
  const { kim, officer, store, clock } = stage;
  await becomeUser(stage, kim, '김보람');
  await apply(kim);
  await stage.bot.idle();
  const { systemId, applicantId } = await store.db.filing.findFirstOrThrow({
    where: { procedure: 'application' },
  });
  const submittedAt = clock.now();
  const { id } = await store.db.filing.create({
    data: {
      number: '2026-900001',
      procedure: 'incident',
      title: '유출 의심',
      state: 'SUBMITTED',
      revision: 1,
      applicantId,
      systemIds: [systemId ?? ''],
      submittedAt,
      revisions: { create: { number: 1, answers: {}, submittedBy: applicantId, submittedAt } },
    },
  });
  await forgeClick(officer, `incident.revoke.${systemId}`, `${id}:${systemId}`);
  expect(await openedModal(officer)).toContain('일회용 비밀번호를 먼저 등록해야 합니다');
  expect((await store.db.filing.findUniqueOrThrow({ where: { id } })).state).toBe('SUBMITTED');
  await stage.close();
});
