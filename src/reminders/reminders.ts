import { absenceBegins, absenceOver } from './absences.ts';
import { accessMonthly } from './access-monthly.ts';
import { certificateExpiring } from './certificate-expiring.ts';
import { contactLeft } from './contact-left.ts';
import { draftEnding, draftLying } from './draft-lying.ts';
import { filingUnanswered } from './filing-unanswered.ts';
import { filingsWaiting } from './filings-waiting.ts';
import { handover } from './handover.ts';
import { incidentsUntouched } from './incidents-untouched.ts';
import { offerStalled, offerUnanswered } from './offer-unanswered.ts';
import { questionsWaiting } from './questions-waiting.ts';
import type { Reminder } from './reminder.ts';
import { reportDue, serviceOnTrial } from './report-due.ts';
import { surveyAgencies, surveyDeputies, surveyEnded, surveySilent } from './survey-silent.ts';
import { temporaryExpiring } from './temporary-expiring.ts';

/** The reminders table: every message that the bot sends because a day has come. */
export const reminders: readonly Reminder[] = [
  temporaryExpiring,
  reportDue,
  serviceOnTrial,
  certificateExpiring,
  filingUnanswered,
  offerUnanswered,
  offerStalled,
  draftLying,
  draftEnding,
  handover,
  contactLeft,
  incidentsUntouched,
  filingsWaiting,
  questionsWaiting,
  accessMonthly,
  absenceBegins,
  absenceOver,
  surveySilent,
  surveyDeputies,
  surveyAgencies,
  surveyEnded,
];
