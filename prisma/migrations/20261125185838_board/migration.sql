-- CreateEnum
CREATE TYPE "QuestionState" AS ENUM ('OPEN', 'ANSWERED', 'CLOSED');

-- CreateEnum
CREATE TYPE "NoticeTarget" AS ENUM ('ALL', 'ADMINISTRATIVE', 'PUBLIC');

-- CreateTable
CREATE TABLE "Question" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "askerId" TEXT NOT NULL,
    "systemId" TEXT,
    "title" TEXT NOT NULL,
    "state" "QuestionState" NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "waitingSince" TIMESTAMP(3) NOT NULL,
    "answeredAt" TIMESTAMP(3),
    "closedAt" TIMESTAMP(3),
    "assigneeId" TEXT,

    CONSTRAINT "Question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QuestionEntry" (
    "id" TEXT NOT NULL,
    "questionId" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "byOfficer" BOOLEAN NOT NULL,
    "text" TEXT NOT NULL,
    "files" JSONB NOT NULL DEFAULT '[]',
    "channel" TEXT,
    "ts" TEXT,
    "editedTs" TEXT,
    "writtenAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3),

    CONSTRAINT "QuestionEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BoardNotice" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "files" JSONB NOT NULL DEFAULT '[]',
    "target" "NoticeTarget" NOT NULL,
    "pinnedUntil" TEXT,
    "publishAt" TIMESTAMP(3) NOT NULL,
    "urgent" BOOLEAN NOT NULL,
    "messageFrom" TIMESTAMP(3),
    "messagedAt" TIMESTAMP(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "writtenBy" TEXT NOT NULL,
    "writtenAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3),

    CONSTRAINT "BoardNotice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BoardNoticeVersion" (
    "noticeId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BoardNoticeVersion_pkey" PRIMARY KEY ("noticeId","number")
);

-- CreateTable
CREATE TABLE "BoardNoticeReading" (
    "noticeId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "readAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "BoardNoticeReading_pkey" PRIMARY KEY ("noticeId","personId")
);

-- CreateTable
CREATE TABLE "Resource" (
    "id" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "questionId" TEXT,
    "addedBy" TEXT NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "changedAt" TIMESTAMP(3) NOT NULL,
    "withdrawnAt" TIMESTAMP(3),

    CONSTRAINT "Resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResourceVersion" (
    "resourceId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "files" JSONB NOT NULL DEFAULT '[]',
    "by" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "fetched" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ResourceVersion_pkey" PRIMARY KEY ("resourceId","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "Question_number_key" ON "Question"("number");

-- CreateIndex
CREATE INDEX "Question_state_waitingSince_idx" ON "Question"("state", "waitingSince");

-- CreateIndex
CREATE INDEX "Question_askerId_askedAt_idx" ON "Question"("askerId", "askedAt");

-- CreateIndex
CREATE INDEX "QuestionEntry_questionId_writtenAt_idx" ON "QuestionEntry"("questionId", "writtenAt");

-- CreateIndex
CREATE INDEX "QuestionEntry_authorId_idx" ON "QuestionEntry"("authorId");

-- CreateIndex
CREATE UNIQUE INDEX "QuestionEntry_channel_ts_key" ON "QuestionEntry"("channel", "ts");

-- CreateIndex
CREATE INDEX "BoardNotice_publishAt_idx" ON "BoardNotice"("publishAt");

-- CreateIndex
CREATE INDEX "BoardNotice_messageFrom_messagedAt_idx" ON "BoardNotice"("messageFrom", "messagedAt");

-- CreateIndex
CREATE INDEX "Resource_category_changedAt_idx" ON "Resource"("category", "changedAt");

-- CreateIndex
CREATE INDEX "Outbox_channel_ts_idx" ON "Outbox"("channel", "ts");

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_askerId_fkey" FOREIGN KEY ("askerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QuestionEntry" ADD CONSTRAINT "QuestionEntry_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoardNoticeVersion" ADD CONSTRAINT "BoardNoticeVersion_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "BoardNotice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BoardNoticeReading" ADD CONSTRAINT "BoardNoticeReading_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "BoardNotice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResourceVersion" ADD CONSTRAINT "ResourceVersion_resourceId_fkey" FOREIGN KEY ("resourceId") REFERENCES "Resource"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
