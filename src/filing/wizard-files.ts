import { boxId, sortFiles } from '../messenger/forms/file-box.ts';
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

interface Chosen extends Pick<ReadState, 'files' | 'box'> {
  /** Fields whose stored file stays, whatever was chosen for them. */
  kept?: readonly string[];
}

/** Checks and stores what was chosen in a step; files from its box are sorted by their names. */
export async function takeStepFiles(
  { db, now }: Ground,
  source: FileSource,
  form: Form,
  { files, box, kept = [] }: Chosen,
  answers: Answers,
): Promise<Taken> {
  const intake = { db, now, files: source };
  const { refs, refused } = await takeFiles(intake, without(files, kept));
  if (!box) return { refs, refused, unsure: false };
  const good: FileRef[] = [];
  const bad: string[] = [];
  for (const file of box.files.slice(0, box.asked.length)) {
    const taken = await takeFile(intake, file);
    if (taken.ok) good.push(taken.ref);
    else bad.push(taken.message);
  }
  const wanted = box.asked.filter((name) => !kept.includes(name));
  if (bad.length > 0) refused[boxId(wanted)] = bad.join(' ');
  const last = box.asked.filter((name) => kept.includes(name));
  const sorted = sortFiles(form, [...wanted, ...last], good, answers);
  return { refs: { ...refs, ...without(sorted.refs, kept) }, refused, unsure: sorted.unsure };
}

function without<T>(byField: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(byField).filter(([name]) => !names.includes(name)));
}
