import { maskName } from '../../core/mask.ts';
import { type Answers, type Form, PERSON_SOURCES, type SearchSource } from '../../messenger/forms/form.ts';
import type { Tx } from '../../store/store.ts';
import { labelled, personLabel } from './search-people.ts';

/** Names for the codes among the answers: agencies, people, systems and messenger accounts. */
export async function answerNames(tx: Tx, form: Form, answers: Answers): Promise<(code: string) => string> {
  const codesOf = (...what: (SearchSource | 'user')[]) =>
    Object.entries(form.fields)
      .filter(([, { input }]) =>
        what.some((one) => (input.kind === 'search' ? input.source : input.kind) === one),
      )
      .flatMap(([name]): unknown[] => [answers[name] ?? []].flat())
      .filter((code): code is string => typeof code === 'string' && code !== '');
  const agencyCodes = codesOf('agency');
  const personIds = codesOf(...PERSON_SOURCES);
  const systemIds = codesOf('system', 'ownSystem', 'agencySystem', 'reportable');
  const slackIds = codesOf('user');
  const [agencies, people, found, systems] = await Promise.all([
    agencyCodes.length > 0 ? tx.agency.findMany({ where: { code: { in: agencyCodes } } }) : [],
    slackIds.length > 0 ? tx.person.findMany({ where: { slackId: { in: slackIds } } }) : [],
    personIds.length > 0 ? tx.person.findMany({ where: { id: { in: personIds } }, include: labelled }) : [],
    systemIds.length > 0 ? tx.system.findMany({ where: { id: { in: systemIds } } }) : [],
  ]);
  const names = new Map([
    ...agencies.map(({ code, name }): [string, string] => [code, `${name} (${code})`]),
    ...found.map((person): [string, string] => [person.id, personLabel(person)]),
    ...systems.map(({ id, name }): [string, string] => [id, name]),
    ...people.map(({ slackId, name }): [string, string] => [
      slackId ?? '',
      name ? maskName(name) : '이름 없음',
    ]),
  ]);
  return (code) => names.get(code) ?? code;
}
