import { EventEmitter } from 'node:events';
import pino from 'pino';
import { beforeEach, expect, test } from 'vitest';
import { watchStrayErrors } from '../../../src/app/operator/stray-errors.ts';

let ended = 0;
let logged: { msg: string; incident: string; err: { message: string } }[] = [];
let program = new EventEmitter();
let unwatch = () => {};
beforeEach(() => {
  ended = 0;
  logged = [];
  program = new EventEmitter();
  const log = pino({ level: 'error' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  unwatch = watchStrayErrors(program, { log, end: () => void ended++ });
});

test('what nobody awaited is logged under a number, and the bot goes on', () => {
  for (const error of [new TypeError('of null'), 'text', undefined, { odd: true }])
    program.emit('unhandledRejection', error);
  expect(ended).toBe(0);
  expect(new Set(logged.map(({ incident }) => incident)).size).toBe(4);
  for (const { incident } of logged) expect(incident).toMatch(/^[0-9a-f]{8}$/);
  expect(logged[0]).toMatchObject({ err: { message: 'of null' } });
});

test('a database that broke off, or an exception that nobody caught, ends it', () => {
  program.emit('unhandledRejection', Object.assign(new Error('unreachable'), { name: 'RuntimeError' }));
  expect(ended).toBe(1);
  program.emit('uncaughtException', new Error('in an event'));
  expect(ended).toBe(2);
  expect(logged.map(({ msg }) => msg)).toEqual([
    'the embedded database broke off; the bot ends',
    'nobody caught this; the bot ends',
  ]);
});

test('nothing is watched any more once the bot has stopped', () => {
  unwatch();
  expect(program.listenerCount('unhandledRejection') + program.listenerCount('uncaughtException')).toBe(0);
});
