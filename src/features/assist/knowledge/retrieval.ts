import type { Entry } from './entry.ts';
import { LONGEST, type Signs, signsOf } from './signs.ts';

export interface Near {
  id: string;
  /** The share of the sentence's signs that the entry's questions have too, weighted: 0 none, 1 all of them. */
  score: number;
}

/** The parts of an entry that are searched. */
type Asked = Pick<Entry, 'id' | 'title' | 'questions'>;

export interface Index {
  /** For each sign, by entry id: how many of the entry's questions have it. */
  readonly signs: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** How many questions each entry has. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Lowest score that counts as similar: any two sentences share a syllable or two. */
const NEAR = 0.05;

/** Builds the index. The title of an entry counts as one of its questions. */
export function makeIndex(entries: readonly Asked[]): Index {
  const signs = new Map<string, Map<string, number>>();
  for (const { id, title, questions } of entries)
    for (const question of [title, ...questions])
      for (const sign of signsOf(question).keys()) {
        const counts = signs.get(sign) ?? new Map<string, number>();
        signs.set(sign, counts.set(id, (counts.get(id) ?? 0) + 1));
      }
  return { signs, sizes: new Map(entries.map(({ id, questions }) => [id, questions.length + 1])) };
}

/** Whether any entry has a sign. `without` works as in `nearest`. */
export const isKnown = ({ signs }: Index, sign: string, without?: string): boolean =>
  [...(signs.get(sign) ?? [])].some(([id, count]) => count > (id === without ? 1 : 0));

/** The share of an entry's questions that have a sign. `without` works as in `nearest`. */
export function shareOf({ signs, sizes }: Index, id: string, sign: string, without?: string): number {
  const left = id === without ? 1 : 0;
  return ((signs.get(sign)?.get(id) ?? 0) - left) / ((sizes.get(id) ?? 1) - left);
}

/**
 * The entries most similar to a sentence. A sign adds more to an entry's score the greater its weight is, the fewer
 * entries have it (as in TF-IDF), and the more of the entry's questions have it. `weigh` multiplies the score of an
 * entry; 0 leaves the entry out. `without` names an entry that is scored as if this sentence were not one of its
 * questions: bench/assist.ts asks known questions as new ones.
 */
export function nearest(
  { signs, sizes }: Index,
  sentence: string,
  weigh: (id: string) => number = () => 1,
  without?: string,
): Near[] {
  const sentenceSigns: Signs = signsOf(sentence.slice(0, LONGEST));
  const sums = new Map<string, number>();
  let all = 0;
  for (const [sign, weight] of sentenceSigns) {
    const counts = [...(signs.get(sign) ?? [])]
      .map(([id, count]) => [id, id === without ? count - 1 : count] as const)
      .filter(([, count]) => count > 0);
    const rarity = Math.log(1 + (sizes.size - counts.length + 0.5) / (counts.length + 0.5));
    all += weight * rarity;
    for (const [id, count] of counts) {
      const questions = (sizes.get(id) ?? 1) - (id === without ? 1 : 0);
      sums.set(id, (sums.get(id) ?? 0) + weight * rarity * Math.sqrt(count / questions));
    }
  }
  return [...sums]
    .map(([id, sum]) => ({ id, score: (sum * weigh(id)) / all }))
    .filter(({ score }) => score >= NEAR)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
