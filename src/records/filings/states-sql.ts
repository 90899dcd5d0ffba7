import { Prisma } from '../../store/client/client.ts';
import type { FilingState } from '../../store/client/enums.ts';

/**
 * For SQL: `f.state ${isOneOf(SUBMITTED)}`. Written as literals, so that PostgreSQL uses a partial index on the
 * state.
 */
export function isOneOf(...states: readonly FilingState[]): Prisma.Sql {
  return Prisma.raw(`IN (${listed(states)})`);
}

/** For SQL: `f.state ${isNoneOf(WITHDRAWN)}`. */
export function isNoneOf(...states: readonly FilingState[]): Prisma.Sql {
  return Prisma.raw(`NOT IN (${listed(states)})`);
}

const listed = (states: readonly FilingState[]) => states.map((state) => `'${state}'`).join(', ');
