-- CreateEnum
CREATE TYPE "CertificateUse" AS ENUM ('PERSON', 'SERVER');

-- AlterTable
ALTER TABLE "Grant" ADD COLUMN     "agreedBy" TEXT;

-- CreateTable
CREATE TABLE "Certificate" (
    "id" TEXT NOT NULL,
    "purpose" "CertificateUse" NOT NULL,
    "personId" TEXT,
    "systemId" TEXT,
    "cn" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "serial" TEXT NOT NULL,
    "policy" TEXT,
    "notBefore" TIMESTAMP(3) NOT NULL,
    "notAfter" TIMESTAMP(3) NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "pem" TEXT,
    "registeredAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Challenge" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "Challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StepUp" (
    "personId" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "recoveryHashes" TEXT[],
    "enrolledAt" TIMESTAMP(3),
    "lastStep" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TIMESTAMP(3),
    "trustedUntil" TIMESTAMP(3),

    CONSTRAINT "StepUp_pkey" PRIMARY KEY ("personId")
);

-- CreateTable
CREATE TABLE "Destruction" (
    "id" TEXT NOT NULL,
    "filingId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "proposedBy" TEXT NOT NULL,
    "approvedBy" TEXT NOT NULL,
    "destroyedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Destruction_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Certificate_personId_idx" ON "Certificate"("personId");

-- CreateIndex
CREATE INDEX "Certificate_systemId_idx" ON "Certificate"("systemId");

-- CreateIndex
CREATE INDEX "Certificate_cn_idx" ON "Certificate"("cn");

-- CreateIndex
CREATE INDEX "Certificate_notAfter_idx" ON "Certificate"("notAfter");

-- CreateIndex
CREATE INDEX "Challenge_personId_idx" ON "Challenge"("personId");

-- CreateIndex
CREATE INDEX "Destruction_filingId_idx" ON "Destruction"("filingId");

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_systemId_fkey" FOREIGN KEY ("systemId") REFERENCES "System"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StepUp" ADD CONSTRAINT "StepUp_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
