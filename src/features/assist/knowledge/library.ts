import type { Tx } from '../../../store/store.ts';
import { type Index, makeIndex, nearest } from './retrieval.ts';
import { compact, LONGEST } from './signs.ts';

/** A resource with this score or more answers the sentence by itself. */
const ANSWERS = 0.6;
/** A resource with this score or more is listed below another answer. */
const RELATED = 0.3;
/** How many resources are searched, and how many characters of each text. */
const MOST = 500;
const TEXT = 1000;

export interface Found {
  id: string;
  title: string;
  text: string;
  /** The share of the sentence's signs that the resource has too, weighted: 0 none, 1 all of them. */
  score: number;
}

/**
 * Searches FAQ and 자료실. Every search reads the resources from the database, so it finds what an officer published
 * a minute ago through any process. The index is rebuilt only when a resource has changed.
 */
export function makeLibrary() {
  let cache: { stamp: string; index: Index } = { stamp: '', index: makeIndex([]) };
  return {
    /** Resources similar to the sentence, the most similar first. */
    async find(tx: Tx, sentence: string): Promise<Found[]> {
      const resources = await tx.resource.findMany({
        where: { withdrawnAt: null },
        select: { id: true, title: true, text: true, version: true },
        orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
        take: MOST,
      });
      const stamp = resources.map(({ id, version }) => `${id}:${version}`).join();
      // The title counts three times (makeIndex adds it once more), the text once.
      if (stamp !== cache.stamp)
        cache = {
          stamp,
          index: makeIndex(
            resources.map(({ id, title, text }) => ({
              id,
              title,
              questions: [title, title, text.slice(0, TEXT)],
            })),
          ),
        };
      const byId = new Map(resources.map((one) => [one.id, one]));
      const question = compact(sentence.slice(0, LONGEST));
      return nearest(cache.index, sentence)
        .flatMap(({ id, score }) => {
          const one = byId.get(id);
          const isTitle = one && compact(one.title) === question;
          return one ? [{ id, title: one.title, text: one.text, score: isTitle ? 1 : score }] : [];
        })
        .sort((a, b) => b.score - a.score);
    },
  };
}

export type Library = ReturnType<typeof makeLibrary>;

export const answersByItself = ({ score }: Found) => score >= ANSWERS;
export const isRelated = ({ score }: Found) => score >= RELATED;
