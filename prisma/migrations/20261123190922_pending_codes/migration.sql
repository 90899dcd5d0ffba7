-- AlterTable
ALTER TABLE "StepUp" ADD COLUMN     "pending" TEXT,
ADD COLUMN     "pendingUntil" TIMESTAMP(3),
ALTER COLUMN "secret" DROP NOT NULL;
