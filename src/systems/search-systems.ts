import type { Known } from '../filing/procedure.ts';
import type { Prisma } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';

const MOST = 100;

/** Systems in use by name: an official's own and those that they are deputy of, for an officer all. */
export async function searchSystems(
  tx: Tx,
  who: Known,
  typed: string,
): Promise<{ text: string; value: string }[]> {
  const mine: Prisma.SystemWhereInput = who.officer
    ? {}
    : { OR: [{ contactId: who.id }, { deputyId: who.id }] };
  const systems = await tx.system.findMany({
    where: {
      ...mine,
      retiredAt: null,
      name: { contains: typed.normalize('NFC').trim(), mode: 'insensitive' },
    },
    include: { agency: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST,
  });
  return systems.map(({ id, name, agency }) => ({
    text: who.officer ? `${name} (${agency.name})` : name,
    value: id,
  }));
}
