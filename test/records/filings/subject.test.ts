import { expect, it } from 'vitest';
import { parseSubject } from '../../../src/records/filings/subject.ts';

it.each([
  ['', { kind: 'nothing', paper: false }],
  ['filing:f-1', { kind: 'filing', id: 'f-1', paper: false }],
  ['system:s-1', { kind: 'system', id: 's-1', paper: false }],
  ['person:p-1', { kind: 'person', id: 'p-1', paper: false }],
  ['ready:d-1', { kind: 'ready', id: 'd-1', paper: false }],
  ['paper', { kind: 'nothing', paper: true }],
  ['paper:system:s-1', { kind: 'system', id: 's-1', paper: true }],
  // What a payload may name besides.
  ['paper:filing:f-1', { kind: 'nothing', paper: true }],
  ['papers', { kind: 'nothing', paper: false }],
  ['system:', { kind: 'nothing', paper: false }],
  ['constructor:x', { kind: 'nothing', paper: false }],
])('%j is read', (subject, parsed) => {
  expect(parseSubject(subject)).toEqual(parsed);
});
