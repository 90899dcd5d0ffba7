/**
 * The names of procedures that others ask for. A name is stored with every filing and draft, so it never changes; a
 * procedure that nobody asks for by name needs no line here.
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
