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
import { searches } from './searches.ts';

/** What every room gets when it registers. */
interface House {
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
  desk: ReturnType<typeof registerDesk>;
  assist: Filings & { library: Library };
}

type Room = (messenger: SlackMessenger, house: House, engine: Engine) => void;

/** The list of rooms: each registers what it listens to. */
const rooms: readonly Room[] = [
  // filing
  (messenger, { filings, files, refreshHome }) => registerOfficial(messenger, filings, files, refreshHome),
  (messenger, { filings, codes }, { desk }) =>
    codes && registerStepUp(messenger, { ground: filings, box: codes, goOn: desk.goOn }),
  (messenger, { filings, refreshHome }) => registerTogether(messenger, filings, refreshHome),
  (messenger, { filings, refreshHome }) => registerOffers(messenger, filings, refreshHome),
  (messenger, { filings, remember, refreshHome }, { wizard }) =>
    registerHelpers(messenger, { filings, wizard, remember, refreshHome }),
  // procedures
  (messenger, { filings, proof, files, refreshHome }, { wizard: { begin } }) =>
    registerCertificates(messenger, { filings, proof, files, begin, refreshHome }),
  (messenger, { filings }) => registerIncidents(messenger, { filings, filingDetail }),
  (messenger, { filings }) => registerObjections(messenger, filings),
  // features
  (messenger, { filings, files }) => registerServerCertificates(messenger, { filings, files }),
  (messenger, { filings }) => registerSurveyAnswers(messenger, filings),
  (messenger, { filings }) => registerSurveys(messenger, filings),
  (messenger, { filings, files }) => registerByMail(messenger, { filings, files }),
  (messenger, { filings }) => registerOfficersTools(messenger, filings),
  (messenger, { filings, refreshHome }) => registerAbsences(messenger, filings, refreshHome),
  (messenger, { filings }) => registerDeliveries(messenger, filings),
  (messenger, { filings: ground, files, remember, refreshHome }) =>
    registerQuestions(messenger, { ground, files, remember, refreshHome }),
  (messenger, { filings: ground, files, extraHolidays, refreshHome }) =>
    registerNotices(messenger, { ground, files, extraHolidays, refreshHome }),
  (messenger, { filings: ground, files }) => registerResources(messenger, { ground, files }),
  (messenger, house, { assist }) => registerMessages(messenger, house, assist),
  (messenger, _house, { assist }) => registerAssist(messenger, assist),
  (messenger, { filings, whoIs, deskChannel }) => registerMention(messenger, { filings, whoIs, deskChannel }),
  (messenger, { filings, refreshHome }) => registerDeputies(messenger, filings, refreshHome),
  (messenger, { filings }) => registerDownload(messenger, filings),
  (messenger, { filings }, { desk: { carryOut } }) => registerModules(messenger, filings, { carryOut }),
  (messenger, { filings, files }) => registerModuleRegistration(messenger, { filings, files }),
  (messenger, { filings }, { wizard }) => registerDocuments(messenger, filings, wizard.begin),
  (messenger, { filings }) => registerPrivacy(messenger, filings),
  // reminders
  (messenger, { filings, extraHolidays }) => registerHolidays(messenger, filings, extraHolidays),
  (messenger, { filings, extraHolidays, table }, { wizard }) =>
    registerReminders(messenger, filings, extraHolidays, table, wizard.begin),
  // home
  (messenger, { filings: ground, whoIs, deskChannel, questionsChannel }) =>
    registerGreeting(messenger, { ground, whoIs, deskChannel, questionsChannel }),
  (messenger, { filings, refreshHome, openHomes }, { wizard }) =>
    registerHome(messenger, { filings, begin: wizard.begin, refreshHome, openHomes }),
  (messenger, { filings }, { wizard }) => registerPaper(messenger, filings, wizard.begin),
  (messenger, { filings }, { wizard }) => registerCommand(messenger, filings, wizard.begin),
];

export async function registerRooms(messenger: SlackMessenger, house: House): Promise<void> {
  const { filings, files, proof, remember, refreshHome } = house;
  const engine: Engine = {
    wizard: registerWizard(messenger, {
      filings,
      files,
      search: searches(filings.db, await openAgencyDirectory(filings.db, filings.now)),
      remember,
      receipt: certificateReceipt(filings, proof),
      refreshHome,
    }),
    desk: registerDesk(messenger, { filings, refreshHome }),
    assist: { ...filings, library: makeLibrary() },
  };
  for (const register of rooms) register(messenger, house, engine);
}

/**
 * Messages to the bot. One in the thread of a question is added to the question; others go to the first handler that
 * can answer.
 */
function registerMessages(messenger: SlackMessenger, house: House, assist: Engine['assist']): void {
  const { filings, files, trusted, whoIs } = house;
  const threads = registerThreads(messenger, { ground: filings, files, whoIs });
  const handlers = [
    licenceCheck({ filings, files, trusted }),
    offerRegistration,
    errorAnswer(filings),
    fileAnswer(files, wordsAnswer(assist)),
    helpAnswer(assist),
  ];
  const isForOthers = threads.isOfQuestion;
  registerDirectMessages(messenger, { ground: filings, files, whoIs, handlers, isForOthers });
}
