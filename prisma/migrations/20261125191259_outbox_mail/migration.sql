-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "closedAt" TIMESTAMP(3),
ADD COLUMN     "mailedAt" TIMESTAMP(3),
ADD COLUMN     "resends" INTEGER NOT NULL DEFAULT 0;
