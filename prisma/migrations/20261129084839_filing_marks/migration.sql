-- AlterTable
ALTER TABLE "Filing" ADD COLUMN     "looks" INTEGER,
ADD COLUMN     "stops" INTEGER;
