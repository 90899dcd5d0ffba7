import type { Tx } from '../../store/store.ts';
import { PROCEDURE } from '../filings/procedure-name.ts';
import { anyOf, LIVING } from '../filings/states.ts';
import { type SystemWithLife, systemStanding } from './standing.ts';

/** Systems whose contact has no messenger account: the result comes by mail, and an officer enters it. */
const onPaper = { retiredAt: null, contact: { slackId: null }, licences: { some: {} } } as const;
const life = { filings: true, licences: true } as const;
/** No desk has more of them at once. */
const MOST = 1000;

/** Whether an officer may enter the result report of this system now. */
export async function awaitsPaperReport(tx: Tx, systemId: string | null, today: string): Promise<boolean> {
  if (systemId === null) return false;
  // For nearly every card this one statement is enough.
  const [paper] = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM "System" s JOIN "Person" c ON c.id = s."contactId"
    WHERE s.id = ${systemId} AND s."retiredAt" IS NULL AND c."slackId" IS NULL`;
  const system = paper
    ? await tx.system.findFirst({ where: { id: paper.id, ...onPaper }, include: life })
    : null;
  return system !== null && systemStanding(system, today).awaitsReport;
}

type Listed = SystemWithLife & { agency: { name: string } };

/** All systems of such contacts, the newest first: a letter about a new one usually comes soon. */
export function paperSystems(tx: Tx): Promise<Listed[]> {
  return tx.system.findMany({
    where: { retiredAt: null, contact: { slackId: null } },
    include: { ...life, agency: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MOST,
  });
}

/** Those that await the result report, the one that has waited longest first. */
export async function systemsAwaitingPaperReport(tx: Tx, today: string): Promise<Listed[]> {
  const systems = await tx.system.findMany({
    where: {
      ...onPaper,
      filings: { none: { procedure: PROCEDURE.resultReport, state: anyOf(LIVING) } },
    },
    include: { ...life, agency: { select: { name: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  });
  return systems.filter((system) => systemStanding(system, today).awaitsReport);
}
