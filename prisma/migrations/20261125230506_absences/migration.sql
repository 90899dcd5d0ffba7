-- CreateTable
CREATE TABLE "Absence" (
    "id" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "substituteId" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT NOT NULL,
    "memo" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changedAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    "endedBy" TEXT,

    CONSTRAINT "Absence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Absence_officerId_idx" ON "Absence"("officerId");

-- CreateIndex
CREATE INDEX "Absence_substituteId_idx" ON "Absence"("substituteId");

-- CreateIndex
CREATE INDEX "Absence_toOn_idx" ON "Absence"("toOn");

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_substituteId_fkey" FOREIGN KEY ("substituteId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
