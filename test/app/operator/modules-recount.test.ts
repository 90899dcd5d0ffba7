import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../src/app/operator/commands.ts';
import { applicationAnswers } from '../../answers.ts';
import { type FilingGround, setFilings } from '../../filing/filing-ground.ts';
import { handed, testOperator } from './operator.ts';

/** What waits is checked against the modules that there are, also where one comes by the operator's command. */
let ground: FilingGround;
beforeAll(async () => {
  ground = await setFilings({});
});
afterAll(() => ground?.close());

test('modules add counts anew what is pointed out of what waits', async () => {
  const { kim, store } = ground;
  const { id } = await ground.submitted(kim, { ...applicationAnswers, language: 'C' });
  const stops = async () => (await store.db.filing.findUniqueOrThrow({ where: { id } })).stops;
  expect(await stops()).toBe(1); // no module for C
  const { operator, file } = handed(testOperator(store), 'module for C', 'api.bin');
  const order = { language: 'C', os: 'LINUX', bits: 64, version: '1.0.0', name: '표준API' };
  expect(await commands['modules.add'](operator, { ...order, file })).toBe(0);
  expect(await stops()).toBe(0);
});
