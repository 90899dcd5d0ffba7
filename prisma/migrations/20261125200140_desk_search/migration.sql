-- CreateIndex
CREATE INDEX "Person_name_idx" ON "Person"("name");

-- The number of a letter without its agency and year, as officers look for it.
CREATE INDEX "Filing_letter_number_idx" ON "Filing"(regexp_replace("letterKey", '^[^/]*/[^/]*/', ''));
