import type { Tx } from '../../../store/store.ts';
import { type Index, makeIndex, nearest } from './retrieval.ts';
import { compact, LONGEST } from './signs.ts';

/** A resource that shows so much of a sentence answers it. */
const ANSWERS = 0.6;
/** So much, and it is worth a line under another answer. */
const RELATED = 0.3;
/** As much of the library as is looked through, and of each text. */
const MOST = 500;
const TEXT = 1000;

export interface Found {
  id: string;
  title: string;
  text: string;
  /** How much of what the sentence shows it shows too: 0 none, 1 all of it. */
  score: number;
}

/**
 * FAQ and 자료실 as they are at this moment. What stands there is asked at each sentence, so that what an officer
 * published a minute ago, in whichever process, is found; it is taken apart again only when something has changed.
 */
export function makeLibrary() {
  let kept: { stamp: string; index: Index } = { stamp: '', index: makeIndex([]) };
  return {
    /** The nearest first; nothing that is not near the sentence. */
    async find(tx: Tx, sentence: string): Promise<Found[]> {
      const resources = await tx.resource.findMany({
        where: { withdrawnAt: null },
        select: { id: true, title: true, text: true, version: true },
        orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
        take: MOST,
      });
      const stamp = resources.map(({ id, version }) => `${id}:${version}`).join();
      // The title counts three times, the text once.
      if (stamp !== kept.stamp)
        kept = {
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
      const asked = compact(sentence.slice(0, LONGEST));
      return nearest(kept.index, sentence)
        .flatMap(({ id, score }) => {
          const one = byId.get(id);
          const own = one && compact(one.title) === asked;
          return one ? [{ id, title: one.title, text: one.text, score: own ? 1 : score }] : [];
        })
        .sort((a, b) => b.score - a.score);
    },
  };
}

export type Library = ReturnType<typeof makeLibrary>;

export const answersByItself = ({ score }: Found) => score >= ANSWERS;
export const isRelated = ({ score }: Found) => score >= RELATED;
