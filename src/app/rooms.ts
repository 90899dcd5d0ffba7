import { errorAnswer, registerAssist, wordsAnswer } from '../features/assist/assist-slack.ts';
import type { Library } from '../features/assist/knowledge/library.ts';
import { makeLibrary } from '../features/assist/knowledge/library.ts';
import { registerMention } from '../features/assist/mention-slack.ts';
import { registerNotices } from '../features/board/notices/notices-slack.ts';
import { registerQuestions } from '../features/board/questions/questions-slack.ts';
import { registerThreads } from '../features/board/questions/thread-slack.ts';
import { registerResources } from '../features/board/resources/resources-slack.ts';
import { registerDeliveries } from '../features/deliveries/deliveries-slack.ts';
import { registerAbsences } from '../features/desk/absence/absence-slack.ts';
import { registerOfficersTools } from '../features/desk/desk-slack.ts';
import { registerDocuments } from '../features/documents/documents-slack.ts';
import { licenceCheck } from '../features/licences/check-slack.ts';
import { registerDownload } from '../features/licences/download-slack.ts';
import { fileAnswer } from '../features/licences/not-a-licence.ts';
import { registerModules } from '../features/modules/modules-slack.ts';
import { offerRegistration, registerModuleRegistration } from '../features/modules/register-slack.ts';
import { registerPrivacy } from '../features/privacy/privacy-slack.ts';
import { registerByMail } from '../features/surveys/by-mail-slack.ts';
import { registerSurveys } from '../features/surveys/officer-slack.ts';
import { registerSurveyAnswers } from '../features/surveys/official-slack.ts';
import { registerDeputies } from '../features/systems/deputy-slack.ts';
import { registerServerCertificates } from '../features/systems/server-certificate-slack.ts';
import { registerDesk } from '../filing/desk-slack.ts';
import { registerHelpers } from '../filing/helper-slack.ts';
import { registerOffers } from '../filing/offer-slack.ts';
import { registerOfficial } from '../filing/official-slack.ts';
import type { Filings } from '../filing/procedure.ts';
import type { SecretBox } from '../filing/step-up/secret-box.ts';
import { registerStepUp } from '../filing/step-up-slack.ts';
import { registerTogether } from '../filing/together-slack.ts';
import type { Wizard } from '../filing/wizard-slack.ts';
import { registerWizard } from '../filing/wizard-slack.ts';
import { helpAnswer, registerCommand } from '../home/command-slack.ts';
import { filingDetail } from '../home/detail.ts';
import { registerGreeting } from '../home/greeting-slack.ts';
import { registerHome } from '../home/home-slack.ts';
import type { OpenHomes } from '../home/open-homes.ts';
import { registerPaper } from '../home/paper-slack.ts';
import type { FileSource } from '../messenger/intake.ts';
import { registerDirectMessages } from '../messenger/slack/direct-messages.ts';
import type { SlackMessenger } from '../messenger/slack/messenger.ts';
import { registerIncidents } from '../procedures/incident/incident-slack.ts';
import { certificateReceipt, registerCertificates } from '../procedures/registration/certificate-slack.ts';
import type { Proof } from '../procedures/registration/prove.ts';
import { registerObjections } from '../procedures/successor-claim/objection-slack.ts';
import { openAgencyDirectory } from '../records/people/agency-directory.ts';
import { registerHolidays } from '../reminders/holidays-slack.ts';
import type { Reminder } from '../reminders/reminder.ts';
import { registerReminders } from '../reminders/reminders-slack.ts';
import type { HolidayReader } from '../store/extra-holidays.ts';
import type { Known } from '../store/known.ts';
import type { Ground } from '../store/operation.ts';
import { searches } from './searches.ts';

/** What every room gets when it registers. */
interface House {
  /** Database, clock and outbox. */
  ground: Ground;
  /** The same, with the procedures. */
  filings: Filings;
  files: FileSource;
  /** Proof of identity by certificate; null: officers approve registrations by hand. */
  proof: Proof | null;
  /** Seals the secrets of one-time codes; null: nobody can enrol. */
  codes: SecretBox | null;
  /** Certificates (PEM) of the licence signers, present and former. */
  trusted: readonly string[];
  deskChannel: string | null;
  questionsChannel: string | null;
  extraHolidays: HolidayReader;
  table: readonly Reminder[];
  whoIs: (slackId: string) => Promise<Known>;
  /** Redraws a person's home after something on it has changed. */
  refreshHome: (slackId: string) => void;
  openHomes: Pick<OpenHomes, 'opened' | 'turned'>;
  /** Records a messenger account that somebody chose in a form, so that it can be reached. */
  remember: (slackId: string) => Promise<void>;
}

/** The functions of some rooms that other rooms use. */
interface Engine {
  wizard: Wizard;
  begin: Wizard['begin'];
  carryOut: Desk['carryOut'];
  goOn: Desk['goOn'];
  assist: Filings & { library: Library };
  filingDetail: typeof filingDetail;
}
type Desk = ReturnType<typeof registerDesk>;

/** Registers what it listens to; each takes of the house what it needs. */
type Room = (messenger: SlackMessenger, house: House & Engine) => void;

/** The list of rooms. */
const rooms: readonly Room[] = [
  // filing
  registerOfficial,
  registerStepUp,
  registerTogether,
  registerOffers,
  registerHelpers,
  // procedures
  registerCertificates,
  registerIncidents,
  registerObjections,
  // features
  registerServerCertificates,
  registerSurveyAnswers,
  registerSurveys,
  registerByMail,
  registerOfficersTools,
  registerAbsences,
  registerDeliveries,
  registerQuestions,
  registerNotices,
  registerResources,
  registerMessages,
  registerAssist,
  registerMention,
  registerDeputies,
  registerDownload,
  registerModules,
  registerModuleRegistration,
  registerDocuments,
  registerPrivacy,
  // reminders
  registerHolidays,
  registerReminders,
  // home
  registerGreeting,
  registerHome,
  registerPaper,
  registerCommand,
];

export async function registerRooms(messenger: SlackMessenger, house: House): Promise<void> {
  const { filings, files, proof, remember, refreshHome } = house;
  const wizard = registerWizard(messenger, {
    filings,
    files,
    search: searches(filings.db, await openAgencyDirectory(filings.db, filings.now)),
    remember,
    receipt: certificateReceipt(filings, proof),
    refreshHome,
  });
  const { carryOut, goOn } = registerDesk(messenger, house);
  const assist = { ...filings, library: makeLibrary() };
  const engine: Engine = { wizard, begin: wizard.begin, carryOut, goOn, assist, filingDetail };
  for (const register of rooms) register(messenger, { ...house, ...engine });
}

/**
 * Messages to the bot. One in the thread of a question is added to the question; others go to the first handler that
 * can answer.
 */
function registerMessages(messenger: SlackMessenger, house: House & Engine): void {
  const { filings, files, assist } = house;
  const { isOfQuestion } = registerThreads(messenger, house);
  const handlers = [
    licenceCheck(house),
    offerRegistration,
    errorAnswer(filings),
    fileAnswer(files, wordsAnswer(assist)),
    helpAnswer(assist),
  ];
  registerDirectMessages(messenger, { ...house, handlers, isForOthers: isOfQuestion });
}
