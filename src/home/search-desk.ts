import { stateLabel } from '../filing/decide.ts';
import { type Filings, getProcedure, type Known } from '../filing/procedure.ts';
import { Refusal } from '../filing/refusal.ts';
import type { Tx } from '../store/store.ts';

/** Something found, without anything personal: what is behind it is read through 검토, where looking is recorded. */
export interface Hit {
  title: string;
  detail: string;
  /** The filing that 검토 opens. */
  filingId?: string;
}

const MOST = 5;

/** What officers look for by words: systems, agencies and receipt numbers. @throws Refusal for anybody else */
export async function searchDesk(
  registry: Pick<Filings, 'procedures'>,
  tx: Tx,
  who: Known,
  words: string,
): Promise<Hit[]> {
  if (!who.officer) throw new Refusal('검색은 표준API 관리자만 할 수 있습니다.');
  const typed = words.normalize('NFC').trim();
  if (typed === '') return [];
  const like = { contains: typed, mode: 'insensitive' as const };
  const [filings, systems, agencies] = await Promise.all([
    tx.filing.findMany({
      where: { OR: [{ number: like }, { title: like }], state: { not: 'WITHDRAWN' } },
      orderBy: { submittedAt: 'desc' },
      take: MOST,
    }),
    tx.system.findMany({
      where: { OR: [{ name: like }, { licences: { some: { number: typed.toUpperCase() } } }] },
      include: { agency: true },
      orderBy: { createdAt: 'desc' },
      take: MOST,
    }),
    tx.agency.findMany({ where: { OR: [{ name: like }, { code: typed.toUpperCase() }] }, take: MOST }),
  ]);
  return [
    ...filings.map((filing) => {
      const procedure = getProcedure(registry, filing.procedure);
      return {
        title: `${procedure.title} · ${filing.title}`,
        detail: `${filing.number} · ${stateLabel(filing, procedure)}`,
        filingId: filing.id,
      };
    }),
    ...systems.map(({ name, agency, retiredAt }) => ({
      title: `시스템 · ${name}`,
      detail: `${agency.name}${retiredAt ? ' · 미사용' : ''}`,
    })),
    ...agencies.map(({ name, code, abolished }) => ({
      title: `기관 · ${name}`,
      detail: `${code}${abolished ? ' · 폐지' : ''}`,
    })),
  ];
}
