import { noticeMessages } from '../features/board/notices/messages.ts';
import { questionNotices } from '../features/board/questions/notices.ts';
import { resourceMessages } from '../features/board/resources/messages.ts';
import { deliveryNotices } from '../features/deliveries/notices.ts';
import { absenceNotices } from '../features/desk/absence/notices.ts';
import { deskNotices } from '../features/desk/notices.ts';
import { documentNotices, withPapers } from '../features/documents/notices.ts';
import { moduleNotices } from '../features/modules/notices.ts';
import { peopleNotices } from '../features/presence/notices.ts';
import { privacyNotices } from '../features/privacy/notices.ts';
import { surveyNotices } from '../features/surveys/notices.ts';
import { deputyNotices } from '../features/systems/deputy-slack.ts';
import { helperNotices } from '../filing/helper-notices.ts';
import { filingNotices } from '../filing/notices.ts';
import type { Filings } from '../filing/procedure.ts';
import { greetingNotices } from '../home/greeting-slack.ts';
import type { Notices } from '../messenger/notice.ts';
import { scvpNotices } from '../procedures/application/scvp-needed.ts';
import { contactNotices } from '../procedures/contact-change/notices.ts';
import { incidentNotices } from '../procedures/incident/notices.ts';
import { certificateNotices } from '../procedures/registration/challenge.ts';
import { claimNotices } from '../procedures/successor-claim/notices.ts';
import { licenceDelivery } from '../records/licences/delivery.ts';
import { morningNotices } from '../reminders/morning.ts';
import type { Reminder } from '../reminders/reminder.ts';
import { reminders } from '../reminders/reminders.ts';

/** The one list of all messages that the bot sends by itself. */
export function allNotices(
  filings: Pick<Filings, 'procedures' | 'documents' | 'now'>,
  extraHolidays: () => Promise<ReadonlySet<string>> = async () => new Set(),
  table: readonly Reminder[] = reminders,
): Notices {
  return {
    ...filingNotices(filings),
    ...deliveryNotices,
    ...helperNotices(filings),
    ...peopleNotices,
    ...certificateNotices,
    ...contactNotices,
    ...claimNotices,
    ...deputyNotices,
    ...privacyNotices(filings, extraHolidays),
    ...scvpNotices,
    ...incidentNotices,
    'licence.delivery': withPapers(licenceDelivery),
    ...noticeMessages,
    ...questionNotices(filings),
    ...resourceMessages,
    ...moduleNotices,
    ...documentNotices(filings),
    ...deskNotices(filings),
    ...greetingNotices,
    ...absenceNotices(filings),
    ...surveyNotices(filings),
    ...morningNotices(filings, extraHolidays, table),
  };
}
