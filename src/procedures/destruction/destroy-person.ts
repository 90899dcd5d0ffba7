import { seoulDay, startOfDay } from '../../core/calendar.ts';
import { readValues } from '../../messenger/forms/answers.ts';
import { readFiles } from '../../store/blobs.ts';
import type { Prisma } from '../../store/client/client.ts';
import type { Operation } from '../../store/operation.ts';
import { forgetRecipient } from '../../store/outbox-changes.ts';
import type { Tx } from '../../store/store.ts';
import { impersonal } from './impersonal.ts';
import { endedBefore } from './retention.ts';

/** Roles stay on record for three years after their end (개인정보의 안전성 확보조치 기준 제5조). */
const GRANT_YEARS = 3;

/**
 * The people to destroy: among these people, and among those who have been gone for a whole retention period, those
 * who have no open account and to whom no living case, question, system or role refers.
 */
export async function leftBehind(tx: Tx, touched: ReadonlySet<string>, now: Date): Promise<string[]> {
  const grantsKept = new Date(now);
  grantsKept.setUTCFullYear(now.getUTCFullYear() - GRANT_YEARS);
  const longGone = startOfDay(endedBefore(seoulDay(now)));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM "Person" p
    WHERE (p.id = ANY(${[...touched]}::text[]) OR (
        (p."deactivatedAt" < ${longGone} OR (p."slackId" IS NULL AND p."createdAt" < ${longGone}))
        AND COALESCE(p."slackId", p.name, p.email, p.mobile, p.phone) IS NOT NULL))
      AND (p."registeredAt" IS NULL OR p."slackId" IS NULL OR p."deactivatedAt" IS NOT NULL)
      AND NOT EXISTS (
        SELECT 1 FROM "Filing" f
        WHERE (f."applicantId" = p.id OR f."namedId" = p.id OR EXISTS (
            SELECT 1 FROM "Revision" r WHERE r."filingId" = f.id AND COALESCE(r."dataSubjectId", r."submittedBy") = p.id))
          AND NOT EXISTS (SELECT 1 FROM "Destruction" d WHERE d."filingId" = f.id))
      AND NOT EXISTS (
        SELECT 1 FROM "Question" q WHERE q."askerId" = p.id
          AND NOT EXISTS (SELECT 1 FROM "Destruction" d WHERE d."filingId" = q.id))
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

/**
 * Removes everything that identifies the person. The row stays, because the audit trail may name its id.
 * @returns hashes of the files in the person's drafts
 */
export async function anonymise({ tx, audit }: Operation, personId: string): Promise<string[]> {
  const whose = { where: { personId } };
  await tx.consent.deleteMany(whose);
  await tx.certificate.deleteMany(whose);
  await tx.challenge.deleteMany(whose);
  await tx.stepUp.deleteMany(whose);
  await tx.absence.deleteMany({ where: { officerId: personId } });
  await tx.reminderMark.deleteMany(whose);
  await tx.boardNoticeReading.deleteMany(whose);
  await tx.reminded.deleteMany({ where: { recipient: personId } });
  const files = [...(await emptySurveys(tx, { personId })), ...(await deleteDrafts(tx, { personId }))];
  await tx.draftHelper.deleteMany({ where: { helperId: personId } });
  await forgetRecipient(tx, personId);
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
  return files;
}

/** Removes the texts and documents in answers to surveys. @returns hashes of the documents */
export async function emptySurveys(tx: Tx, where: Prisma.SurveyTargetWhereInput): Promise<string[]> {
  const targets = await tx.surveyTarget.findMany({ where, select: { received: true } });
  await tx.surveyTarget.updateMany({ where, data: { note: null, received: [] } });
  return targets.flatMap(({ received }) => readFiles(received).map(({ sha256 }) => sha256));
}

/** Deletes drafts, with the record of who helped to fill them. @returns hashes of the files in them */
export async function deleteDrafts(tx: Tx, where: Prisma.DraftWhereInput): Promise<string[]> {
  const drafts = await tx.draft.findMany({ where });
  const ids = drafts.map(({ id }) => id);
  await tx.draftHelper.deleteMany({ where: { draftId: { in: ids } } });
  await tx.draft.deleteMany({ where: { id: { in: ids } } });
  return drafts.flatMap(({ answers }) =>
    impersonal(null, readValues(answers)).files.map(({ sha256 }) => sha256),
  );
}
