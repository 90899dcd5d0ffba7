-- DropIndex
DROP INDEX "Filing_state_urgent_submittedAt_id_applicantId_enteredBy_idx";

-- CreateIndex
CREATE INDEX "Filing_desk" ON "Filing"("urgent" DESC, "submittedAt", "id", "applicantId", "enteredBy", "procedure", "agencyCode") WHERE (state = 'SUBMITTED'::"FilingState");
