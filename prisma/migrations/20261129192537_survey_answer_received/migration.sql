-- CreateEnum
CREATE TYPE "ReceivedBy" AS ENUM ('MAIL', 'LETTER', 'PHONE');

-- AlterTable
ALTER TABLE "SurveyTarget" ADD COLUMN     "received" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "receivedBy" "ReceivedBy";
