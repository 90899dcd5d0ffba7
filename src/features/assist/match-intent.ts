import type { Intent } from './intent.ts';
import { intents } from './intents.ts';

/** Below it, nothing is known for sure enough to be said. */
const THRESHOLD = 3;
/** Nobody writes so much; more is not looked at. */
const LONGEST = 300;

/** As intents compare it: composed letters, no spaces, no signs. */
export function compact(sentence: string): string {
  return sentence
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]/gu, '');
}

/** The intent that a sentence speaks of; null where none is near enough, or two are equally near. */
export function matchIntent(sentence: string): Intent | null {
  const text = compact(sentence);
  const scored = intents
    .map((intent) => ({
      intent,
      score: intent.words.reduce((sum, [pattern, weight]) => sum + (pattern.test(text) ? weight : 0), 0),
    }))
    .sort((a, b) => b.score - a.score);
  const [best, next] = scored;
  if (!best || best.score < THRESHOLD || best.score === next?.score) return null;
  return best.intent;
}
