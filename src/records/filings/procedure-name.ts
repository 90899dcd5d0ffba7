/**
 * The names of procedures that other code asks for. A name is stored with every filing and draft, so it never
 * changes. A procedure that no other code asks for by name needs no line here.
 */
export const PROCEDURE = {
  registration: 'registration',
  application: 'application',
  scvpApplication: 'scvpApplication',
  resultReport: 'resultReport',
  reissueRequest: 'reissueRequest',
  reissueCall: 'reissueCall',
  temporaryReissue: 'temporaryReissue',
  surveyAnswer: 'surveyAnswer',
  usageChange: 'usageChange',
  contactChange: 'contactChange',
  contactTransfer: 'contactTransfer',
  successorClaim: 'successorClaim',
  paperContact: 'paperContact',
  deputyAppointment: 'deputyAppointment',
  retirement: 'retirement',
  incident: 'incident',
} as const;

export type ProcedureName = keyof typeof PROCEDURE;
