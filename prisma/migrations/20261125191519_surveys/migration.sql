-- DropForeignKey
ALTER TABLE "Card" DROP CONSTRAINT "Card_filingId_fkey";

-- A card is of a filing or of a survey round; the posted copies are kept.
ALTER TABLE "Card" RENAME COLUMN "filingId" TO "subject";
ALTER INDEX "Card_filingId_idx" RENAME TO "Card_subject_idx";

-- CreateTable
CREATE TABLE "SurveyRound" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "closesOn" TEXT NOT NULL,
    "scope" JSONB NOT NULL,
    "basis" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "endedBy" TEXT,

    CONSTRAINT "SurveyRound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SurveyTarget" (
    "roundId" TEXT NOT NULL,
    "systemId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "unchangedAt" TIMESTAMP(3),
    "unchangedBy" TEXT,
    "note" TEXT,

    CONSTRAINT "SurveyTarget_pkey" PRIMARY KEY ("roundId","systemId")
);

-- CreateIndex
CREATE INDEX "SurveyTarget_roundId_personId_idx" ON "SurveyTarget"("roundId", "personId");

-- CreateIndex
CREATE INDEX "SurveyTarget_systemId_idx" ON "SurveyTarget"("systemId");

-- AddForeignKey
ALTER TABLE "SurveyTarget" ADD CONSTRAINT "SurveyTarget_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "SurveyRound"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SurveyTarget" ADD CONSTRAINT "SurveyTarget_systemId_fkey" FOREIGN KEY ("systemId") REFERENCES "System"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
