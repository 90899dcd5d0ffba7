-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "tellsOf" TEXT;

-- CreateIndex
CREATE INDEX "Revision_submittedBy_idx" ON "Revision"("submittedBy");

-- CreateIndex
CREATE INDEX "Revision_tellsOf_idx" ON "Revision"("tellsOf");
