-- DropIndex
DROP INDEX "Filing_desk";

-- CreateIndex
CREATE INDEX "Filing_desk" ON "Filing"("urgent" DESC, "submittedAt", "id", "applicantId", "enteredBy", "namedId", "procedure", "agencyCode") WHERE (state = 'SUBMITTED'::"FilingState");
