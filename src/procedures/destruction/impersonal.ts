import { type Answers, type Field, type Form, PERSON_SOURCES } from '../../messenger/forms/form.ts';
import type { FileRef } from '../../store/blobs.ts';

interface Emptied {
  /** The answers that may stay. */
  answers: Answers;
  /** How many answers were removed. */
  taken: number;
  /** The removed files. */
  files: FileRef[];
}

/**
 * Removes personal answers: fields declared `personal` or `words`, files (letters show names and seals) and messenger
 * accounts. Answers to fields that the form no longer declares are removed too, and without a form all are.
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

/** Whether the answer is a person, who may differ from the applicant. */
export function namesSomebody({ input }: Field): boolean {
  return input.kind === 'user' || (input.kind === 'search' && PERSON_SOURCES.includes(input.source));
}
