import { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/**
 * Deletes stored files to which nothing refers: no answer, draft, licence, module, question, notice, resource or
 * survey. @returns how many
 */
export async function deleteUnreferred(tx: Tx, contents: readonly string[]): Promise<number> {
  if (contents.length === 0) return 0;
  const asked = Prisma.join([...contents]);
  const kept = await tx.$queryRaw<{ sha256: string }[]>`
    SELECT sha256 FROM "Licence" WHERE sha256 IN (${asked})
    UNION SELECT sha256 FROM "ModuleRelease" WHERE sha256 IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "QuestionEntry", jsonb_array_elements(files) AS file
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "SurveyTarget", jsonb_array_elements(received) AS file
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "BoardNoticeVersion", jsonb_array_elements(content -> 'files') AS file
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "ResourceVersion", jsonb_array_elements(files) AS file
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "Revision", ${filesIn(Prisma.sql`answers`)}
      WHERE file.value ->> 'sha256' IN (${asked})
    UNION SELECT file.value ->> 'sha256' FROM "Draft", ${filesIn(Prisma.sql`answers`)}
      WHERE file.value ->> 'sha256' IN (${asked})`;
  const needed = new Set(kept.map(({ sha256 }) => sha256));
  const orphans = contents.filter((sha256) => !needed.has(sha256));
  await tx.blobPiece.deleteMany({ where: { sha256: { in: orphans } } });
  const { count } = await tx.blob.deleteMany({ where: { sha256: { in: orphans } } });
  return count;
}

/** Every element of every list among the answers. Elements that are no files have no sha256. */
function filesIn(answers: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`jsonb_each(${answers}) AS answer, jsonb_array_elements(
    CASE WHEN jsonb_typeof(answer.value) = 'array' THEN answer.value ELSE '[]' END) AS file`;
}
