/** Shorter names may differ by one letter only: by two they would match other programs' settings (PORT and HOST). */
const SHORT = 8;

/**
 * Finds misspelt names of settings: a missing letter in the name of a token would start the local workspace instead of
 * Slack. The lines never quote a value.
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
    .filter((name) => Math.abs(name.length - typed.length) <= 2) // otherwise the distance is above two in any case
    .map((name) => ({ name, away: distance(typed, name), most: name.length < SHORT ? 1 : 2 }))
    .filter(({ away, most }) => away <= most)
    .sort((a, b) => a.away - b.away);
  return found[0]?.name ?? null;
}

/** @returns the nearest name, ignoring upper and lower case, unless more than half of its letters differ */
export function closest(typed: string, known: readonly string[]): string | null {
  const found = known
    .map((name) => ({ name, away: distance(typed.toLowerCase(), name) }))
    .filter(({ name, away }) => away <= name.length / 2)
    .sort((a, b) => a.away - b.away);
  return found[0]?.name ?? null;
}

/** The edit distance: how many letters are added, missing, changed, or swapped with their neighbour. */
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
