import type { Logger } from 'pino';
import type { AnyProcedure, Filings } from '../filing/procedure.ts';
import type { CodePolicy } from '../filing/step-up/code-policy.ts';
import type { SecretBox } from '../filing/step-up/secret-box.ts';
import type { Homes } from '../home/homes.ts';
import type { OpenHomes } from '../home/open-homes.ts';
import type { Mailer } from '../messenger/mail/mailer.ts';
import type { Clicks } from '../messenger/slack/clicks.ts';
import type { Clients } from '../messenger/slack/clients.ts';
import type { InTurn } from '../messenger/slack/few-at-once.ts';
import type { Way } from '../messenger/slack/receiver.ts';
import type { Proof } from '../procedures/registration/prove.ts';
import type { Signer } from '../records/licences/signer.ts';
import type { Reminder } from '../reminders/reminder.ts';
import type { HolidayReader } from '../store/extra-holidays.ts';
import type { Store } from '../store/store.ts';
import type { Config, SlackConnection } from './config.ts';

/** What a bot is made from. */
export interface BotParts {
  store: Store;
  config: Pick<Config, 'temporaryMonths' | 'databaseUrl'> &
    Partial<Pick<Config, 'licenceSource' | 'newBotId'>>;
  now: () => Date;
  log: Logger;
  signer: Signer;
  /** Certificates (PEM) of former signers, whose licences are still recognised. */
  formerSigners?: readonly string[];
  slack: SlackConnection;
  /** Opens the socket to Slack through a proxy; left out: directly. */
  dispatcher?: Way;
  /** After how many ms a submission that is still being handled is answered with a waiting window; 2,000. */
  patience?: number;
  /** How many ms the bot collects news for the desk before it redraws the officers' open homes; 5,000. */
  homePause?: number;
  /** false: reminders are sent once, at the start; for a clock that is moved by hand. */
  byTheClock?: boolean;
  /** Sends mail to people without a messenger account; without it they cannot be reached. */
  mailer?: Mailer | null;
  /** Proof of identity by certificate; without it officers approve registrations by hand. */
  proof?: Proof | null;
  /** Further procedures, after those of the bot itself. */
  moreProcedures?: readonly AnyProcedure[];
  /** One-time codes of officers; without them nobody can enrol and nobody is asked for a code. */
  stepUp?: { box: SecretBox; policy: CodePolicy } | null;
  /** The file that keeps the signed checkpoints of the audit trail; they also go to the log and the desk. */
  checkpointFile?: string | null;
}

/** What the parts of a bot share. */
export interface Frame {
  parts: BotParts;
  log: Logger;
  clients: Clients;
  filings: Filings;
  extraHolidays: HolidayReader;
  /** The reminders table, with what only this bot can be reminded of. */
  table: readonly Reminder[];
  homes: Homes;
  openHomes: OpenHomes;
  clicks: Clicks;
  /** How clicks and homes are worked on: few at once. */
  inTurn: InTurn;
  /** After how many ms people are told that their request takes longer. */
  patience: number;
}
