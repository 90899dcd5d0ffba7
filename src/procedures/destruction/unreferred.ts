import { Prisma } from '../../store/client/client.ts';
import type { Tx } from '../../store/store.ts';

/** How long a file may be stored before something refers to it. */
const UNDER_WAY_MS = 60 * 60 * 1000;

/**
 * Deletes stored files to which nothing refers: no answer, draft, licence, module, question, notice, resource or
 * survey. One that somebody put in within the last hour may be about to get its reference; the nightly call deletes it
 * if not. @param contents only these; left out: all files
 * @returns how many
 */
export async function deleteUnreferred(tx: Tx, now: Date, contents?: readonly string[]): Promise<number> {
  if (contents?.length === 0) return 0;
  const asked = (sha256: Prisma.Sql) =>
    contents ? Prisma.sql`${sha256} IN (${Prisma.join([...contents])})` : Prisma.sql`TRUE`;
  const column = Prisma.sql`sha256`;
  const inFile = Prisma.sql`file.value ->> 'sha256'`;
  const before = new Date(now.getTime() - UNDER_WAY_MS);
  const orphans = await tx.$queryRaw<{ sha256: string }[]>`
    SELECT sha256 FROM "Blob" WHERE ${asked(column)} AND "createdAt" < ${before}
    EXCEPT SELECT sha256 FROM "Licence" WHERE ${asked(column)}
    EXCEPT SELECT sha256 FROM "ModuleRelease" WHERE ${asked(column)}
    EXCEPT SELECT ${inFile} FROM "QuestionEntry", jsonb_array_elements(files) AS file WHERE ${asked(inFile)}
    EXCEPT SELECT ${inFile} FROM "SurveyTarget", jsonb_array_elements(received) AS file WHERE ${asked(inFile)}
    EXCEPT SELECT ${inFile} FROM "BoardNotice", jsonb_array_elements(files) AS file WHERE ${asked(inFile)}
    EXCEPT SELECT ${inFile} FROM "BoardNoticeVersion", jsonb_array_elements(content -> 'files') AS file
      WHERE ${asked(inFile)}
    EXCEPT SELECT ${inFile} FROM "ResourceVersion", jsonb_array_elements(files) AS file WHERE ${asked(inFile)}
    EXCEPT SELECT ${inFile} FROM "Revision", ${filesIn(Prisma.sql`answers`)} WHERE ${asked(inFile)}
    EXCEPT SELECT ${inFile} FROM "Draft", ${filesIn(Prisma.sql`answers`)} WHERE ${asked(inFile)}`;
  if (orphans.length === 0) return 0;
  // Held until they are gone: who puts the same content in again either came first, or stores it anew.
  const held = await tx.$queryRaw<{ sha256: string }[]>`
    SELECT sha256 FROM "Blob" WHERE sha256 = ANY(${orphans.map(({ sha256 }) => sha256)}) AND "createdAt" < ${before}
    FOR UPDATE`;
  const gone = { sha256: { in: held.map(({ sha256 }) => sha256) } };
  await tx.blobPiece.deleteMany({ where: gone });
  const { count } = await tx.blob.deleteMany({ where: gone });
  return count;
}

/** Every element of every list among the answers. Elements that are no files have no sha256. */
function filesIn(answers: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`jsonb_each(${answers}) AS answer, jsonb_array_elements(
    CASE WHEN jsonb_typeof(answer.value) = 'array' THEN answer.value ELSE '[]' END) AS file`;
}
