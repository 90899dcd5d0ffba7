import type { Prisma } from '../../store/client/client.ts';
import type { Known } from '../../store/known.ts';
import type { Tx } from '../../store/store.ts';
import { anyOf, LIVING } from '../filings/states.ts';
import { currentLicence } from '../in-force.ts';
import { licenceKindLabels } from '../licences/delivery.ts';

const MOST = 100;
type Found = { text: string; value: string };

/** Systems in use, by name: for an official their own, also as deputy; for an officer all. */
export async function searchSystems(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  const mine: Prisma.SystemWhereInput = who.officer
    ? {}
    : { OR: [{ contactId: who.id }, { deputyId: who.id }] };
  const systems = await find(tx, typed, mine);
  return systems.map(({ id, name, agency }) => ({
    text: who.officer ? `${name} (${agency.name})` : name,
    value: id,
  }));
}

/** Systems in use whose contact the searcher is. */
export async function searchOwnSystems(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  const systems = await find(tx, typed, { contactId: who.id });
  return systems.map(({ id, name }) => ({ text: name, value: id }));
}

/** Systems in use of the searcher's agency that others are in charge of; only name and state are shown. */
export async function searchAgencySystems(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  if (!who.registeredAt || !who.agencyCode) return [];
  const systems = await find(tx, typed, { agencyCode: who.agencyCode, contactId: { not: who.id } });
  return systems.map(({ id, name, licences }) => {
    const licence = currentLicence(licences);
    return { text: `${name} (${licence ? licenceKindLabels[licence.kind] : '라이선스 없음'})`, value: id };
  });
}

/**
 * Systems in use about which this person may report an incident: those of the agency, whoever is in charge, and their
 * own.
 */
export async function searchReportable(tx: Tx, who: Known, typed: string): Promise<Found[]> {
  if (!who.registeredAt || !who.agencyCode) return [];
  const systems = await find(tx, typed, {
    OR: [{ agencyCode: who.agencyCode }, { contactId: who.id }, { deputyId: who.id }],
  });
  return systems.map(({ id, name }) => ({ text: name, value: id }));
}

function find(tx: Tx, typed: string, among: Prisma.SystemWhereInput) {
  return tx.system.findMany({
    where: {
      ...among,
      retiredAt: null,
      filings: { some: { state: anyOf(LIVING) } },
      name: { contains: typed.normalize('NFC').trim(), mode: 'insensitive' },
    },
    include: { agency: true, licences: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
  });
}
