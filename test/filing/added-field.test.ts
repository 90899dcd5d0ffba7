import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import { decideFiling } from '../../src/filing/decide.ts';
import { defineProcedure, type Filings } from '../../src/filing/procedure.ts';
import { reviewFiling } from '../../src/filing/review.ts';
import { submitFiling } from '../../src/filing/submit.ts';
import { type AnswersOf, form, text } from '../../src/messenger/forms/form.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

const topic = text({ label: '교육 주제' });
const before = form({ topic }, [{ title: '교육 신청', fields: ['topic'] }]);
const after = form({ topic, place: text({ label: '교육 장소', added: true }) }, [
  { title: '교육 신청', fields: ['topic', 'place'] },
]);

/** What the approval read, by the field that was added. */
const approved: (string | undefined)[] = [];

const words = {
  name: 'training',
  title: '교육 신청',
  document: '교육 신청서',
  approvedLabel: '승인완료',
  reopenable: false,
};
const older = defineProcedure<typeof before.fields>({
  ...words,
  form: before,
  begin: async () => ({}),
  place: async (_op, _who, _subject, answers) => ({ title: answers.topic, agencyCode: null, systemId: null }),
  findings: async () => [],
  approve: async () => undefined,
});
const newer = defineProcedure<typeof after.fields>({
  ...words,
  form: after,
  begin: async () => ({}),
  place: async (_op, _who, _subject, answers) => ({ title: answers.topic, agencyCode: null, systemId: null }),
  findings: async (_tx, _filing, { place }) => [{ level: 'look', text: `장소 ${place ?? '없음'}` }],
  async approve(_op, _filing, { place }) {
    approved.push(place);
  },
});

let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings();
});
afterAll(() => ground?.close());

const running = (procedure: typeof older): Filings => ({
  ...ground.engines[0],
  procedures: new Map([[procedure.name, procedure]]),
});
const DESK = 'slack:C0DESK00001';

async function submitted(answers: Record<string, string>, filings: Filings) {
  const draftId = await ground.draft(ground.kim, answers, { procedure: 'training' });
  return submitFiling(filings, { who: ground.kim, place: DESK }, draftId, ground.today());
}

test('a filing that waited while its form got a required field is reviewed and approved', async () => {
  const [officer] = ground.officers;
  if (!officer) throw new Error('no officer');
  const filing = await submitted({ topic: '인증서 갱신' }, running(older));
  const filings = running(newer);
  const view = await reviewFiling(filings, { who: officer, place: DESK }, filing.id);
  expect(JSON.stringify(view)).toContain('장소 없음');
  await decideFiling(filings, { who: officer, place: DESK }, { verb: 'filing.approve', filingId: filing.id });
  expect(approved).toEqual([undefined]);
  expectTypeOf<AnswersOf<typeof after.fields>['place']>().toEqualTypeOf<string | undefined>();
  expectTypeOf<AnswersOf<typeof after.fields>['topic']>().toEqualTypeOf<string>();
});

test('whoever submits from then on answers it', async () => {
  await expect(submitted({ topic: '인증서 갱신' }, running(newer))).rejects.toThrow(
    /남아 있습니다: 교육 장소/,
  );
});
