-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "before" JSONB;

-- CreateTable
CREATE TABLE "CaseNote" (
    "id" TEXT NOT NULL,
    "filingId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "item" TEXT,
    "done" BOOLEAN,
    "text" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "CaseNote_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CaseNote_filingId_createdAt_idx" ON "CaseNote"("filingId", "createdAt");

-- AddForeignKey
ALTER TABLE "CaseNote" ADD CONSTRAINT "CaseNote_filingId_fkey" FOREIGN KEY ("filingId") REFERENCES "Filing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
