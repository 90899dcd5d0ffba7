import type { Drawn } from './drawn.ts';

/** How many of the refused ones are named. */
const SHOWN = 10;

/**
 * Lets Slack itself check all windows and messages.
 * @param refusalOf asks Slack about one of them: the reason why it refuses it, or null
 * @returns a sentence, when Slack accepts all. @throws Error that names those that Slack refuses
 */
export async function judgeViews(
  refusalOf: (one: Drawn) => Promise<string | null>,
  all: AsyncIterable<Drawn>,
): Promise<string> {
  let count = 0;
  const refused: string[] = [];
  for await (const one of all) {
    count++;
    const why = await refusalOf(one);
    if (why) refused.push(`${one.what}: ${why}`);
  }
  if (refused.length === 0) return `Slack takes all ${count} windows and messages of the example office`;
  const more = refused.length > SHOWN ? ` … and ${refused.length - SHOWN} more` : '';
  throw new Error(
    `Slack refuses ${refused.length} of ${count}. Please report it: ${refused.slice(0, SHOWN).join('; ')}${more}`,
  );
}
