-- Whose personal data a revision holds: a name that says so. The data stay as they are.
ALTER TABLE "Revision" RENAME COLUMN "tellsOf" TO "dataSubjectId";

ALTER INDEX "Revision_tellsOf_idx" RENAME TO "Revision_dataSubjectId_idx";
