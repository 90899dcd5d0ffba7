import { koreanDate, seoulDay, startOfDay } from '../../core/calendar.ts';
import { dataSubjectOf } from '../../filing/form-owner.ts';
import type { AnyProcedure } from '../../filing/procedure.ts';
import { readValues } from '../../messenger/forms/answers.ts';
import { Prisma } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import type { Tx } from '../../store/store.ts';
import type { Candidate } from './candidates.ts';
import { anonymise, deleteDrafts, emptySurveys, leftBehind } from './destroy-person.ts';
import { emptyQuestion, type Held } from './destroy-question.ts';
import { impersonal } from './impersonal.ts';
import { endedBefore, RETENTION_BASIS } from './retention.ts';
import { deleteUnreferred } from './unreferred.ts';

interface Destroyed {
  cases: number;
  people: number;
  files: number;
}

/**
 * Destroys the personal data of these cases and questions for good, inside the approval's transaction: first their
 * texts and files, then the people to whom nothing living refers any more, then the bytes to which nothing refers.
 * What stays names no person: the case with its number and decision, the audit trail (ids only), and one row of the
 * 파기대장 for each.
 */
export async function destroyCases(
  op: Operation,
  procedures: ReadonlyMap<string, AnyProcedure>,
  cases: readonly Candidate[],
  proposedBy: string,
): Promise<Destroyed> {
  const touched = await peopleIn(op.tx, cases);
  const files = new Set<string>();
  const take = (contents: readonly string[]) => {
    for (const one of contents) files.add(one);
  };
  for (const one of cases) {
    const procedure = procedures.get(one.procedure ?? '') ?? null;
    const held = one.kind === 'question' ? await emptyQuestion(op, one) : await emptyCase(op, procedure, one);
    take(held.files);
    await enter(op, one, held.what, proposedBy);
  }
  const people = await leftBehind(op.tx, touched, op.now);
  for (const id of people) take(await anonymise(op, id));
  return {
    cases: cases.length,
    people: people.length,
    files: await deleteUnreferred(op.tx, op.now, [...files]),
  };
}

async function emptyCase(op: Operation, procedure: AnyProcedure | null, one: Candidate): Promise<Held> {
  const { tx } = op;
  const { id: filingId } = one;
  const files: string[] = [];
  let removed = 0;
  for (const revision of await tx.revision.findMany({ where: { filingId } })) {
    const emptied = impersonal(procedure?.form ?? null, readValues(revision.answers));
    removed += emptied.taken;
    files.push(...emptied.files.map(({ sha256 }) => sha256));
    await tx.revision.update({
      where: { filingId_number: { filingId, number: revision.number } },
      data: { answers: emptied.answers as object, before: Prisma.DbNull, remarks: Prisma.DbNull },
    });
  }
  const document = procedure?.document ?? '신청';
  const what = `${document}: 답변 ${removed}개(첨부파일 ${files.length}개 포함) 삭제`;
  // Without a system, the title may name a person.
  const title = one.systemId ? {} : { title: document };
  await tx.filing.update({ where: { id: filingId }, data: { reason: null, ...title } });
  await tx.licence.updateMany({ where: { filingId }, data: { endReason: null } });
  await tx.caseNote.deleteMany({ where: { filingId } });
  if (one.systemId) {
    // A dropped case may end long before its system, whose newest surveys are kept.
    const retiredAt = { lt: startOfDay(endedBefore(seoulDay(op.now))) };
    files.push(...(await emptySurveys(tx, { systemId: one.systemId, system: { retiredAt } })));
  }
  files.push(...(await deleteDrafts(tx, { subject: `filing:${filingId}` })));
  return { what, files };
}

async function enter(op: Operation, one: Candidate, what: string, proposedBy: string): Promise<void> {
  const { id, kind, number, endedAt, destroyableFrom, personId } = one;
  await op.tx.destruction.create({
    data: {
      filingId: id,
      subject: number,
      description: `${what}, 종료 ${koreanDate(seoulDay(endedAt))}, 보존기간 만료 ${koreanDate(destroyableFrom)}`,
      basis: RETENTION_BASIS,
      proposedBy,
      approvedBy: op.author.actor,
      destroyedAt: op.now,
    },
  });
  op.audit({ action: `${kind}.destroy`, subject: `${kind}:${id}`, person: personId, data: { number } });
}

/** Applicants, askers, the people whose data the answers hold, helpers, and contacts of the systems. */
async function peopleIn(tx: Tx, cases: readonly Candidate[]): Promise<Set<string>> {
  const systemIds = cases.flatMap(({ systemId }) => systemId ?? []);
  const systems = await tx.system.findMany({ where: { id: { in: systemIds } } });
  const inThese = { filingId: { in: cases.map(({ id }) => id) } };
  const revisions = await tx.revision.findMany({
    where: inThese,
    select: { submittedBy: true, dataSubjectId: true },
  });
  const filings = await tx.filing.findMany({ where: { id: inThese.filingId }, select: { namedId: true } });
  const helpers = await tx.draftHelper.findMany({ where: inThese, select: { helperId: true } });
  return new Set([
    ...helpers.map(({ helperId }) => helperId),
    ...revisions.map((revision) => dataSubjectOf(revision)),
    ...filings.flatMap(({ namedId }) => namedId ?? []),
    ...cases.map(({ personId }) => personId),
    ...systems.flatMap(({ contactId, deputyId }) => [contactId, ...(deputyId ? [deputyId] : [])]),
  ]);
}
