/** Short words lie close to the names of others' settings (PORT and HOST), so they may be off by one letter only. */
const SHORT = 8;

/**
 * What is set under a name that is none of ours and looks as if it was meant to be: a forgotten letter in the name of a
 * token would start the local workspace. Never holds a value.
 */
export function strangeNames(env: NodeJS.ProcessEnv, known: readonly string[]): string[] {
  return Object.entries(env)
    .filter(([name, value]) => value?.trim() && !known.includes(name))
    .flatMap(([name]) => {
      const meant = nearest(name.toUpperCase(), known);
      if (meant) return [`${name} is not a setting. Did you mean ${meant}?`];
      return /^SLACK_/i.test(name)
        ? [`${name} is not a setting. Of Slack there are ${known.filter(isOfSlack).join(', ')}.`]
        : [];
    });
}

const isOfSlack = (name: string) => name.startsWith('SLACK_') && !name.endsWith('_FILE');

/** @returns the name that differs by two letters at most, or null */
function nearest(typed: string, known: readonly string[]): string | null {
  const found = known
    .filter((name) => Math.abs(name.length - typed.length) <= 2) // else it is further away in any case
    .map((name) => ({ name, away: distance(typed, name), most: name.length < SHORT ? 1 : 2 }))
    .filter(({ away, most }) => away <= most)
    .sort((a, b) => a.away - b.away);
  return found[0]?.name ?? null;
}

/** @returns what is nearest, however it is written, unless half of it is otherwise */
export function closest(typed: string, known: readonly string[]): string | null {
  const found = known
    .map((name) => ({ name, away: distance(typed.toLowerCase(), name) }))
    .filter(({ name, away }) => away <= name.length / 2)
    .sort((a, b) => a.away - b.away);
  return found[0]?.name ?? null;
}

/** How many letters are added, left out, changed, or changed places with their neighbour. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + (same ? 0 : 1),
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
