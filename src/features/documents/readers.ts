/** Whether a person may read a filing: its applicant, and the current contact and deputy of its system. */
export function mayRead(
  {
    applicantId,
    system,
  }: { applicantId: string; system: { contactId: string; deputyId: string | null } | null },
  personId: string,
): boolean {
  return [applicantId, system?.contactId, system?.deputyId].includes(personId);
}
