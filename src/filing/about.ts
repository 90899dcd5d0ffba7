import { maskName } from '../core/mask.ts';
import { cut, type Labelled, LIMIT } from '../messenger/blocks.ts';
import { getField, isEmpty, showValue } from '../messenger/forms/answers.ts';
import type { Answers } from '../messenger/forms/form.ts';
import type { Subject } from '../records/filings/subject.ts';
import { answerNames } from '../records/people/answer-names.ts';
import { systemLines } from '../records/systems/named-systems.ts';
import type { Filing } from '../store/client/client.ts';
import type { Tx } from '../store/store.ts';
import { systemOfSubject } from './changes.ts';
import { getConcerned, type ReadFiling } from './concerned.ts';
import type { AnyProcedure } from './procedure.ts';

/**
 * The first lines of every view of a filing: the system, its agency and the applicant. `whole`: names are shown in
 * full, because the reading is recorded; otherwise they are masked.
 */
export async function aboutLines(
  tx: Tx,
  procedure: AnyProcedure,
  filing: Filing,
  answers: Answers,
  whole: boolean,
): Promise<Labelled[]> {
  const concerned = await getConcerned(tx, filing.id);
  return aboutRead(tx, procedure, { filing, answers, concerned }, whole);
}

/** The same for a filing that was read together with those whom it concerns. */
export async function aboutRead(
  tx: Tx,
  procedure: AnyProcedure,
  { filing, answers, concerned }: ReadFiling,
  whole: boolean,
): Promise<Labelled[]> {
  const { applicant, agency } = concerned;
  const subject = await subjectLines(tx, procedure, filing, answers, whole);
  // The name of a person who is not registered yet is in the answers of the registration.
  const name = applicant.name ?? textOf(answers.name);
  const words = whole ? [applicant.department ?? textOf(answers.department), name] : [name && maskName(name)];
  const unnamed = subject.length === 0 && filing.title !== agency;
  return [
    ...(unnamed ? [{ label: '대상', text: filing.title }] : subject),
    ...(agency ? [{ label: '기관', text: agency }] : []),
    { label: '신청자', text: words.filter(Boolean).join(' ') || '(이름 없음)' },
  ];
}

const textOf = (value: Answers[string]) => (typeof value === 'string' ? value : null);

/** The answers that the procedure shows first, the person that the filing is about, or its systems. */
async function subjectLines(
  tx: Tx,
  procedure: AnyProcedure,
  { systemId, systemIds, title }: Filing,
  answers: Answers,
  whole: boolean,
): Promise<Labelled[]> {
  const { form, onCard, about } = procedure;
  if (about) return about(tx, answers, whole);
  if (!onCard) {
    if (whole && systemIds.length > 0) return systemLines(tx, systemIds);
    return systemId || systemIds.length > 0 ? [{ label: '시스템명', text: title }] : [];
  }
  const nameOf = await answerNames(tx, form, answers);
  return onCard.map((name) => {
    const field = getField(form, name);
    const value = answers[name];
    const text = isEmpty(value) ? '고르지 않음' : showValue(field, value, nameOf);
    return { label: field.label, text: cut(text, LIMIT.text) };
  });
}

/** One line with the system that a draft is about: `시스템명 · 기관`; null when it is about none. */
export async function subjectLine(tx: Tx, subject: Subject): Promise<string | null> {
  const id = await systemOfSubject(tx, subject);
  if (!id) return null;
  const [system] = await tx.$queryRaw<{ name: string; agency: string; contact: string | null }[]>`
    SELECT s.name, a.name AS agency, p.name AS contact FROM "System" s
    JOIN "Agency" a ON a.code = s."agencyCode" JOIN "Person" p ON p.id = s."contactId" WHERE s.id = ${id}`;
  if (!system) return null;
  const { name, agency, contact } = system;
  return [name, agency, contact && `담당 ${maskName(contact)}`].filter(Boolean).join(' · ');
}
