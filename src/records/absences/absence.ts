import { z } from 'zod';
import { seoulDay } from '../../core/calendar.ts';
import { Refusal } from '../../core/refusal.ts';
import { type Ask, instant, read, rowsOf } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import { DESK } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { holdsOffice, lockOfficers, officersOnly } from '../people/office.ts';
import { actsFor, overlap, type Period } from './rule.ts';

export const NAMED = 'absence.named';
export const UNNAMED = 'absence.unnamed';
export const UNCOVERED = 'absence.uncovered';

const people = {
  officer: { select: { id: true, name: true, slackId: true } },
  substitute: { select: { id: true, name: true, slackId: true } },
} satisfies Prisma.AbsenceInclude;

export type Absence = Prisma.AbsenceGetPayload<{ include: typeof people }>;

const person = z.object({ id: z.string(), name: z.string().nullable(), slackId: z.string().nullable() });
const absenceRow: z.ZodType<Absence> = z.object({
  id: z.string(),
  officerId: z.string(),
  substituteId: z.string(),
  fromOn: z.string(),
  toOn: z.string(),
  memo: z.string(),
  revision: z.number(),
  changedAt: instant,
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  officer: person,
  substitute: person,
});

/** Running and coming absences, by their first day. */
export function absencesFrom(today: string): Ask<Absence[]> {
  return rowsOf(
    Prisma.sql`
      SELECT a.*, to_json(o) AS officer, to_json(s) AS substitute
      FROM "Absence" a JOIN "Person" o ON o.id = a."officerId" JOIN "Person" s ON s.id = a."substituteId"
      WHERE a."endedAt" IS NULL AND a."toOn" >= ${today} ORDER BY a."fromOn", a.id`,
    absenceRow,
  );
}

export function openAbsences(tx: Tx, today: string): Promise<Absence[]> {
  return read(tx, absencesFrom(today));
}

export function getAbsence(tx: Tx, id: string): Promise<Absence> {
  return tx.absence.findUniqueOrThrow({ where: { id }, include: people });
}

interface Given extends Period {
  substituteId: string;
  memo: string;
}

/** The absence that a window showed and was to change; null when it showed none. */
export interface Seen {
  id: string;
  revision: number;
}

/** Why somebody cannot be the substitute. `away`: their own absence, which overlaps. */
export type Fault = { fault: 'self' | 'noOfficer' } | { fault: 'away'; away: Absence };

/**
 * Sets the absence of the acting officer, or changes the one that runs or comes; an officer has one at a time.
 * @returns the absence, or why the substitute cannot be one
 * @throws Refusal unless the actor is an officer at this moment, or when the window showed another absence
 */
export async function setAbsence(
  op: Operation,
  seen: Seen,
  given: Given,
): Promise<{ absence: Absence } | Fault> {
  const { tx, now } = op;
  const officerId = op.author.actor;
  const today = seoulDay(now);
  // two officers who name each other at once, or a role that ends meanwhile, wait for each other here
  await lockOfficers(tx);
  await requireOffice(op.tx, { id: op.author.actor });
  const open = await openAbsences(tx, today);
  const before = open.find((one) => one.officerId === officerId);
  if ((before?.id ?? '') !== seen.id || (before?.revision ?? 0) !== seen.revision)
    throw new Refusal('그사이 부재 설정이 바뀌었습니다.', '‘부재 설정’을 다시 열어 확인하십시오.');
  if (given.substituteId === officerId) return { fault: 'self' };
  if (!(await holdsOffice(tx, given.substituteId))) return { fault: 'noOfficer' };
  const away = open.find((one) => one.officerId === given.substituteId && overlap(one, given));
  if (away) return { fault: 'away', away };
  const { fromOn, toOn, substituteId, memo } = given;
  const data = { fromOn, toOn, substituteId, memo, changedAt: now };
  const absence = before
    ? await tx.absence.update({
        where: { id: before.id },
        data: { ...data, revision: { increment: 1 } },
        include: people,
      })
    : await tx.absence.create({ data: { ...data, officerId }, include: people });
  op.audit({
    action: before ? 'absence.change' : 'absence.set',
    subject: `absence:${absence.id}`,
    person: officerId,
    data: { fromOn, toOn, substituteId, ...(before ? { before: periodOf(before) } : {}) },
  });
  tell(op, NAMED, absence, substituteId, before?.substituteId === substituteId);
  if (before && before.substituteId !== substituteId) tell(op, UNNAMED, absence, before.substituteId);
  for (const uncovered of coveredBy(open, absence)) tellUncovered(op, uncovered);
  return { absence };
}

