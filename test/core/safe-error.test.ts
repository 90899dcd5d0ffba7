import { Writable } from 'node:stream';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { maskTelling } from '../../src/core/mask.ts';
import { safeError, safeMessage } from '../../src/core/safe-error.ts';
import { openTestStore } from '../ground.ts';

describe('what looks like personal data is hidden in any text', () => {
  test.each([
    ['mail to dokteuk.gwak@korea.kr failed', 'mail to *** failed'],
    ['{"email":"a+b@x.go.kr","n":1}', '{"email":"***","n":1}'],
    ['at 10.77.88.99, 10.77.88.100:443', 'at ***, ***:443'],
    ['fd00:1::7 is taken', '*** is taken'],
    ['0A:9B:8C:7D:6E:5F and 0a-9b-8c-7d-6e-5f', '*** and ***'],
    ['call 010-8462-7391 or 02-7391-8462 or 01084627391', 'call *** or *** or ***'],
    ['+82-10-8462-7391', '***'],
    ['SVR1741000777 expires', '*** expires'],
    ['001곽독특001 of 행정안전부 민원과', '001***001 of ***'],
  ])('%s', (text, masked) => {
    expect(maskTelling(text)).toBe(masked);
  });

  test.each([
    'filing 0192f8a1-6f0e-7c1e-9a1c-0123456789ab of revision 3',
    'An API error occurred: channel_not_found',
    'must be less than 76 characters [json-pointer:/view/blocks/2/label]',
    'number 2026-000001, version 5.14.0-362, 1,500 rows, outbox-12',
    'at 2026-11-23T01:00:00.000Z',
  ])('and what leads to the fault stays: %s', (text) => {
    expect(maskTelling(text)).toBe(text);
  });
});

test('of an error are told its kind, its code and where it happened', () => {
  const error = new TypeError('곽독특 is not iterable', { cause: new Error('for kim@korea.kr') });
  const safe = safeError(error);
  expect(safe).toMatchObject({
    type: 'TypeError',
    message: '*** is not iterable',
    cause: { message: 'for ***' },
  });
  expect(safe.stack?.[0]).toMatch(/^at .*safe-error\.test\.ts/);
  expect(safeError('010-8462-7391')).toEqual({ type: 'string', message: '***' });
  const endless = new Error('a');
  endless.cause = endless;
  expect(JSON.stringify(safeError(endless)).length).toBeLessThan(20_000);
});

test('the database’s own words, which quote values, are not told', async () => {
  const { db, close } = await openTestStore();
  const unique = { slackId: 'SECRETVALUE', name: 'Gildong Hong' };
  await db.person.create({ data: unique });
  const faults = [
    () => db.person.create({ data: unique }),
    () => db.person.findMany({ where: { name: 'Gildong Hong', nope: 1 } as never }),
    () => db.$executeRawUnsafe(`INSERT INTO "Person" (id, "slackId") VALUES ('Gildong Hong', 'SECRETVALUE')`),
  ];
  for (const fault of faults) {
    const error: unknown = await fault().catch((caught) => caught);
    expect(error).toBeInstanceOf(Error);
    const told = `${safeMessage(error)} ${JSON.stringify(safeError(error))}`;
    expect(told).toMatch(/the database refused PrismaClient\w+Error/);
    expect(told).not.toMatch(/Gildong|SECRETVALUE|Invalid/);
  }
  await close();
});

test('a log that is told to be safe is', () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const log = pino({}, sink).child({}, { serializers: { err: (error: unknown) => safeError(error) } });
  log.error({ err: new Error('no such address: 10.77.88.99') }, 'failed');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    err: { type: 'Error', message: 'no such address: ***' },
  });
});
