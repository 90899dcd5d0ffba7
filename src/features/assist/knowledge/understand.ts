import type { Entry } from './entry.ts';
import { type Index, isKnown, makeIndex, type Near, nearest, shareOf } from './retrieval.ts';
import { beginningsOf, compact, isMeaning, LONGEST, signsOf, themesOf } from './signs.ts';

/** Below it nothing is near enough to be said; a sentence that names nothing of ours has to be nearer. */
const THRESHOLD = { ours: 0.14, nobodys: 0.18 };
/** An answer is given only where the next one is so much further, as a share of the nearest. */
const MARGIN = 0.22;
/**
 * A meaning that hardly any question of the nearest entry has, and half of another's at least: then either may be
 * meant, if the other is near at all (as a share of the nearest).
 */
const MISSED = { here: 0.08, there: 0.5, near: 0.4 };
/** What officers ask is more often about their desk. */
const OF_THE_DESK = 2;
/** How many titles are offered where nothing is near enough. */
const OFFERED = 3;

export type Understood =
  | { kind: 'answer'; entry: Entry }
  /** Two are about as near. */
  | { kind: 'which'; entries: readonly [Entry, Entry] }
  /** `elsewhere`: it is of another business altogether. */
  | { kind: 'unknown'; near: readonly Entry[]; elsewhere?: true };

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
  const judge = (sentence: string, onDesk: boolean, without?: string): Understood => {
    const known = (at?: Near) => at && byId.get(at.id);
    const text = sentence.slice(0, LONGEST);
    const { ours, others } = themesOf(text);
    // Who greets and then asks is answered; a greeting is nothing to choose.
    const near = nearest(index(), sentence, weigh(onDesk), without).filter(
      (at, place) => known(at)?.kind !== 'smalltalk' || (place === 0 && ours === 0),
    );
    const [first] = near;
    const one = known(first);
    const threshold = ours > 0 || one?.kind === 'smalltalk' ? THRESHOLD.ours : THRESHOLD.nobodys;
    const isStrange = ours === 0 && beginningsOf(text).some((sign) => !isKnown(index(), sign, without));
    const isOthers = (others > 0 && others >= ours) || (isStrange && one?.kind !== 'smalltalk');
    if (!first || !one || first.score < threshold || isOthers) {
      if (others > 0 && ours === 0) return { kind: 'unknown', near: [], elsewhere: true };
      const offered = near.flatMap((at) => known(at) ?? []);
      return { kind: 'unknown', near: offered.slice(0, OFFERED) };
    }
    const other = known(rivalOf(index(), near, sentence, without));
    return other ? { kind: 'which', entries: [one, other] } : { kind: 'answer', entry: one };
  };
  return {
    find: (id) => byId.get(id),
    understand(sentence, onDesk) {
      const exact = word.get(compact(sentence.slice(0, LONGEST)));
      if (exact && weigh(onDesk)(exact.id) > 0) return { kind: 'answer', entry: exact };
      return judge(sentence, onDesk);
    },
    understandWithout: judge,
  };
}

/** What may be meant as well as the nearest: what lacks no meaning that the nearest lacks, or what is about as near. */
function rivalOf(index: Index, near: readonly Near[], sentence: string, without?: string): Near | undefined {
  const [first, second] = near;
  if (!first) return undefined;
  const missed = [...signsOf(sentence.slice(0, LONGEST)).keys()].filter(
    (sign) => isMeaning(sign) && shareOf(index, first.id, sign, without) <= MISSED.here,
  );
  const fits = near
    .slice(1)
    .find(
      ({ id, score }) =>
        score >= MISSED.near * first.score &&
        missed.some((sign) => shareOf(index, id, sign, without) > MISSED.there),
    );
  return fits ?? (second && first.score - second.score < MARGIN * first.score ? second : undefined);
}
