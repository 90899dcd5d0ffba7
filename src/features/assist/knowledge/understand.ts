import type { Entry } from './entry.ts';
import { type Index, isKnown, makeIndex, type Near, nearest, shareOf } from './retrieval.ts';
import { beginningsOf, compact, isMeaning, LONGEST, signsOf, themesOf } from './signs.ts';

/** The lowest score that gets an answer. A sentence without a meaning of the Standard API needs the higher one. */
const THRESHOLD = { ours: 0.14, nobodys: 0.18 };
/** How far the second score has to be below the first, as a share of the first; otherwise the bot asks back. */
const MARGIN = 0.22;
/**
 * When the bot asks back because of a meaning that the best entry lacks: at most the share `here` of the best entry's
 * questions has it, more than the share `there` of another entry's questions has it, and that entry scores at least
 * `near` of the best score.
 */
const MISSED = { here: 0.08, there: 0.5, near: 0.4 };
/** Factor for officers' own entries when an officer asks: their questions are mostly about their own work. */
const OF_THE_DESK = 2;
/** How many titles are offered where no entry scores high enough. */
const OFFERED = 3;

export type Understood =
  | { kind: 'answer'; entry: Entry }
  /** Two entries score about the same. */
  | { kind: 'which'; entries: readonly [Entry, Entry] }
  /** No entry scores high enough. `elsewhere`: the sentence is about other business altogether. */
  | { kind: 'unknown'; near: readonly Entry[]; elsewhere?: true };

interface Sense {
  /** Finds the entry that a sentence asks for. Only officers and auditors (`onDesk`) get officers' entries. */
  understand(sentence: string, onDesk: boolean): Understood;
  /** The same, as if this sentence were not one of the entry's questions: bench/assist.ts measures the answers so. */
  understandWithout(sentence: string, onDesk: boolean, entryId: string): Understood;
  find(id: string): Entry | undefined;
}

export function makeSense(entries: readonly Entry[]): Sense {
  let made: Index | undefined;
  const index = () => (made ??= makeIndex(entries)); // built at the first question, so that it does not delay the start
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
    // A greeting counts only where the sentence asks nothing else, and is never offered as a choice.
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

/** Another entry that may be meant: one with a meaning that the best entry lacks, or one that scores about the same. */
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
