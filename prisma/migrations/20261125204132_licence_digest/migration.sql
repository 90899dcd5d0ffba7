-- CreateIndex
CREATE INDEX "Licence_sha256_idx" ON "Licence"("sha256");
