-- Help with a draft that was deleted because of its age, or because its system was retired, had stayed open.
UPDATE "DraftHelper" h SET "endedAt" = now() AT TIME ZONE 'UTC', "endedBy" = 'bot'
WHERE h."endedAt" IS NULL AND h."draftId" IS NOT NULL
  AND NOT EXISTS (SELECT FROM "Draft" d WHERE d.id = h."draftId");
