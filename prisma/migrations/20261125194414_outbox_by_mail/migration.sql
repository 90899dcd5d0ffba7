-- CreateIndex
CREATE INDEX "Outbox_channel_sentAt_idx" ON "Outbox"("channel", "sentAt");
