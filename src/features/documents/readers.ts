/** Whose it is, and who looks after its system now. */
export function mayRead(
  {
    applicantId,
    system,
  }: { applicantId: string; system: { contactId: string; deputyId: string | null } | null },
  personId: string,
): boolean {
  return [applicantId, system?.contactId, system?.deputyId].includes(personId);
}
