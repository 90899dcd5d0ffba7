import { type Answers, type Field, type Form, PERSON_SOURCES } from '../../messenger/forms/form.ts';
import type { FileRef } from '../../store/blobs.ts';

interface Emptied {
  /** What may stay. */
  answers: Answers;
  /** How many answers were taken out. */
  taken: number;
  /** Files among them, by content. */
  files: FileRef[];
}

/**
 * Answers without what tells of a person: fields flagged `personal` or `words`, files (letters bear names and seals)
 * and messenger accounts. Of a field that no form declares any more, or of an unknown form, nothing stays.
 */
export function impersonal(form: Form | null, answers: Answers): Emptied {
  const emptied: Emptied = { answers: {}, taken: 0, files: [] };
  for (const [name, value] of Object.entries(answers)) {
    const field = form?.fields[name];
    if (field && !isAboutPerson(field) && !field.words) {
      emptied.answers[name] = value;
      continue;
    }
    emptied.taken += 1;
    if (Array.isArray(value)) emptied.files.push(...value.filter((one) => typeof one === 'object'));
  }
  return emptied;
}

export function isAboutPerson(field: Field): boolean {
  return field.personal !== undefined || field.input.kind === 'file' || namesSomebody(field);
}

/** Whether the answer is a person, who may be another than the applicant. */
export function namesSomebody({ input }: Field): boolean {
  return input.kind === 'user' || (input.kind === 'search' && PERSON_SOURCES.includes(input.source));
}
