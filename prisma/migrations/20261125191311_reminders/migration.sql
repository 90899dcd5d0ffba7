-- CreateEnum
CREATE TYPE "MarkKind" AS ENUM ('SNOOZED', 'DONE');

-- DropIndex
DROP INDEX "Outbox_state_dueAt_idx";

-- CreateTable
CREATE TABLE "Reminded" (
    "message" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "notice" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "dueOn" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "recipient" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "saidOn" TEXT NOT NULL,

    CONSTRAINT "Reminded_pkey" PRIMARY KEY ("message","number")
);

-- CreateTable
CREATE TABLE "ReminderMark" (
    "personId" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "kind" "MarkKind" NOT NULL,
    "until" TEXT,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "ReminderMark_pkey" PRIMARY KEY ("personId","item")
);

-- CreateIndex
CREATE UNIQUE INDEX "Reminded_key_key" ON "Reminded"("key");

-- CreateIndex
CREATE INDEX "Reminded_recipient_idx" ON "Reminded"("recipient");

-- CreateIndex
CREATE INDEX "Reminded_saidOn_idx" ON "Reminded"("saidOn");

-- CreateIndex
CREATE INDEX "Draft_updatedAt_idx" ON "Draft"("updatedAt");

-- CreateIndex
CREATE INDEX "Outbox_open" ON "Outbox"("dueAt", "id") WHERE (state = ANY (ARRAY['PENDING'::"OutboxState", 'CLAIMED'::"OutboxState"]));

-- CreateIndex
CREATE INDEX "Outbox_open_of_recipient" ON "Outbox"("recipient", "id") WHERE (state = ANY (ARRAY['PENDING'::"OutboxState", 'CLAIMED'::"OutboxState"]));

-- CreateIndex
CREATE INDEX "Outbox_unsent" ON "Outbox"("state") WHERE (state <> 'SENT'::"OutboxState");

-- CreateIndex
CREATE INDEX "System_serviceOn_idx" ON "System"("serviceOn");

-- What was said before stays said: a reminder's key stood in its outbox row, one message for each.
INSERT INTO "Reminded" ("message", "number", "key", "notice", "subject", "dueOn", "step", "recipient", "facts", "saidOn")
SELECT id, 0, key, notice, facts ->> 'subject', facts ->> 'dueOn', (facts ->> 'step')::int, recipient,
  facts - '{subject,dueOn,step,to}'::text[], to_char("createdAt" + interval '9 hours', 'YYYY-MM-DD')
FROM "Outbox" WHERE key LIKE 'remind:%';

UPDATE "Outbox" SET notice = 'reminders', facts = jsonb_build_object('message', id, 'to', recipient)
WHERE key LIKE 'remind:%';

-- 서비스 개시예정일 stood in the answers only.
UPDATE "System" s SET "serviceOn" = latest."serviceOn"
FROM (
  SELECT DISTINCT ON (f."systemId") f."systemId", r.answers ->> 'serviceDate' AS "serviceOn"
  FROM "Filing" f JOIN "Revision" r ON r."filingId" = f.id AND r.number = f.revision
  WHERE f.procedure = 'application' AND f."systemId" IS NOT NULL AND f.state NOT IN ('WITHDRAWN', 'REJECTED')
    AND r.answers ->> 'serviceDate' ~ '^\d{4}-\d{2}-\d{2}$'
  ORDER BY f."systemId", f."submittedAt" DESC
) latest
WHERE latest."systemId" = s.id AND s."serviceOn" IS NULL;
