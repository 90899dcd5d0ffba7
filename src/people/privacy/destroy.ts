import type { Answers } from '../../filing/form.ts';
import { tellsOf } from '../../filing/form-owner.ts';
import type { AnyProcedure } from '../../filing/procedure.ts';
import { koreanDate, seoulDay } from '../../schedule/calendar.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import type { Candidate } from './candidates.ts';
import { impersonal } from './impersonal.ts';
import { RETENTION_BASIS } from './retention.ts';

/** Roles are on record for three years after they ended (개인정보의 안전성 확보조치 기준 제5조). */
const GRANT_YEARS = 3;

export interface Destroyed {
  cases: number;
  people: number;
  files: number;
}

/**
 * Destroys the personal data of these cases for good, inside the approval's transaction: answers and files, then the
 * people whom nothing living refers to any more, then the bytes that nobody refers to. What stays names no person:
 * the case with its number and decision, the audit trail (ids only), and one row of the 파기대장 for each case.
 */
export async function destroyCases(
  op: Operation,
  procedures: ReadonlyMap<string, AnyProcedure>,
  cases: readonly Candidate[],
  proposedBy: string,
): Promise<Destroyed> {
  const files = new Set<string>();
  for (const one of cases) {
    for (const sha256 of await emptyCase(op, procedures.get(one.procedure) ?? null, one, proposedBy))
      files.add(sha256);
  }
  const people = await leftBehind(op.tx, cases, op.now);
  for (const id of people) await anonymise(op, id);
  return { cases: cases.length, people: people.length, files: await deleteUnreferred(op.tx, [...files]) };
}

/** @returns contents of the files that it held */
async function emptyCase(
  op: Operation,
  procedure: AnyProcedure | null,
  one: Candidate,
  proposedBy: string,
): Promise<string[]> {
  const { tx, now } = op;
  const { filingId, number, endedAt } = one;
  const files: string[] = [];
  let taken = 0;
  for (const revision of await tx.revision.findMany({ where: { filingId } })) {
    const emptied = impersonal(procedure?.form ?? null, revision.answers as unknown as Answers);
    taken += emptied.taken;
    files.push(...emptied.files.map(({ sha256 }) => sha256));
    await tx.revision.update({
      where: { filingId_number: { filingId, number: revision.number } },
      data: { answers: emptied.answers as object, before: Prisma.DbNull, remarks: Prisma.DbNull },
    });
  }
  await tx.filing.update({ where: { id: filingId }, data: { reason: null } });
  await tx.caseNote.deleteMany({ where: { filingId } });
  await tx.draft.deleteMany({ where: { subject: `filing:${filingId}` } });
  const what = `${procedure?.document ?? '신청'}: 답변 ${taken}개(첨부파일 ${files.length}개 포함) 삭제`;
  await tx.destruction.create({
    data: {
      filingId,
      subject: number,
      description: `${what}, 종료 ${koreanDate(seoulDay(endedAt))}, 보존기간 만료 ${koreanDate(one.destroyableFrom)}`,
      basis: RETENTION_BASIS,
      proposedBy,
      approvedBy: op.author.actor,
      destroyedAt: now,
    },
  });
  op.audit({
    action: 'filing.destroy',
    subject: `filing:${filingId}`,
    person: one.applicantId,
    data: { number },
  });
  return files;
}

