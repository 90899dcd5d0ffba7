import type { Entry } from './entry.ts';
import { type Index, makeIndex, type Near, nearest } from './retrieval.ts';
import { compact, LONGEST } from './signs.ts';

/** Below it nothing is near enough to be said. */
const THRESHOLD = 0.15;
/** An answer is given only where the next one is so much further, as a share of the nearest. */
export const MARGIN = 0.18;
/** What officers ask is more often about their desk. */
const OF_THE_DESK = 2;
/** How many titles are offered where nothing is near enough. */
const OFFERED = 3;

export type Understood =
  | { kind: 'answer'; entry: Entry }
  /** Two are about as near. */
  | { kind: 'which'; entries: readonly [Entry, Entry] }
  | { kind: 'unknown'; near: readonly Entry[] };

interface Sense {
  /** What a sentence asks. Whoever does not work on the desk is never given what is for it. */
  understand(sentence: string, onDesk: boolean): Understood;
  /** The same as if this entry had never had this sentence. */
  understandWithout(sentence: string, onDesk: boolean, entryId: string): Understood;
  find(id: string): Entry | undefined;
}

export function makeSense(entries: readonly Entry[]): Sense {
  let made: Index | undefined;
  const index = () => (made ??= makeIndex(entries)); // at the first question: a start does not wait for it
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const word = new Map(
    entries.flatMap((one) => one.questions.map((question) => [compact(question), one] as const)),
  );
  const weigh = (onDesk: boolean) => (id: string) =>
    byId.get(id)?.kind !== 'officer' ? 1 : onDesk ? OF_THE_DESK : 0;
  const judge = (near: readonly Near[]): Understood => {
    const entriesNear = near.flatMap(({ id }) => byId.get(id) ?? []);
    const [first, second] = near;
    const [one, other] = entriesNear;
    if (!first || !one || first.score < THRESHOLD)
      return { kind: 'unknown', near: entriesNear.slice(0, OFFERED) };
    if (second && other && first.score - second.score < MARGIN * first.score)
      return { kind: 'which', entries: [one, other] };
    return { kind: 'answer', entry: one };
  };
  return {
    find: (id) => byId.get(id),
    understand(sentence, onDesk) {
      const exact = word.get(compact(sentence.slice(0, LONGEST)));
      if (exact && weigh(onDesk)(exact.id) > 0) return { kind: 'answer', entry: exact };
      return judge(nearest(index(), sentence, weigh(onDesk)));
    },
    understandWithout: (sentence, onDesk, entryId) =>
      judge(nearest(index(), sentence, weigh(onDesk), entryId)),
  };
}
