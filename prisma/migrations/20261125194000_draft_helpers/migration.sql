-- CreateTable
CREATE TABLE "DraftHelper" (
    "id" TEXT NOT NULL,
    "helperId" TEXT NOT NULL,
    "invitedBy" TEXT NOT NULL,
    "procedure" TEXT NOT NULL,
    "draftId" TEXT,
    "filingId" TEXT,
    "invitedAt" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "endedBy" TEXT,

    CONSTRAINT "DraftHelper_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "DraftHelper_helperId_endedAt_idx" ON "DraftHelper"("helperId", "endedAt");

-- CreateIndex
CREATE INDEX "DraftHelper_draftId_idx" ON "DraftHelper"("draftId");

-- CreateIndex
CREATE INDEX "DraftHelper_filingId_idx" ON "DraftHelper"("filingId");
