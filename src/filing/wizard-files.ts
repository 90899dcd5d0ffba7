import { sortFiles } from '../messenger/forms/file-box.ts';
import type { Answers, Form } from '../messenger/forms/form.ts';
import type { ReadState } from '../messenger/forms/form-view.ts';
import { type FileSource, takeFile, takeFiles } from '../messenger/intake.ts';
import type { FileRef } from '../store/blobs.ts';
import type { Ground } from '../store/operation.ts';

interface Taken {
  /** By field. */
  refs: Answers;
  /** Why files were refused, by field or by the block of the box. */
  refused: Record<string, string>;
  /** Files from the box lie where they lie because of their order only: the person has to look. */
  unsure: boolean;
}

/** Checks and stores what was chosen in a step; files from its box are sorted by their names. */
export async function takeStepFiles(
  { db, now }: Ground,
  source: FileSource,
  form: Form,
  { files, box }: ReadState,
  answers: Answers,
): Promise<Taken> {
  const intake = { db, now, files: source };
  const { refs, refused } = await takeFiles(intake, files);
  if (!box) return { refs, refused, unsure: false };
  const good: FileRef[] = [];
  const bad: string[] = [];
  for (const file of box.files.slice(0, box.asked.length)) {
    const taken = await takeFile(intake, file);
    if (taken.ok) good.push(taken.ref);
    else bad.push(taken.message);
  }
  if (bad.length > 0) refused[box.blockId] = bad.join(' ');
  const sorted = sortFiles(form, box.asked, good, answers);
  return { refs: { ...refs, ...sorted.refs }, refused, unsure: sorted.unsure };
}
