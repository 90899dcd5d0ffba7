-- CreateEnum
CREATE TYPE "Purpose" AS ENUM ('TRIAL', 'REAL');

-- CreateTable
CREATE TABLE "Installation" (
    "id" INTEGER NOT NULL,
    "purpose" "Purpose" NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);
