/**
 * Who acts while an officer is away. An absence gives nobody a right, because all officers have the same one. It only
 * says who receives what is for one officer personally. Days are YYYY-MM-DD in Seoul.
 */
export interface Period {
  /** First and last day; the officer is away on both. */
  fromOn: string;
  toOn: string;
}

export interface Away extends Period {
  officerId: string;
  substituteId: string;
}

/** No day of an absence may be further ahead: it would be a typing error. */
export const AHEAD_DAYS = 366;

export function isOn({ fromOn, toOn }: Period, day: string): boolean {
  return fromOn <= day && day <= toOn;
}

export function overlap(one: Period, other: Period): boolean {
  return one.fromOn <= other.toOn && other.fromOn <= one.toOn;
}

/** The absence of this officer that runs on this day. */
export function awayOn<A extends Away>(absences: readonly A[], officerId: string, day: string): A | null {
  return absences.find((one) => one.officerId === officerId && isOn(one, day)) ?? null;
}

/**
 * Who acts for this officer on this day: the officer, or the substitute. Null when the substitute is away too; then
 * all officers act. The substitute's substitute does not act, so a circle of substitutes does no harm.
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
