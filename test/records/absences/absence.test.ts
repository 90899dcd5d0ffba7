import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/refusal.ts';
import {
  endAbsence,
  endAbsencesOf,
  openAbsences,
  setAbsence,
} from '../../../src/records/absences/absence.ts';
import { type Away, actingOn, actsFor, awayOn, overlap } from '../../../src/records/absences/rule.ts';
import { awayToday, awayWords, periodText, shortDate } from '../../../src/records/absences/words.ts';
import { operate } from '../../../src/store/operation.ts';
import type { Store } from '../../../src/store/store.ts';
import { openTestStore, testClock } from '../../ground.ts';

const away = (officerId: string, substituteId: string, fromOn: string, toOn: string): Away => ({
  officerId,
  substituteId,
  fromOn,
  toOn,
});

describe('who acts for whom', () => {
  const all = [
    away('choi', 'jung', '2026-11-30', '2026-12-03'),
    away('jung', 'lee', '2026-12-02', '2026-12-02'),
    away('kim', 'park', '2026-12-01', '2026-12-05'),
    away('park', 'kim', '2026-12-01', '2026-12-05'), // a circle
  ];

  test.each([
    ['before', 'choi', '2026-11-29', 'choi'],
    ['on the first day', 'choi', '2026-11-30', 'jung'],
    ['when the substitute is away too', 'choi', '2026-12-02', null],
    ['on the last day', 'choi', '2026-12-03', 'jung'],
    ['after', 'choi', '2026-12-04', 'choi'],
    ['for the substitute', 'jung', '2026-12-02', 'lee'],
    ['in a circle', 'kim', '2026-12-01', null],
    ['for somebody who has set nothing', 'lee', '2026-12-02', 'lee'],
  ])('%s', (_when, officer, day, acting) => {
    expect(actingOn(all, officer, day)).toBe(acting);
  });

  test('what somebody acts for is the same seen from the other side, and nobody who is away acts', () => {
    const days = fc.integer({ min: 1, max: 28 }).map((day) => `2026-12-${String(day).padStart(2, '0')}`);
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const one = fc
      .tuple(names, names, days, days)
      .filter(([officer, substitute, from, to]) => officer !== substitute && from <= to)
      .map(([officer, substitute, from, to]) => away(officer, substitute, from, to));
    // One at a time each, as they are set.
    const many = fc.uniqueArray(one, { selector: ({ officerId }) => officerId, maxLength: 4 });
    fc.assert(
      fc.property(many, days, names, (absences, day, name) => {
        for (const { officerId } of actsFor(absences, name, day)) {
          expect(actingOn(absences, officerId, day)).toBe(name);
          expect(awayOn(absences, name, day)).toBeNull();
        }
        const acting = actingOn(absences, name, day);
        if (acting !== null && acting !== name)
          expect(actsFor(absences, acting, day).map(({ officerId }) => officerId)).toContain(name);
        expect(acting === name).toBe(awayOn(absences, name, day) === null);
      }),
    );
  });

  test('two periods overlap when they share a day', () => {
    const of = (fromOn: string, toOn: string) => ({ fromOn, toOn });
    expect(overlap(of('2026-12-01', '2026-12-03'), of('2026-12-03', '2026-12-04'))).toBe(true);
    expect(overlap(of('2026-12-01', '2026-12-03'), of('2026-12-04', '2026-12-04'))).toBe(false);
    expect(overlap(of('2026-12-02', '2026-12-02'), of('2026-12-01', '2026-12-31'))).toBe(true);
  });
});

test('a day of another year is written with its year', () => {
  expect(shortDate('2026-12-03', '2026-11-30')).toBe('12. 3.');
  expect(shortDate('2027-01-05', '2026-11-30')).toBe('2027. 1. 5.');
  expect(periodText({ fromOn: '2026-12-03', toOn: '2026-12-03' })).toBe('2026. 12. 3.');
});

describe('in the database', () => {
  let store: Store;
  const clock = testClock();
  const officers: string[] = [];
  const ground = () => ({ db: store.db, now: clock.now, wakeOutbox: () => undefined });
  const days = { fromOn: '2026-11-30', toOn: '2026-12-03', memo: '' };
  const set = (actor: string, substituteId: string) =>
    operate(ground(), { actor, place: 'test' }, (op) =>
      setAbsence(op, { id: '', revision: 0 }, { ...days, substituteId }),
    );

  beforeAll(async () => {
    store = await openTestStore();
    for (const name of ['최관리', '정승인', '이정훈']) {
      const { id } = await store.db.person.create({
        data: {
          name,
          slackId: name,
          grants: { create: { role: 'OFFICER', grantedBy: 'test', grantedAt: clock.now() } },
        },
      });
      officers.push(id);
    }
  });
  afterAll(() => store?.close());

  test('two who name each other at the same moment: one is refused; the same twice sets one', async () => {
    const [choi = '', jung = '', lee = ''] = officers;
    const results = await Promise.allSettled([set(choi, jung), set(jung, choi), set(choi, lee)]);
    const open = await openAbsences(store.db, '2026-11-23');
    expect(open).toHaveLength(1);
    const [first] = open;
    const done = results.filter((one) => one.status === 'fulfilled' && 'absence' in one.value);
    expect(done).toHaveLength(1);
    for (const one of results) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Refusal);
    expect(awayWords(open, first?.officerId ?? '', '2026-11-30')).toContain('(부재 ~12. 3., 대신: ');
    expect(awayToday(open, '2026-11-30')).toHaveLength(1);
    expect(awayToday(open, '2026-11-29')).toEqual([]);
  });

  test.each(Array.from({ length: 8 }, (_, n) => n))(
    'ended in one window and changed in another at the same moment: one comes after the other (%i)',
    async (pause) => {
      const [choi = '', jung = '', lee = ''] = officers;
      await store.db.absence.deleteMany();
      await set(choi, jung);
      const [{ id } = { id: '' }] = await openAbsences(store.db, '2026-11-23');
      const [changed, ended] = await Promise.allSettled([
        operate(ground(), { actor: choi, place: 'test' }, (op) =>
          setAbsence(op, { id, revision: 1 }, { ...days, substituteId: lee }),
        ),
        sleep(pause).then(() =>
          operate(ground(), { actor: choi, place: 'test' }, (op) => endAbsence(op, id)),
        ),
      ]);
      const row = await store.db.absence.findUniqueOrThrow({ where: { id } });
      expect(row.endedAt).not.toBeNull();
      // Whoever is told that it is over is who was named last.
      const last = changed.status === 'fulfilled' ? lee : jung;
      expect(row).toMatchObject({ substituteId: last, revision: last === lee ? 3 : 2 });
      expect(ended).toMatchObject({ status: 'fulfilled', value: { substituteId: last } });
    },
  );

  test('a role that ends at the same moment leaves no absence behind', async () => {
    const [, , lee = ''] = officers;
    await store.db.absence.deleteMany();
    await Promise.allSettled([
      set(officers[0] ?? '', lee),
      operate(ground(), { actor: 'bot', place: 'test' }, async (op) => {
        await op.tx.grant.updateMany({ where: { personId: lee }, data: { endedAt: op.now, endedBy: 'bot' } });
        await endAbsencesOf(op, lee);
      }),
    ]);
    expect(await openAbsences(store.db, '2026-11-23')).toEqual([]);
  });
});
