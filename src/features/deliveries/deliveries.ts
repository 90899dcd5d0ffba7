import { koreanDateTime } from '../../core/calendar.ts';
import { maskEmail, maskName } from '../../core/mask.ts';
import { BY_MAIL } from '../../messenger/mail/outbox-mail.ts';
import { FAILED_NOTICE, HELD_NOTICE, isDesk } from '../../messenger/outbox-trouble.ts';
import { licenceKindLabels } from '../../records/licences/delivery.ts';
import { countOf } from '../../store/ask.ts';
import { Prisma } from '../../store/client/client.ts';
import type { OutboxRow } from '../../store/outbox.ts';
import type { Tx } from '../../store/store.ts';
import { kindOf, reasonText } from './reason.ts';

/** One delivery as officers see it: names masked, without the content of the message. */
export interface Delivery {
  id: string;
  who: string;
  what: string;
  when: string;
  why: string;
  /** Sent by e-mail, to an address that officers can correct. */
  byMail: boolean;
}

/** Messages that report failures: they do not count as failed deliveries themselves. */
const NO_DELIVERY = [FAILED_NOTICE, HELD_NOTICE];
/** Failed deliveries that no officer has dealt with yet. */
const OPEN: Prisma.OutboxWhereInput = { state: 'FAILED', closedAt: null, notice: { notIn: NO_DELIVERY } };

/** How many are OPEN. */
export const failedCount = countOf(Prisma.sql`
  FROM "Outbox" WHERE state = 'FAILED' AND "closedAt" IS NULL
  AND notice <> ALL(${NO_DELIVERY})`);

/** The OPEN deliveries, the oldest first. */
export async function failedDeliveries(tx: Tx, most: number): Promise<Delivery[]> {
  return describe(tx, await tx.outbox.findMany({ where: OPEN, orderBy: { id: 'asc' }, take: most }));
}

/** How many failed deliveries are sent again with one press. */
export const SENT_AT_ONCE = 500;
/** How many OPEN deliveries are sorted by kind. */
const SORTED = 5000;

/** The kinds of OPEN deliveries of which there are several, with their numbers. */
export async function failedKinds(tx: Tx): Promise<{ kind: string; count: number }[]> {
  const counts = new Map<string, number>();
  for (const { error } of await openRows(tx)) {
    const kind = kindOf(error);
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > 1).map(([kind, count]) => ({ kind, count }));
}

/** The OPEN deliveries of a kind, the oldest first. */
export async function failedOfKind(tx: Tx, kind: string, most: number): Promise<OutboxRow[]> {
  return (await openRows(tx)).filter(({ error }) => kindOf(error) === kind).slice(0, most);
}

function openRows(tx: Tx): Promise<OutboxRow[]> {
  return tx.outbox.findMany({ where: OPEN, orderBy: { id: 'asc' }, take: SORTED });
}

/** Mails that the mail server accepted, the newest first. */
export async function sentMails(tx: Tx, most: number, skip = 0): Promise<Delivery[]> {
  const where = { channel: BY_MAIL, state: 'SENT', ts: { not: null } } as const;
  return describe(tx, await tx.outbox.findMany({ where, orderBy: { sentAt: 'desc' }, take: most, skip }));
}

export async function describe(tx: Tx, rows: readonly OutboxRow[]): Promise<Delivery[]> {
  const people = await tx.person.findMany({
    where: { id: { in: rows.map(({ recipient }) => recipient) } },
    include: { agency: true },
  });
  const byId = new Map(people.map((person) => [person.id, person]));
  return Promise.all(
    rows.map(async (row) => {
      const person = byId.get(row.recipient);
      return {
        id: row.id,
        who: isDesk(row.recipient) ? '관리자 채널' : person ? named(person) : '(알 수 없음)',
        what: await whatOf(tx, row),
        when: koreanDateTime(row.sentAt ?? row.createdAt),
        why: reasonText(row.error),
        byMail: person !== undefined && person.slackId === null,
      };
    }),
  );
}

function named(person: {
  name: string | null;
  slackId: string | null;
  email: string | null;
  agency: { name: string } | null;
}): string {
  const name = person.name ? maskName(person.name) : '이름 없음';
  const mail = person.slackId ? '' : ` · ${person.email ? maskEmail(person.email) : '이메일 없음'}`;
  return `${name} (${person.agency?.name ?? '기관 미상'})${mail}`;
}

const LABELS: Record<string, string> = {
  'filing.card': '신청 카드',
  'filing.decided': '처리 결과',
  'filing.attachment': '첨부파일',
  'filing.unanswered': '보완요청 미처리 안내',
  'licence.delivery': '라이선스',
  'licence.expiring': '임시라이선스 만료 안내',
};

/** Names a message by its kind and facts, because a message that cannot be rendered needs a name too. */
async function whatOf(tx: Tx, { notice, facts }: OutboxRow): Promise<string> {
  const label = LABELS[notice] ?? '안내';
  const { licenceId, filingId } = facts as { licenceId?: unknown; filingId?: unknown };
  if (typeof licenceId === 'string') {
    const licence = await tx.licence.findUnique({ where: { id: licenceId }, include: { system: true } });
    const kind = notice === 'licence.delivery' && licence ? licenceKindLabels[licence.kind] : label;
    if (licence) return `${kind}: ${licence.system.name} (${licence.number})`;
  }
  if (typeof filingId === 'string') {
    const filing = await tx.filing.findUnique({ where: { id: filingId } });
    if (filing) return `${label}: ${filing.title} (접수번호 ${filing.number})`;
  }
  return label;
}
