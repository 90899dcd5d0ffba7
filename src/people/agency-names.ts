import type { Answers, Form } from '../filing/form.ts';
import type { Tx } from '../store/store.ts';

/** The names behind the agency codes among the answers. */
export async function agencyNames(tx: Tx, form: Form, answers: Answers): Promise<(code: string) => string> {
  const codes = Object.entries(form.fields)
    .filter(([, field]) => field.input.kind === 'search')
    .map(([name]) => answers[name])
    .filter((code): code is string => typeof code === 'string' && code !== '');
  if (codes.length === 0) return String;
  const agencies = await tx.agency.findMany({ where: { code: { in: codes } } });
  const names = new Map(agencies.map(({ code, name }) => [code, `${name} (${code})`]));
  return (code) => names.get(code) ?? code;
}
