import type { Logger } from 'pino';
import type { AnyProcedure, Filings } from '../filing/procedure.ts';
import type { CodePolicy } from '../filing/step-up/code-policy.ts';
import type { SecretBox } from '../filing/step-up/secret-box.ts';
import type { Homes } from '../home/homes.ts';
import type { OpenHomes } from '../home/open-homes.ts';
import type { Mailer } from '../messenger/mail/mailer.ts';
import type { Clients } from '../messenger/slack/clients.ts';
import type { Way } from '../messenger/slack/receiver.ts';
import type { Proof } from '../procedures/registration/prove.ts';
import type { Signer } from '../records/licences/signer.ts';
import type { HolidayReader } from '../store/extra-holidays.ts';
import type { Store } from '../store/store.ts';
import type { Config, SlackConnection } from './config.ts';

/** What a bot is made from. */
export interface BotParts {
  store: Store;
  config: Pick<Config, 'temporaryMonths' | 'databaseUrl'> & Partial<Pick<Config, 'licenceSource'>>;
  now: () => Date;
  log: Logger;
  signer: Signer;
  /** PEM of former signers, whose licences are still ours. */
  formerSigners?: readonly string[];
  slack: SlackConnection;
  /** The way of the socket to Slack, where it is not the direct one. */
  dispatcher?: Way;
  /** How long the bot works on a submission, in ms, before it is answered with a window that says so; 2,000. */
  patience?: number;
  /** How long what came to the desk is gathered before officers' open homes show it, in ms; 5,000. */
  homePause?: number;
  /** false: reminders are said at the start alone, for a clock that is moved by hand. */
  byTheClock?: boolean;
  /** For people without a messenger account; without it they are out of reach. */
  mailer?: Mailer | null;
  /** Proof of identity by certificate; without it officers approve registrations by hand. */
  proof?: Proof | null;
  /** Procedures besides those of this house. */
  moreProcedures?: readonly AnyProcedure[];
  /** One-time codes of officers; without it nobody can enrol and nobody is asked. */
  stepUp?: { box: SecretBox; policy: CodePolicy } | null;
  /** Where the signed ends of the audit trail are kept, besides the log and the officers' channel. */
  checkpointFile?: string | null;
}

/** What the parts of a bot share. */
export interface Frame {
  parts: BotParts;
  log: Logger;
  clients: Clients;
  filings: Filings;
  extraHolidays: HolidayReader;
  homes: Homes;
  openHomes: OpenHomes;
  /** How long people wait at most before they are told that it takes longer. */
  patience: number;
}
