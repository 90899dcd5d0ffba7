-- AlterTable
ALTER TABLE "Outbox" ADD COLUMN     "sharedAt" TIMESTAMP(3),
ADD COLUMN     "uploads" TEXT[] DEFAULT ARRAY[]::TEXT[];
