/**
 * Who acts while an officer is away. An absence gives nobody a right: officers all have the same one. It only says to
 * whom goes what is for one officer personally. Days are YYYY-MM-DD in Seoul.
 */
export interface Period {
  /** First and last day, both of them away. */
  fromOn: string;
  toOn: string;
}

export interface Away extends Period {
  officerId: string;
  substituteId: string;
}

/** No day of an absence is further ahead: one that is was mistyped. */
export const AHEAD_DAYS = 366;

export function isOn({ fromOn, toOn }: Period, day: string): boolean {
  return fromOn <= day && day <= toOn;
}

export function overlap(one: Period, other: Period): boolean {
  return one.fromOn <= other.toOn && other.fromOn <= one.toOn;
}

/** The absence of this officer that is running on a day. */
export function awayOn<A extends Away>(absences: readonly A[], officerId: string, day: string): A | null {
  return absences.find((one) => one.officerId === officerId && isOn(one, day)) ?? null;
}

/**
 * Who acts for this officer on a day: the officer, or the substitute; null when that one is away too, and then all
 * officers do. It is not passed on to the substitute's substitute, so a circle leads nowhere.
 */
export function actingOn(absences: readonly Away[], officerId: string, day: string): string | null {
  const away = awayOn(absences, officerId, day);
  if (!away) return officerId;
  return awayOn(absences, away.substituteId, day) ? null : away.substituteId;
}

/** The running absences in which this officer acts for somebody on a day. */
export function actsFor<A extends Away>(absences: readonly A[], substituteId: string, day: string): A[] {
  return absences.filter(
    (one) =>
      isOn(one, day) &&
      actingOn(absences, one.officerId, day) === substituteId &&
      one.substituteId === substituteId,
  );
}