/** Applicants, those who gave the answers, and contacts of the destroyed cases to whom no living case, system or role refers. */
async function leftBehind(tx: Tx, cases: readonly Candidate[], now: Date): Promise<string[]> {
  const systemIds = cases.flatMap(({ systemId }) => systemId ?? []);
  const systems = await tx.system.findMany({ where: { id: { in: systemIds } } });
  const revisions = await tx.revision.findMany({
    where: { filingId: { in: cases.map(({ filingId }) => filingId) } },
    select: { submittedBy: true, tellsOf: true },
  });
  const helpers = await tx.draftHelper.findMany({
    where: { filingId: { in: cases.map(({ filingId }) => filingId) } },
    select: { helperId: true },
  });
  const touched = new Set([
    ...helpers.map(({ helperId }) => helperId),
    ...revisions.map((revision) => tellsOf(revision)),
    ...cases.map(({ applicantId }) => applicantId),
    ...systems.flatMap(({ contactId, deputyId }) => [contactId, ...(deputyId ? [deputyId] : [])]),
  ]);
  if (touched.size === 0) return [];
  const grantsKept = new Date(now);
  grantsKept.setUTCFullYear(now.getUTCFullYear() - GRANT_YEARS);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM "Person" p
    WHERE p.id IN (${Prisma.join([...touched])})
      AND (p."registeredAt" IS NULL OR p."slackId" IS NULL OR p."deactivatedAt" IS NOT NULL)
      AND NOT EXISTS (
        SELECT 1 FROM "Filing" f
        WHERE (f."applicantId" = p.id OR f."namedId" = p.id OR EXISTS (
            SELECT 1 FROM "Revision" r WHERE r."filingId" = f.id AND COALESCE(r."tellsOf", r."submittedBy") = p.id))
          AND NOT EXISTS (SELECT 1 FROM "Destruction" d WHERE d."filingId" = f.id))
      AND NOT EXISTS (SELECT 1 FROM "DraftHelper" h WHERE h."helperId" = p.id AND h."endedAt" IS NULL)
      AND NOT EXISTS (
        SELECT 1 FROM "System" s WHERE (s."contactId" = p.id OR s."deputyId" = p.id)
          AND (s."retiredAt" IS NULL OR EXISTS (
            SELECT 1 FROM "Filing" f WHERE f."systemId" = s.id
              AND NOT EXISTS (SELECT 1 FROM "Destruction" d WHERE d."filingId" = f.id))))
      AND NOT EXISTS (
        SELECT 1 FROM "Grant" g WHERE g."personId" = p.id AND (g."endedAt" IS NULL OR g."endedAt" > ${grantsKept}))
    ORDER BY p.id`;
  return rows.map(({ id }) => id);
}

/** The row stays as an id that the audit trail may name; everything that told who it was goes. */
async function anonymise({ tx, audit }: Operation, personId: string): Promise<void> {
  const whose = { where: { personId } };
  await tx.consent.deleteMany(whose);
  await tx.certificate.deleteMany(whose);
  await tx.challenge.deleteMany(whose);
  await tx.stepUp.deleteMany(whose);
  await tx.draft.deleteMany(whose);
  await tx.draftHelper.deleteMany({ where: { helperId: personId } });
  // The messenger's conversation would lead to the account.
  await tx.outbox.updateMany({ where: { recipient: personId }, data: { channel: null, ts: null } });
  await tx.person.update({
    where: { id: personId },
    data: {
      slackId: null,
      name: null,
      department: null,
      position: null,
      phone: null,
      mobile: null,
      email: null,
      registeredAt: null,
    },
  });
  audit({ action: 'person.destroy', subject: `person:${personId}`, person: personId });
}

/** Deletes, with their pieces, the contents that no answer, draft, licence or module refers to. @returns how many */
export async function deleteUnreferred(tx: Tx, contents: readonly string[]): Promise<number> {
  if (contents.length === 0) return 0;
  const asked = Prisma.join([...contents]);
  const kept = await tx.$queryRaw<{ sha256: string }[]>`
    SELECT sha256 FROM "Licence" WHERE sha256 IN (${asked})
    UNION SELECT sha256 FROM "ModuleRelease" WHERE sha256 IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "QuestionEntry", jsonb_array_elements(files) AS file
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "BoardNoticeVersion", jsonb_array_elements(content -> 'files') AS file
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "ResourceVersion", jsonb_array_elements(files) AS file
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "Revision", ${filesIn(Prisma.sql`answers`)}
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "Draft", ${filesIn(Prisma.sql`answers`)}
      WHERE file.value ->> 'sha256' IN (${asked})`;
  const needed = new Set(kept.map(({ sha256 }) => sha256));
  const orphans = contents.filter((sha256) => !needed.has(sha256));
  await tx.blobPiece.deleteMany({ where: { sha256: { in: orphans } } });
  const { count } = await tx.blob.deleteMany({ where: { sha256: { in: orphans } } });
  return count;
}

/** Every element of every list among the answers; elements that are no files have no sha256. */
function filesIn(answers: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`jsonb_each(${answers}) AS answer, jsonb_array_elements(
    CASE WHEN jsonb_typeof(answer.value) = 'array' THEN answer.value ELSE '[]' END) AS file`;
}
