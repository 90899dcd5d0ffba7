import { entries } from '../src/features/assist/knowledge/entries.ts';
import type { Entry } from '../src/features/assist/knowledge/entry.ts';
import { makeSense, type Understood } from '../src/features/assist/knowledge/understand.ts';
import { heldOut, heldOutAgain } from './held-out-sentences.ts';
import { otherWorld } from './other-world-sentences.ts';
import { unseen } from './unseen-sentences.ts';

/** How sentences of which the right answer is known are understood, as shares of all. */
export interface Understanding {
  asked: number;
  /** Answered rightly. */
  answered: number;
  /** Asked which of two is meant, the right one among them. */
  offered: number;
  /** Answered wrongly, or asked between two wrong ones. */
  wrong: number;
  unknown: number;
  /** What was taken for what, the most frequent first. */
  confusions: readonly { sentence: string; meant: string; taken: string }[];
}

/** Every question of every entry, asked as if the entry had never had it. */
export function leaveOneOut(): Understanding {
  const sense = makeSense(entries);
  return measure(
    pairs(entries).map(({ entry, question }) => ({
      sentence: question,
      meant: entry.id,
      understood: sense.understandWithout(question, entry.kind === 'officer', entry.id),
    })),
  );
}

/** One question in ten of each entry is taken away and asked of what is left. */
export function heldBackTenth(): Understanding {
  const all = pairs(entries);
  const isHeldBack = new Set(
    entries.flatMap(({ questions }) => questions.filter((_, index) => index % 10 === 3)),
  );
  const sense = makeSense(
    entries.map((entry) => ({ ...entry, questions: entry.questions.filter((one) => !isHeldBack.has(one)) })),
  );
  return measure(
    all
      .filter(({ question }) => isHeldBack.has(question))
      .map(({ entry, question }) => ({
        sentence: question,
        meant: entry.id,
        understood: sense.understand(question, entry.kind === 'officer'),
      })),
  );
}

/** Sentences that nobody had in mind: the first were looked at when the threshold was chosen, the others not. */
export const unseenSentences = (): Understanding => asked(unseen);
export const heldOutSentences = (): Understanding => asked(heldOut);
export const heldOutAgainSentences = (): Understanding => asked(heldOutAgain);
/** What is written to the wrong bot: right is not to know. */
export const otherWorldSentences = (): Understanding =>
  asked(otherWorld.map((sentence) => ['none', sentence]));

function asked(sentences: readonly [meant: string, sentence: string][]): Understanding {
  const sense = makeSense(entries);
  return measure(
    sentences.map(([meant, sentence]) => ({
      sentence,
      meant,
      understood: sense.understand(sentence, false),
    })),
  );
}

const pairs = (of: readonly Entry[]) =>
  of.flatMap((entry) => entry.questions.map((question) => ({ entry, question })));

/** `meant` may name several entries (`a|b`), or `none`: then it is right not to know. */
function measure(
  cases: readonly { sentence: string; meant: string; understood: Understood }[],
): Understanding {
  const judged = cases.map(({ sentence, meant, understood }) => {
    const taken =
      understood.kind === 'answer'
        ? [understood.entry.id]
        : understood.kind === 'which'
          ? understood.entries.map(({ id }) => id)
          : [];
    const right =
      taken.some((id) => meant.split('|').includes(id)) || (meant === 'none' && taken.length === 0);
    const verdict = right
      ? taken.length === 2
        ? 'offered'
        : 'answered'
      : taken.length > 0
        ? 'wrong'
        : 'unknown';
    return { sentence, meant, taken: taken.join(' or ') || 'unknown', verdict };
  });
  const share = (verdict: string) => judged.filter((one) => one.verdict === verdict).length / judged.length;
  return {
    asked: judged.length,
    answered: share('answered'),
    offered: share('offered'),
    wrong: share('wrong'),
    unknown: share('unknown'),
    confusions: judged.filter(({ verdict }) => verdict === 'wrong' || verdict === 'unknown'),
  };
}

/** What `npm run bench -- assist` prints. */
export function understandingLines(name: string, of: Understanding): string[] {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  return [
    `${name}: ${of.asked} sentences`,
    `  right ${percent(of.answered + of.offered)} (answered ${percent(of.answered)}, asked which of two ${percent(of.offered)})`,
    `  wrong ${percent(of.wrong)}  not understood ${percent(of.unknown)}`,
    ...of.confusions.map(({ sentence, meant, taken }) => `    ${meant} → ${taken}: ${sentence}`),
  ];
}
