import { maskName } from '../core/mask.ts';
import { Refusal } from '../core/refusal.ts';
import type { Scene } from '../messenger/click.ts';
import { readValues } from '../messenger/forms/answers.ts';
import { pageOf } from '../messenger/pager.ts';
import { getRevision } from '../records/filings/revision.ts';
import { SUBMITTED } from '../records/filings/states.ts';
import { officersOnly } from '../records/people/office.ts';
import type { Filing } from '../store/client/client.ts';
import type { Known } from '../store/known.ts';
import type { Tx } from '../store/store.ts';
import { decideFiling } from './decide.ts';
import type { Target } from './decision.ts';
import { type PointedOut, pointedOut } from './findings.ts';
import { type Filings, getProcedure } from './procedure.ts';

const { requireOfficer } = officersOnly('승인은 표준API 관리자만 할 수 있습니다.');

/** Slack allows ten options in a group of checkboxes. */
const PAGE_SIZE = 10;

/** A filing that may be approved together with others, with what the checks point out, masked. */
export interface Plain extends PointedOut {
  filing: Filing;
  procedure: string;
  agency: string | null;
  applicant: string;
}

/**
 * The filings that this officer may approve together: of plain procedures, not urgent, not the officer's own, and not
 * from paper, because those are compared with the paper.
 */
function where({ procedures }: Pick<Filings, 'procedures'>, who: Known) {
  const plain = [...procedures.values()].filter(({ together }) => together).map(({ name }) => name);
  return {
    state: SUBMITTED,
    procedure: { in: plain },
    urgent: false,
    channel: 'ONLINE' as const,
    applicantId: { not: who.id },
    AND: [
      { OR: [{ enteredBy: null }, { enteredBy: { not: who.id } }] },
      { OR: [{ namedId: null }, { namedId: { not: who.id } }] },
    ],
  };
}

export interface PlainPage {
  total: number;
  page: number;
  pages: number;
  rows: Plain[];
}

/** One page of them, the oldest first. */
export async function plainFilings(filings: Filings, tx: Tx, who: Known, asked: number): Promise<PlainPage> {
  const chosen = where(filings, who);
  const total = await tx.filing.count({ where: chosen });
  const { page, pages } = pageOf(asked, total, PAGE_SIZE);
  const found = await tx.filing.findMany({
    where: chosen,
    orderBy: [{ submittedAt: 'asc' }, { id: 'asc' }],
    skip: page * PAGE_SIZE,
    take: PAGE_SIZE,
    include: { applicant: true },
  });
  const agencies = await tx.agency.findMany({
    where: { code: { in: found.flatMap(({ agencyCode }) => agencyCode ?? []) } },
  });
  const names = new Map(agencies.map(({ code, name }) => [code, name]));
  const rows: Plain[] = [];
  for (const { applicant, ...filing } of found) {
    const procedure = getProcedure(filings, filing.procedure);
    const revision = await getRevision(tx, filing);
    const answers = readValues(revision.answers);
    const name = applicant.name ?? (typeof answers.name === 'string' ? answers.name : null);
    rows.push({
      filing,
      procedure: procedure.title,
      agency: names.get(filing.agencyCode ?? '') ?? null,
      applicant: name ? maskName(name) : '(이름 없음)',
      ...(await pointedOut(procedure, tx, filing, answers)),
    });
  }
  return { total, page, pages, rows };
}

/** The result for one filing. `refused`: why it was not approved. */
export interface Outcome {
  title: string;
  number: string;
  refused: string | null;
}

/**
 * Approves each in a transaction of its own, at the revision that was on the screen. A refusal of one leaves the
 * others approved. `unforeseen` receives errors that are no refusals.
 * @throws Refusal when none is chosen, or more than a page shows
 */
export async function approveTogether(
  filings: Filings,
  { who, place }: Scene,
  chosen: readonly Target[],
  unforeseen: (error: unknown) => void,
): Promise<Outcome[]> {
  requireOfficer(who);
  if (chosen.length === 0) throw new Refusal('고른 신청이 없습니다.', '승인할 신청을 고르십시오.');
  if (chosen.length > PAGE_SIZE) throw new Refusal(`한 번에 ${PAGE_SIZE}건까지 승인할 수 있습니다.`);
  const outcomes: Outcome[] = [];
  for (const target of chosen) {
    const filing = await filings.db.filing.findUnique({ where: { id: target.filingId } });
    if (!filing) continue;
    const { title, number } = filing;
    try {
      const { together } = getProcedure(filings, filing.procedure);
      if (!together || filing.urgent || filing.channel === 'PAPER' || target.revision === undefined)
        throw new Refusal('한꺼번에 승인하지 않는 신청입니다.', '카드의 ‘검토’를 누르고 따로 처리하십시오.');
      const evidence = { way: '일괄 승인', of: String(chosen.length) };
      await decideFiling(filings, { who, place }, { verb: 'filing.approve', ...target, evidence });
      outcomes.push({ title, number, refused: null });
    } catch (error) {
      if (!(error instanceof Refusal)) unforeseen(error);
      const why =
        error instanceof Refusal
          ? [error.message, error.next].filter(Boolean).join(' ')
          : '일시적인 문제로 처리하지 못했습니다. 잠시 뒤 다시 하십시오.';
      outcomes.push({ title, number, refused: why });
    }
  }
  return outcomes;
}
