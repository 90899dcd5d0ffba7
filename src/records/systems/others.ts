import type { Prisma } from '../../store/client/client.ts';
import { anyOf, LIVING } from '../filings/states.ts';

/** Systems beside this one that live: in use or being applied for. What was withdrawn or rejected shares nothing. */
export function otherSystems(systemId: string | null): Prisma.SystemWhereInput {
  return {
    id: { not: systemId ?? '' },
    retiredAt: null,
    filings: { some: { state: anyOf(LIVING) } },
  };
}
