-- AlterTable
ALTER TABLE "Installation" ADD COLUMN     "botId" TEXT,
ADD COLUMN     "housekeptAt" TIMESTAMP(3),
ADD COLUMN     "teamId" TEXT;
