-- CreateTable
CREATE TABLE "HeardMessage" (
    "channel" TEXT NOT NULL,
    "ts" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "HeardMessage_pkey" PRIMARY KEY ("channel","ts")
);

-- CreateIndex
CREATE INDEX "HeardMessage_at_idx" ON "HeardMessage"("at");
