import type { Tx } from '../../store/store.ts';
import { PROCEDURE } from '../filings/procedure-name.ts';
import { anyOf, LIVING } from '../filings/states.ts';
import { type SystemWithLife, systemStanding } from './standing.ts';

/** Whose contact has no messenger account: what they report comes by mail, and an officer enters it. */
const onPaper = { retiredAt: null, contact: { slackId: null }, licences: { some: {} } } as const;
const life = { filings: true, licences: true } as const;
/** More than any desk has open at once. */
const MOST = 1000;

/** Whether an officer may enter the result report of this system now. */
export async function awaitsPaperReport(tx: Tx, systemId: string | null, today: string): Promise<boolean> {
  const system = systemId
    ? await tx.system.findFirst({ where: { id: systemId, ...onPaper }, include: life })
    : null;
  return system !== null && systemStanding(system, today).awaitsReport;
}

type Listed = SystemWithLife & { agency: { name: string } };

/** Every system of those contacts, the newest first: a letter about it usually comes soon. */
export function paperSystems(tx: Tx): Promise<Listed[]> {
  return tx.system.findMany({
    where: { retiredAt: null, contact: { slackId: null } },
    include: { ...life, agency: { select: { name: true } } },
    orderBy: { createdAt: 'desc' },
    take: MOST,
  });
}

/** Those systems, the one that waits longest first. */
export async function systemsAwaitingPaperReport(tx: Tx, today: string): Promise<Listed[]> {
  const systems = await tx.system.findMany({
    where: {
      ...onPaper,
      filings: { none: { procedure: PROCEDURE.resultReport, state: anyOf(LIVING) } },
    },
    include: { ...life, agency: { select: { name: true } } },
    orderBy: { createdAt: 'asc' },
    take: MOST,
  });
  return systems.filter((system) => systemStanding(system, today).awaitsReport);
}
