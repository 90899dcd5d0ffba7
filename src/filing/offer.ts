import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { maskName } from '../core/mask.ts';
import {
  actions,
  button,
  context,
  divider,
  fallback,
  header,
  type Labelled,
  lines,
  section,
  title,
} from '../messenger/blocks.ts';
import type { Renderer } from '../messenger/notice.ts';
import { OFFERED } from '../records/filings/states.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { filingRow } from '../records/rows.ts';
import { linesOfSystems, namesOf } from '../records/systems/named-systems.ts';
import { type Ask, all, countOf, map, read, rowsOf } from '../store/ask.ts';
import { type Filing, Prisma } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { CORRECT, decisionTarget, withdrawButton } from './card.ts';
import { getProcedure, type Registry } from './procedure.ts';

/** How many the home shows; the messages have the others. */
const MOST = 5;

/** Asks the person whom a filing names to accept: who asks, for what, which systems, and what accepting means. */
export function offerNotice(registry: Registry): Renderer {
  return async (db, facts) => {
    const filing = await db.filing.findUnique({ where: { id: String(facts.filingId) } });
    if (filing?.state !== OFFERED || filing.revision !== facts.revision) return null;
    const { document, offered } = getProcedure(registry, filing.procedure);
    const head = `${document}: 수락을 요청받았습니다.`;
    return {
      text: fallback(`${head} (접수번호 ${filing.number})`),
      blocks: [
        header(head),
        section(offered?.asks ?? ''),
        lines(await offerLines(db, filing)),
        offerButtons(filing),
        context('홈에서도 답할 수 있습니다. 모르는 일이면 요청한 사람에게 확인하고, 아니면 거절하십시오.'),
      ],
    };
  };
}

/** Tells the applicant that the named person has left and cannot accept. */
export function abandonedNotice(registry: Registry): Renderer {
  return async (db, facts) => {
    const [filing, named] = await Promise.all([
      db.filing.findUnique({ where: { id: String(facts.filingId) } }),
      db.person.findUnique({ where: { id: String(facts.personId) } }),
    ]);
    if (filing?.state !== OFFERED || filing.namedId !== named?.id || !named?.deactivatedAt) return null;
    const { document } = getProcedure(registry, filing.procedure);
    const head = `${document}: 수락할 사람이 없습니다. (접수번호 ${filing.number})`;
    const name = named.name ? `${maskName(named.name)} 님` : '지정한 사람';
    return {
      text: fallback(head),
      blocks: [
        section(head),
        section(
          `${filing.title}\n${name}의 메신저 계정이 비활성화되어 수락할 수 없습니다. ‘수정하여 다시 제출’을 눌러 다른 사람을 고르거나, 더 필요하지 않으면 삭제하십시오.`,
        ),
        ownerButtons(filing),
      ],
    };
  };
}

/** Offers that wait for this person's answer. */
export function offersTo(registry: Registry, personId: string): Ask<KnownBlock[]> {
  const mine = Prisma.sql`f."namedId" = ${personId} AND f.state ${isOneOf(OFFERED)}`;
  const found = all({
    total: countOf(Prisma.sql`FROM "Filing" f WHERE ${mine}`),
    offers: offersOf(mine, MOST),
  });
  return map(found, ({ total, offers }) => {
    if (total === 0) return [];
    const blocks = offers.flatMap((offer): KnownBlock[] => {
      const { document } = getProcedure(registry, offer.filing.procedure);
      return [title(document), lines(linesOf(offer)), offerButtons(offer.filing), divider];
    });
    return [header(`수락 요청 ${total}건`), ...blocks];
  });
}

const name = z.string().nullable();
const offer = z.object({
  filing: filingRow,
  person: name,
  department: name,
  agency: name,
  systems: z.array(z.string()),
});
type Offer = z.output<typeof offer>;

/** Filings `f`, the oldest first, each with the applicant and the systems that it names. */
function offersOf(which: Prisma.Sql, most: number): Ask<Offer[]> {
  return rowsOf(
    Prisma.sql`
      SELECT to_json(f) AS filing, p.name AS person, p.department, a.name AS agency, ${namesOf(Prisma.sql`f."systemIds"`)} AS systems
      FROM "Filing" f LEFT JOIN "Person" p ON p.id = f."applicantId" LEFT JOIN "Agency" a ON a.code = p."agencyCode"
      WHERE ${which} ORDER BY f."submittedAt", f.id LIMIT ${most}`,
    offer,
  );
}

/** Who asks, and for what. */
export async function offerLines(tx: Tx, { id }: Filing): Promise<Labelled[]> {
  return (await read(tx, offersOf(Prisma.sql`f.id = ${id}`, 1))).flatMap(linesOf);
}

function linesOf({ filing, person, department, agency, systems }: Offer): Labelled[] {
  const from = [agency, department, person && maskName(person)];
  return [
    { label: '요청한 사람', text: from.filter(Boolean).join(' ') || '(이름 없음)' },
    { label: '접수번호', text: filing.number },
    ...linesOfSystems({ total: filing.systemIds.length, names: systems }),
  ];
}

/** The applicant's buttons while nobody has answered: name another person, or take it back. */
export function ownerButtons({ id, title }: Filing): KnownBlock {
  return actions(
    button(CORRECT, '수정하여 다시 제출', { value: id, style: 'primary' }),
    withdrawButton(id, title),
  );
}

export function offerButtons(filing: Filing): KnownBlock {
  const value = decisionTarget(filing);
  return actions(
    button('filing.accept', '수락', {
      value,
      style: 'primary',
      confirm: { title: '수락하시겠습니까?', text: filing.title, confirm: '수락' },
    }),
    button('filing.decline', '거절', {
      value,
      confirm: { title: '거절하시겠습니까?', text: filing.title, confirm: '거절' },
    }),
  );
}
