import { afterAll, beforeAll, expect, it } from 'vitest';
import { homeView } from '../../src/home/home.ts';
import { applicationAnswers } from '../answers.ts';
import { type FilingGround, setFilings } from '../filing/filing-ground.ts';

let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings();
});
afterAll(() => ground?.close());

/** Rows of one instant lie in the table in the order in which they were last written, and come so unless more is said. */
it('systems of the same instant are on one page each, in one order', async () => {
  const { engines, kim, store } = ground;
  const names = Array.from({ length: 12 }, (_, index) => `행정안전부 시스템 ${10 + index}`);
  const ids: string[] = [];
  for (const [index, systemName] of names.entries()) {
    const own = { systemName, ip: `10.9.9.${index + 1}`, letterNumber: `디지털안전정책과-${2000 + index}` };
    const { systemId } = await ground.submitted(kim, { ...applicationAnswers, ...own });
    ids.push(String(systemId));
  }
  for (const index of [7, 0, 5, 2, 11, 3])
    await store.db.system.update({ where: { id: String(ids[index]) }, data: { scvp: true } });
  const seen: string[] = [];
  for (const page of [0, 1, 2]) {
    const view = JSON.stringify(await homeView(engines[0], kim, { page }));
    seen.push(...names.filter((name) => view.includes(name)).filter((name) => !seen.includes(name)));
    expect(seen).toEqual(names.slice(0, Math.min(names.length, (page + 1) * 5)));
  }
});
