-- CreateEnum
CREATE TYPE "LicenceMaker" AS ENUM ('BOT', 'OFFICIAL');

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('ONLINE', 'PAPER');

-- AlterEnum
ALTER TYPE "FilingState" ADD VALUE 'OFFERED';

-- AlterTable
ALTER TABLE "Filing" ADD COLUMN     "channel" "Channel" NOT NULL DEFAULT 'ONLINE',
ADD COLUMN     "enteredBy" TEXT,
ADD COLUMN     "namedId" TEXT,
ADD COLUMN     "systemIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Licence" ADD COLUMN     "endReason" TEXT,
ADD COLUMN     "madeBy" "LicenceMaker" NOT NULL DEFAULT 'BOT';

-- AlterTable
ALTER TABLE "System" ADD COLUMN     "profile" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "serviceOn" TEXT;

-- CreateIndex
CREATE INDEX "Filing_systemIds_idx" ON "Filing" USING GIN ("systemIds");

-- CreateIndex
CREATE INDEX "Filing_namedId_state_idx" ON "Filing"("namedId", "state");
