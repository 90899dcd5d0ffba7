import { afterAll, beforeAll, expect, it } from 'vitest';
import { filingCard } from '../../src/filing/card.ts';
import { decideFiling } from '../../src/filing/decide.ts';
import { applicationAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from './filing-ground.ts';

/** How much the checks point out is counted where a filing begins to wait, and drawing its card writes nothing. */
let ground: FilingGround;
const sent: string[] = [];
beforeAll(async () => {
  ground = await setFilings({ onStatement: (sql) => void sent.push(sql) });
});
afterAll(() => ground?.close());

const marks = async (id: string) => {
  const { stops, looks } = await ground.store.db.filing.findUniqueOrThrow({ where: { id } });
  return { stops, looks };
};

it('a submission counts, a correction counts anew, and a return that is taken back counts again', async () => {
  const { kim, officers, store, engines } = ground;
  const [filings] = engines;
  const [officer] = officers;
  if (!officer) throw new Error('no officer');
  const plain = await ground.submitted(kim);
  expect(await marks(plain.id)).toEqual({ stops: 0, looks: 0 });
  const { id } = await ground.submitted(kim, {
    ...applicationAnswers,
    systemName: '민원관리시스템',
    ip: '152.99.56.86',
    letterNumber: '디지털안전정책과-1235',
    serverCn: 'SVR1741000002',
    language: 'C',
  });
  expect(await marks(id)).toEqual({ stops: 1, looks: 2 }); // no module for C; name and address
  await decideFiling(
    filings,
    { who: officer, place: 'test' },
    { verb: 'filing.return', filingId: id, reason: '보완' },
  );
  await store.db.filing.update({ where: { id }, data: { stops: null, looks: null } });
  await decideFiling(filings, { who: officer, place: 'test' }, { verb: 'filing.undo', filingId: id });
  expect(await marks(id)).toEqual({ stops: 1, looks: 2 });
  await decideFiling(
    filings,
    { who: officer, place: 'test' },
    { verb: 'filing.return', filingId: id, reason: '보완' },
  );
  const corrected = { ...applicationAnswers, systemName: '행정안전부 둘째', ip: '10.9.9.9' };
  await ground.submitted(
    kim,
    { ...corrected, letterNumber: '디지털안전정책과-1236', serverCn: 'SVR1741000003' },
    { subject: `filing:${id}` },
  );
  expect(await marks(id)).toEqual({ stops: 0, looks: 0 });
});

it('a card is drawn by reading alone', async () => {
  const filing = await ground.submitted(ground.lee);
  sent.length = 0;
  expect(await filingCard(ground.engines[0], ground.store.db, filing.id)).not.toBeNull();
  expect(sent.filter((sql) => !/^\s*(SELECT|BEGIN|COMMIT)/i.test(sql))).toEqual([]);
  expect(sent.length).toBeGreaterThan(1);
});
