import { expect, test } from 'vitest';
import { helpersView } from '../../src/filing/helper-view.ts';
import { MOST_HELPERS } from '../../src/filing/helpers.ts';
import { viewFaults } from './hold.ts';

const helper = {
  id: crypto.randomUUID(),
  name: '가'.repeat(40),
  invitedAt: new Date(0),
  doneAt: new Date(0),
};

test.each([0, 1, MOST_HELPERS])('the choice of a helper, beside %i who help already', (count) => {
  const view = helpersView(`draft:${helper.id}`, '가'.repeat(100), Array(count).fill(helper));
  expect(viewFaults(view)).toEqual([]);
});
