import { afterAll, beforeAll, expect, test } from 'vitest';
import { Refusal } from '../../src/core/refusal.ts';
import { defineProcedure } from '../../src/filing/procedure.ts';
import { form, text } from '../../src/messenger/forms/form.ts';
import { requireRegistered } from '../../src/records/people/who.ts';
import { becomeUser, card, closeAll, fillAll, next, openedModal, pressIn } from '../story/acts.ts';
import { type Stage, setStage } from '../story/stage.ts';

/**
 * The worked example of CONTRIBUTING.md: one more procedure is this object (in a folder of its own) and its name in the
 * list. Nothing else of the house knows it, and it is begun, checked, returned, corrected and approved like any other.
 */
const trainingForm = form(
  {
    topic: text({ label: '교육 주제' }),
    people: text({ label: '참석 인원', max: 3 }),
  },
  [{ title: '교육 신청', fields: ['topic', 'people'] }],
);

const training = defineProcedure<typeof trainingForm.fields>({
  name: 'training',
  title: '교육 신청',
  document: '교육 신청서',
  approvedLabel: '승인완료',
  reopenable: false,
  form: trainingForm,
  onHome: { label: '교육 신청', for: 'official' },
  approvedText: '교육 신청이 승인되었습니다.',

  async begin(_tx, applicant) {
    requireRegistered(applicant);
    return { topic: '표준API 적용' };
  },

  async place(_op, applicant, _subject, answers) {
    const { agencyCode } = requireRegistered(applicant);
    if (answers.people === '0') throw new Refusal('참석하는 사람이 없습니다.', '참석 인원을 고치십시오.');
    return { title: answers.topic, agencyCode, systemId: null };
  },

  async findings(_tx, _filing, answers) {
    return [{ level: 'look', text: `참석 인원 ${answers.people}명` }];
  },

  async approve(op, filing) {
    op.audit({ action: 'training.plan', subject: `filing:${filing.id}` });
  },
});

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ procedures: [training] });
  await becomeUser(stage, stage.kim, '김보람');
});
afterAll(() => stage?.close());

const filed = () => stage.store.db.filing.findMany({ where: { procedure: 'training' } });

test('a procedure of one object goes from its button on the home to its approval', async () => {
  const { kim, officer, store, bot } = stage;
  await kim.openHome();
  await pressIn(kim, '전체 업무', '교육 신청');
  await kim.waitFor(async () => (await kim.modalText()).includes('교육 주제'));
  await kim.fill('참석 인원', '0');
  await next(kim);
  expect(await kim.modalText()).toContain('표준API 적용'); // begun with what is known
  await next(kim, 'pushed');
  expect(await kim.modalText()).toContain('참석하는 사람이 없습니다'); // its own refusal
  expect(await filed()).toEqual([]);
  await kim.close({ all: true });

  await pressIn(kim, '전체 업무', '교육 신청');
  await kim.waitFor(async () => (await kim.modalText()).includes('제출하기 전에 확인')); // the draft was kept
  await kim.press('고치기', { in: 'modal' });
  await kim.waitFor(
    async () =>
      (await kim.modalText()).includes('전체') || !(await kim.modalText()).includes('제출하기 전에'),
  );
  await kim.fill('참석 인원', '12');
  await next(kim);
  await next(kim);
  await closeAll(kim);
  await bot.idle();

  await officer.press('검토', { in: card('교육 신청 검토중') });
  expect(await openedModal(officer)).toContain('⚠ 참석 인원 12명');
  await officer.close({ all: true });
  await officer.press('보완요청', { in: card('교육 신청 검토중') });
  await fillAll(officer, { '보완요청 사유': '주제를 더 자세히 적으십시오.' });
  await next(officer);
  await officer.close({ all: true });
  await kim.waitFor('교육 신청서 보완요청');
  await kim.press('수정하여 다시 제출');
  await kim.waitFor(async () => (await kim.modalText()).includes('제출하기 전에 확인')); // nothing was remarked on
  await kim.press('고치기', { in: 'modal' });
  await kim.waitFor(async () => !(await kim.modalText()).includes('제출하기 전에'));
  await kim.fill('교육 주제', '표준API 적용과 인증서 갱신');
  await next(kim);
  await next(kim);
  await bot.idle();
  await officer.press('승인', { in: card('교육 신청 검토중') });
  await kim.waitFor('교육 신청이 승인되었습니다');

  const [filing, ...more] = await filed();
  expect(more).toEqual([]);
  expect(filing).toMatchObject({ state: 'APPROVED', revision: 2, title: '표준API 적용과 인증서 갱신' });
  const trail = await store.db.audit.findMany({
    where: { subject: `filing:${filing?.id}` },
    orderBy: { seq: 'asc' },
  });
  expect(trail.map(({ action }) => action)).toEqual([
    'filing.submit',
    'filing.review',
    'filing.return',
    'filing.resubmit',
    'training.plan',
    'filing.approve',
  ]);
});
