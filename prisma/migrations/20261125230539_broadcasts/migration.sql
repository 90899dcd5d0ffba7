-- CreateTable
CREATE TABLE "Broadcast" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "takeBack" BOOLEAN NOT NULL DEFAULT true,
    "upTo" TEXT NOT NULL DEFAULT '',
    "messages" INTEGER NOT NULL DEFAULT 0,
    "doneAt" TIMESTAMP(3),

    CONSTRAINT "Broadcast_pkey" PRIMARY KEY ("key")
);

-- What is in the outbox already was told by one statement.
INSERT INTO "Broadcast" (key, kind, subject, "startsAt", "takeBack", messages, "doneAt")
SELECT 'notice:' || n.id, 'notice', n.id, n."messageFrom", false, COUNT(o.id), n."writtenAt"
FROM "BoardNotice" n LEFT JOIN "Outbox" o ON o.notice = 'notice.message' AND o.facts ->> 'noticeId' = n.id
WHERE n."messageFrom" IS NOT NULL GROUP BY n.id
UNION ALL
SELECT 'survey:' || r.id, 'survey', r.id, r."openedAt", false, COUNT(o.id), r."openedAt"
FROM "SurveyRound" r LEFT JOIN "Outbox" o ON o.notice = 'survey.asked' AND o.facts ->> 'roundId' = r.id
GROUP BY r.id;
