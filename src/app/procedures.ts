import type { AnyProcedure, DocumentForm } from '../filing/procedure.ts';
import { makeApplication } from '../procedures/application/application.ts';
import { contactChange } from '../procedures/contact-change/contact-change.ts';
import { contactTransfer } from '../procedures/contact-transfer/contact-transfer.ts';
import { deputyAppointment } from '../procedures/deputy/deputy.ts';
import { makeDestruction } from '../procedures/destruction/destruction.ts';
import { incident } from '../procedures/incident/incident.ts';
import { paperContact } from '../procedures/paper-contact/paper-contact.ts';
import { paperApplication } from '../procedures/paper-form/paper-form.ts';
import { makeRegistration } from '../procedures/registration/registration.ts';
import { makeReissueCall } from '../procedures/reissue/reissue-call.ts';
import { makeReissueRequest } from '../procedures/reissue/reissue-request.ts';
import { makeTemporaryReissue } from '../procedures/reissue/temporary-reissue.ts';
import { makeResultReport } from '../procedures/result-report/result-report.ts';
import { makeRetirement } from '../procedures/retirement/retirement.ts';
import { roleChange } from '../procedures/role-change/role-change.ts';
import { scvpApplication } from '../procedures/scvp-application/scvp-application.ts';
import { successorClaim } from '../procedures/successor-claim/successor-claim.ts';
import { surveyAnswer } from '../procedures/survey-answer/survey-answer.ts';
import { usageChange } from '../procedures/usage-change/usage-change.ts';
import type { Issuer } from '../records/licences/issue.ts';

/** The one list of procedures, by name: a new one is a folder in procedures/ and a line here. `more` come after them. */
export function allProcedures(
  issuer: Issuer,
  byCertificate = false,
  more: readonly AnyProcedure[] = [],
): ReadonlyMap<string, AnyProcedure> {
  const resultReport = makeResultReport(issuer);
  const registry = new Map<string, AnyProcedure>(); // a retirement closes filings of any procedure, so it gets it
  const procedures = [
    makeRegistration({ byCertificate }),
    makeApplication(issuer),
    resultReport,
    makeReissueRequest(resultReport),
    makeReissueCall(resultReport),
    makeTemporaryReissue(issuer),
    scvpApplication,
    surveyAnswer,
    contactChange,
    successorClaim,
    deputyAppointment,
    contactTransfer,
    paperContact,
    usageChange,
    makeRetirement(registry),
    incident,
    roleChange,
    ...more,
  ];
  const officialOnly = issuer.source === 'official';
  for (const one of [...procedures, makeDestruction(procedures)])
    registry.set(one.name, officialOnly && one.issues ? { ...one, officialOnly } : one);
  return registry;
}

/** The one list of forms whose answers become a printed document, by name. */
export const documentForms: ReadonlyMap<string, DocumentForm> = new Map([
  [paperApplication.name, paperApplication],
]);
