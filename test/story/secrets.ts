import type { Shown } from './watch.ts';

/** Personal data and addresses that nobody else has, and where they may stand. */
export interface Secrets {
  /** Slack id of the person whose they are. */
  owner: string;
  values: readonly string[];
  /** What somebody else may see in windows of their own: a number that they typed, the addresses of a system of theirs. */
  also?: { to: string; values: readonly string[] };
}

const bareOf = (text: string) => text.toLowerCase().replaceAll(/[\s:.-]/g, '');

/** Which of the values a text gives away, in whatever way it writes them. */
export function givenAway(values: readonly string[], text: string): string[] {
  const plain = text.normalize('NFC').toLowerCase();
  const bare = bareOf(plain);
  return values.filter((one) => plain.includes(one.toLowerCase()) || bare.includes(bareOf(one)));
}

/** Windows that show an officer everything, each look on the record. */
const RECORDED = ['filing.reviewed', 'question.read'];

/** They may stand in the officers' recorded windows, and in those of the person whose they are. */
export const mayHold = ({ to, kind, where }: Shown, owner: string) =>
  kind === 'modal' && (RECORDED.includes(where) || to === owner);

/** What was shown where it may not stand, a line each. */
export function leaksOf(shown: readonly Shown[], { owner, values, also }: Secrets): string[] {
  return shown
    .filter((one) => !mayHold(one, owner))
    .flatMap((one) => {
      // What an officer asked for out of a review comes under the name that its owner gave it; a window's state is what
      // its reader typed.
      const { files: _asked, state: _typed, ...content } = one.content;
      const own = one.kind === 'modal' && one.to === also?.to ? also.values : [];
      const found = givenAway(values, JSON.stringify(content)).filter((value) => !own.includes(value));
      return found.length > 0 ? [`${one.kind} ${one.where} to ${one.to}: ${found}`] : [];
    });
}
