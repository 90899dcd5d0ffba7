import { entries } from '../src/features/assist/knowledge/entries.ts';
import type { Entry } from '../src/features/assist/knowledge/entry.ts';
import { makeSense, type Understood } from '../src/features/assist/knowledge/understand.ts';
import { heldOut, heldOutAgain } from './held-out-sentences.ts';
import { otherWorld } from './other-world-sentences.ts';
import { unseen } from './unseen-sentences.ts';

/** How well sentences with a known right answer are understood, as shares of all sentences. */
export interface Understanding {
  asked: number;
  /** The bot gave the right answer. */
  answered: number;
  /** The bot asked which of two answers is meant, and one was right. */
  offered: number;
  /** The bot gave a wrong answer, or asked which of two wrong ones is meant. */
  wrong: number;
  unknown: number;
  /** The misunderstood sentences, the most frequent confusions first. */
  confusions: readonly { sentence: string; meant: string; taken: string }[];
}

/** Asks every question of every entry, as if its entry did not contain it. */
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

/** Removes one question in ten from each entry, and asks these questions of the remaining ones. */
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

/** Sentences that the authors of the entries did not foresee: only the first set was used to choose the threshold. */
export const unseenSentences = (): Understanding => asked(unseen);
export const heldOutSentences = (): Understanding => asked(heldOut);
export const heldOutAgainSentences = (): Understanding => asked(heldOutAgain);
/** Sentences meant for another bot: the right reaction is that the bot does not know. */
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

/** `meant` names the right entry, several of them (`a|b`), or `none`: then the bot should not know an answer. */
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

/** Makes the lines that `npm run bench -- assist` prints. */
export function understandingLines(name: string, of: Understanding): string[] {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  return [
    `${name}: ${of.asked} sentences`,
    `  right ${percent(of.answered + of.offered)} (answered ${percent(of.answered)}, asked which of two ${percent(of.offered)})`,
    `  wrong ${percent(of.wrong)}  not understood ${percent(of.unknown)}`,
    ...of.confusions.map(({ sentence, meant, taken }) => `    ${meant} → ${taken}: ${sentence}`),
  ];
}
