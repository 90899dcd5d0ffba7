-- CreateIndex
CREATE INDEX "Filing_state_urgent_submittedAt_id_idx" ON "Filing"("state", "urgent" DESC, "submittedAt", "id");

-- CreateIndex
CREATE INDEX "Filing_submittedAt_idx" ON "Filing"("submittedAt");

-- CreateIndex
CREATE INDEX "Filing_decidedAt_idx" ON "Filing"("decidedAt");
