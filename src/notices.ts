import { noticeMessages } from './board/notices/messages.ts';
import { questionNotices } from './board/questions/notices.ts';
import { resourceMessages } from './board/resources/messages.ts';
import { deliveryNotices } from './deliveries/notices.ts';
import { absenceNotices } from './desk/absence/notices.ts';
import { deskNotices } from './desk/notices.ts';
import { documentNotices } from './documents/notices.ts';
import { helperNotices } from './filing/helper-notices.ts';
import { filingNotices } from './filing/notices.ts';
import type { Filings } from './filing/procedure.ts';
import { licenceDelivery } from './licences/delivery.ts';
import type { Notices } from './messenger/outbox-delivery.ts';
import { moduleNotices } from './modules/notices.ts';
import { certificateNotices } from './people/certificates/challenge.ts';
import { peopleNotices } from './people/notices.ts';
import { privacyNotices } from './people/privacy/notices.ts';
import { contactNotices } from './procedures/contact-change/notices.ts';
import { incidentNotices } from './procedures/incident/notices.ts';
import { scvpNotices } from './procedures/scvp-application/needed.ts';
import { morningNotices } from './schedule/morning.ts';
import { reminders } from './schedule/reminders.ts';
import { surveyNotices } from './surveys/notices.ts';
import { deputyNotices } from './systems/deputy-slack.ts';

/** The one list of what the bot says unasked. */
export function allNotices(
  filings: Pick<Filings, 'procedures' | 'documents' | 'now'>,
  extraHolidays: () => Promise<ReadonlySet<string>> = async () => new Set(),
): Notices {
  return {
    ...filingNotices(filings),
    ...deliveryNotices,
    ...helperNotices(filings),
    ...peopleNotices,
    ...certificateNotices,
    ...contactNotices,
    ...deputyNotices,
    ...privacyNotices(filings, extraHolidays),
    ...scvpNotices,
    ...incidentNotices,
    'licence.delivery': licenceDelivery,
    ...noticeMessages,
    ...questionNotices(filings),
    ...resourceMessages,
    ...moduleNotices,
    ...documentNotices(filings),
    ...deskNotices(filings),
    ...absenceNotices(filings),
    ...surveyNotices(filings),
    ...morningNotices(filings, extraHolidays, reminders),
  };
}
