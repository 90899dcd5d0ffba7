-- DropIndex
DROP INDEX "BoardNotice_messageFrom_messagedAt_idx";

-- AlterTable
ALTER TABLE "BoardNotice" DROP COLUMN "messagedAt";
