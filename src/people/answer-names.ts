import type { Answers, Form } from '../filing/form.ts';
import type { Tx } from '../store/store.ts';
import { maskName } from './mask.ts';

/** The names behind the codes among the answers: agencies and messenger accounts. */
export async function answerNames(tx: Tx, form: Form, answers: Answers): Promise<(code: string) => string> {
  const codesOf = (kind: string) =>
    Object.entries(form.fields)
      .filter(([, field]) => field.input.kind === kind)
      .map(([name]) => answers[name])
      .filter((code): code is string => typeof code === 'string' && code !== '');
  const agencyCodes = codesOf('search');
  const slackIds = codesOf('user');
  const [agencies, people] = await Promise.all([
    agencyCodes.length > 0 ? tx.agency.findMany({ where: { code: { in: agencyCodes } } }) : [],
    slackIds.length > 0 ? tx.person.findMany({ where: { slackId: { in: slackIds } } }) : [],
  ]);
  const names = new Map([
    ...agencies.map(({ code, name }): [string, string] => [code, `${name} (${code})`]),
    ...people.map(({ slackId, name }): [string, string] => [
      slackId ?? '',
      name ? maskName(name) : '이름 없음',
    ]),
  ]);
  return (code) => names.get(code) ?? code;
}
