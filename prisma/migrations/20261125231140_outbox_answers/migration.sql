-- CreateIndex
CREATE INDEX "Outbox_open_answers" ON "Outbox"("dueAt", "id") WHERE (("notBefore" IS NULL) AND (state = ANY (ARRAY['PENDING'::"OutboxState", 'CLAIMED'::"OutboxState"])));
