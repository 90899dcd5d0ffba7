-- CreateIndex
CREATE INDEX "System_deputyId_idx" ON "System"("deputyId");