/** The absences that overlap with this one and whose substitute is the officer of this one. */
export function coveredBy(open: readonly Absence[], absence: Absence): Absence[] {
  return open.filter((one) => one.substituteId === absence.officerId && overlap(one, absence));
}

/** 부재 끝내기, by the officer who is away. @throws Refusal to anybody else, and when it is over */
export async function endAbsence(op: Operation, id: string): Promise<Absence> {
  const { tx, now, author } = op;
  // also waits for a change from another window, which locks all grants
  await requireOffice(op.tx, { id: op.author.actor });
  const { count } = await tx.absence.updateMany({
    where: { id, officerId: author.actor, endedAt: null, toOn: { gte: seoulDay(now) } },
    data: { endedAt: now, endedBy: author.actor, revision: { increment: 1 } },
  });
  if (count === 0)
    throw new Refusal('이미 끝났거나 본인의 것이 아닌 부재입니다.', '홈을 새로 열어 확인하십시오.');
  const absence = await getAbsence(tx, id);
  op.audit({ action: 'absence.end', subject: `absence:${id}`, person: absence.officerId });
  tell(op, UNNAMED, absence, absence.substituteId);
  return absence;
}

/**
 * Ends the absences of an officer whose role ends, and those in which that person is the substitute. The other
 * officer of each absence is told.
 */
export async function endAbsencesOf(op: Operation, personId: string): Promise<void> {
  const { tx, now, author } = op;
  const open = await openAbsences(tx, seoulDay(now));
  for (const { id, officerId } of open.filter((one) =>
    [one.officerId, one.substituteId].includes(personId),
  )) {
    const absence = await tx.absence.update({
      where: { id },
      data: { endedAt: now, endedBy: author.actor, revision: { increment: 1 } },
      include: people,
    });
    op.audit({
      action: 'absence.end',
      subject: `absence:${id}`,
      person: officerId,
      data: { role: personId },
    });
    if (officerId === personId) tell(op, UNNAMED, absence, absence.substituteId);
    else tellUncovered(op, absence);
  }
}

function tell(op: Operation, notice: string, { id, revision }: Absence, to: string, again = false): void {
  const facts = { absenceId: id, revision, to, again: again ? 1 : 0 };
  op.tell({ key: `${notice}:${id}:${revision}:${to}`, notice, to, facts });
}

/**
 * Tells that nobody acts for the officer any more: the officer, who may name somebody else, and all other officers.
 */
function tellUncovered(op: Operation, { id, officerId }: Absence): void {
  for (const to of [officerId, DESK])
    op.tell({
      key: `${UNCOVERED}:${id}:${to}:${crypto.randomUUID()}`,
      notice: UNCOVERED,
      to,
      facts: { absenceId: id, desk: to === DESK ? 1 : 0 },
    });
}

/** The former values, for the audit trail. */
function periodOf({ fromOn, toOn, substituteId }: Absence) {
  return { fromOn, toOn, substituteId };
}

export const { requireOfficer, requireOffice } = officersOnly('부재 설정은 표준API 관리자만 할 수 있습니다.');

/** Number of questions that wait for an answer and are assigned to one of these officers. */
export function heldBy(tx: Tx, officerIds: readonly string[]): Promise<number> {
  return tx.question.count({ where: { state: 'OPEN', assigneeId: { in: [...officerIds] } } });
}

/** Number of such questions of the officers for whom this officer acts today. */
export function heldFor(
  tx: Tx,
  open: readonly Absence[],
  substituteId: string,
  today: string,
): Promise<number> {
  return heldBy(
    tx,
    actsFor(open, substituteId, today).map(({ officerId }) => officerId),
  );
}

/** The other officers by name, as a choice. */
export async function otherOfficers(tx: Tx, personId: string): Promise<{ id: string; name: string }[]> {
  return (await officers(tx)).filter(({ id }) => id !== personId);
}

/** Everybody who is an officer now, by name. */
export async function officers(tx: Tx): Promise<{ id: string; name: string }[]> {
  const rows = await tx.person.findMany({
    where: { deactivatedAt: null, grants: { some: { role: 'OFFICER', endedAt: null } } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, name }) => ({ id, name: name ?? '이름 없음' }));
}
