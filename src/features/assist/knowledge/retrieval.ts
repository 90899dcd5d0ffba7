import type { Entry } from './entry.ts';
import { LONGEST, type Signs, signsOf } from './signs.ts';

export interface Near {
  id: string;
  /** How much of what the sentence shows the entry's questions show too: 0 none, 1 all of it. */
  score: number;
}

/** What is looked through: of an entry no more than this. */
type Asked = Pick<Entry, 'id' | 'title' | 'questions'>;

export interface Index {
  /** Of each sign, in how many of the questions of each entry it is. */
  readonly signs: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** How many questions each entry has. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Sentences of another world share a syllable or two with everything; that is not near. */
const NEAR = 0.05;

/** The title counts as a question. */
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

/** Whether any entry shows a sign; `without` as below. */
export const isKnown = ({ signs }: Index, sign: string, without?: string): boolean =>
  [...(signs.get(sign) ?? [])].some(([id, count]) => count > (id === without ? 1 : 0));

/** The share of an entry's questions in which a sign is; `without` as below. */
export function shareOf({ signs, sizes }: Index, id: string, sign: string, without?: string): number {
  const left = id === without ? 1 : 0;
  return ((signs.get(sign)?.get(id) ?? 0) - left) / ((sizes.get(id) ?? 1) - left);
}

/**
 * The entries nearest to a sentence. A sign counts as much as it says (its weight), the more the fewer entries show it
 * (as TF-IDF has it), and the more of the entry's questions show it. `weigh` favours some entries and leaves out those
 * to which it gives 0; `without`: as if this entry had never had this sentence.
 */
export function nearest(
  { signs, sizes }: Index,
  sentence: string,
  weigh: (id: string) => number = () => 1,
  without?: string,
): Near[] {
  const shown: Signs = signsOf(sentence.slice(0, LONGEST));
  const sums = new Map<string, number>();
  let all = 0;
  for (const [sign, weight] of shown) {
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
