-- AlterTable
ALTER TABLE "Filing" ADD COLUMN     "objections" INTEGER NOT NULL DEFAULT 0;

UPDATE "Filing" f SET objections = o.count
FROM (SELECT "filingId", count(*)::int AS count FROM "CaseNote" WHERE item = 'OBJECTION' GROUP BY 1) o
WHERE f.id = o."filingId";
