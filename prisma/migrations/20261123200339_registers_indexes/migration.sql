-- CreateIndex
CREATE INDEX "Audit_actor_idx" ON "Audit"("actor");

-- CreateIndex
CREATE INDEX "Audit_at_idx" ON "Audit"("at");

-- CreateIndex
CREATE INDEX "Outbox_recipient_notice_idx" ON "Outbox"("recipient", "notice");
