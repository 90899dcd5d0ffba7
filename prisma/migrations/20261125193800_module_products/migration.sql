-- DropIndex
DROP INDEX "ModuleRelease_language_os_bits_version_key";

-- CreateIndex
CREATE INDEX "ModuleRelease_sha256_idx" ON "ModuleRelease"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "ModuleRelease_name_language_os_bits_version_key" ON "ModuleRelease"("name", "language", "os", "bits", "version");
