-- DropIndex
DROP INDEX "Filing_state_urgent_submittedAt_id_idx";

-- CreateIndex
CREATE INDEX "Filing_state_urgent_submittedAt_id_applicantId_enteredBy_idx" ON "Filing"("state", "urgent" DESC, "submittedAt", "id", "applicantId", "enteredBy");

-- CreateIndex
CREATE INDEX "Filing_channel_state_decidedAt_idx" ON "Filing"("channel", "state", "decidedAt");
