import { readFiles } from '../../store/blobs.ts';
import type { Operation } from '../../store/operation.ts';
import { forgetKeys } from '../../store/outbox-changes.ts';
import type { Candidate } from './candidates.ts';

/** What a case or question contained. */
export interface Held {
  /** The description for the 파기대장. */
  what: string;
  /** Hashes of its files. */
  files: string[];
}

/** Replaces the title that the asker wrote. */
const DESTROYED_TITLE = '(보존기간이 지나 파기한 문의)';

/** Removes its texts, files and links to threads. Number, state and dates stay. */
export async function emptyQuestion({ tx }: Operation, { id }: Candidate): Promise<Held> {
  const entries = await tx.questionEntry.findMany({ where: { questionId: id } });
  await tx.questionEntry.deleteMany({ where: { questionId: id } });
  await tx.question.update({ where: { id }, data: { title: DESTROYED_TITLE } });
  await forgetKeys(tx, `question:${id}:`);
  for (const entry of entries) {
    await forgetKeys(tx, `question.entry:${entry.id}:`);
    await forgetKeys(tx, `question.files:${entry.id}:`);
  }
  const files = entries.flatMap((entry) => readFiles(entry.files).map(({ sha256 }) => sha256));
  return { what: `Q&A 문의: 글 ${entries.length}개(첨부파일 ${files.length}개 포함) 삭제`, files };
}
