import { Refusal } from '../core/refusal.ts';
import { filingColumns, firstFiling } from '../records/filings/filing.ts';
import { isOneOf } from '../records/filings/states-sql.ts';
import { type ConsentText, consentsOf } from '../records/people/consents.ts';
import { type Filing, Prisma, type Revision, type System } from '../store/client/client.ts';
import { countUp } from '../store/counter.ts';
import { assignment, insertion } from '../store/new-rows.ts';
import type { Tx } from '../store/store.ts';
import { followFiling } from './helper-rows.ts';
import { steps } from './steps.ts';

/** What a submission stores besides the filing itself. */
export interface WithFiling {
  revision: Revision;
  /** Its applicant agrees to these. */
  consents: readonly ConsentText[];
  newSystem: System | null;
  /** The draft that it was. Its helpers follow. */
  draftId: string;
}

const fields = Prisma.FilingScalarFieldEnum;

/**
 * Stores a new filing, with everything that belongs to it, in one statement: foreign keys are checked at its end. It
 * also takes the number, whose counter every submission waits for, so nothing slow may follow.
 */
export async function storeNew(
  tx: Tx,
  filing: Omit<Filing, 'number'>,
  year: string,
  rows: WithFiling,
): Promise<Filing> {
  const number = Prisma.sql`
    (SELECT ${`${year}-`}::text || lpad(value::text, greatest(6, length(value::text)), '0') FROM counted)`;
  const stored = await store(tx, filing.applicantId, rows, [
    Prisma.sql`counted AS (${countUp('filing', year)})`,
    Prisma.sql`filing AS (${insertion<Filing, 'number'>('Filing', fields, [filing], { number })} RETURNING ${filingColumns})`,
  ]);
  if (!stored) throw new Error('a filing was not stored');
  return stored;
}

/**
 * The same for a correction. It changes the filing only while that stands as it was read.
 * @throws Refusal when it was decided or corrected meanwhile
 */
export async function storeCorrection(
  tx: Tx,
  before: Filing,
  changes: Partial<Filing> & Pick<Filing, 'applicantId'>,
  owner: string,
  rows: WithFiling,
): Promise<Filing> {
  const stored = await store(tx, changes.applicantId, rows, [
    Prisma.sql`filing AS (
      UPDATE "Filing" SET ${assignment('Filing', fields, changes)}
      WHERE id = ${before.id} AND revision = ${before.revision} AND "applicantId" = ${owner}
        AND state ${isOneOf(...steps['filing.resubmit'].from)}
      RETURNING ${filingColumns})`,
  ]);
  if (stored) return stored;
  throw new Refusal('그사이 검토가 끝나 수정할 수 없습니다.', '홈의 목록에서 지금 상태를 확인하십시오.');
}

async function store(
  tx: Tx,
  applicantId: string,
  { revision, consents, newSystem, draftId }: WithFiling,
  filing: readonly Prisma.Sql[],
): Promise<Filing | null> {
  // A revision of a filing that was not changed would meet the key of the revision that another press made.
  const parts = [
    ...filing,
    Prisma.sql`revision AS (
      ${insertion('Revision', Prisma.RevisionScalarFieldEnum, [revision])} WHERE EXISTS (SELECT FROM filing))`,
    Prisma.sql`helper AS (${followFiling(draftId, revision.filingId)})`,
    ...(consents.length > 0
      ? [Prisma.sql`consent AS (${consentsOf(applicantId, consents, revision.submittedAt)})`]
      : []),
    ...(newSystem
      ? [Prisma.sql`system AS (${insertion('System', Prisma.SystemScalarFieldEnum, [newSystem])})`]
      : []),
  ];
  const stored = await tx.$queryRaw<Filing[]>`
    WITH ${Prisma.join(parts)} SELECT ${filingColumns} FROM filing`;
  return firstFiling(stored);
}
